"""What of the register is sample data."""

from sqlalchemy import Connection, func, select

from data_access.tables import lks


def count_sample(connection: Connection) -> int:
    """How many sample LKS there are."""
    return connection.execute(select(func.count()).select_from(lks).where(lks.c.contoh)).scalar_one()


def count_real(connection: Connection) -> int:
    """How many LKS are not sample data, archived ones included."""
    return connection.execute(select(func.count()).select_from(lks).where(~lks.c.contoh)).scalar_one()


def sample_ids(connection: Connection) -> list[int]:
    """The ids of the sample LKS."""
    return list(connection.execute(select(lks.c.id).where(lks.c.contoh)).scalars())

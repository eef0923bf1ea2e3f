"""What becomes of a submission once it is stored: its state, never its content."""

from sqlalchemy import Connection, update

from data_access.tables_bimtek import kiriman


def set_state(connection: Connection, submission_id: int, before: str, after: str) -> bool:
    """Moves a submission from one state to another; False when it is no longer in the first."""
    where = (kiriman.c.id == submission_id, kiriman.c.keadaan == before)
    return connection.execute(update(kiriman).where(*where).values(keadaan=after)).rowcount == 1

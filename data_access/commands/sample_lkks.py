"""Taking the sample LKKS, programs and letters out again; real rows stay, and the LKKS that real ones hang on."""

from sqlalchemy import Connection, delete, exists

from data_access.tables_lkks import kemitraan, lkks, program, surat_rekomendasi


def remove(connection: Connection) -> int:
    """Deletes the sample rows and returns how many LKKS went."""
    for table in (surat_rekomendasi, program, kemitraan):
        connection.execute(delete(table).where(table.c.contoh.is_(True)))
    real = [exists().where(table.c.lkks_id == lkks.c.id) for table in (surat_rekomendasi, kemitraan)]
    gone = delete(lkks).where(lkks.c.contoh.is_(True), *[~found for found in real])
    return int(connection.execute(gone).rowcount)

"""An issued document is kept as it was handed in."""

from pathlib import Path

from sqlalchemy import select

from data_access.commands import documents
from data_access.engine import reading, writing
from data_access.tables_dokumen import dokumen
from tests.data_access.queries.test_documents import values


def test_a_document_is_kept_with_its_content(fresh_db: Path) -> None:
    with writing() as connection:
        number = documents.add(connection, values("33.71"))
    with reading() as connection:
        row = connection.execute(select(dokumen)).mappings().one()
    assert (row["id"], row["isi"], row["sidik"]) == (number, {"a": [1, None, "é"]}, "s")

"""The fixed words are complete: a how-to for each kind of column, and an example that says it is one."""

from data_access.workbooks.words import words
from domain.impor.columns import BY_ID, EXPORTED


def test_each_kind_of_column_has_its_how_to() -> None:
    assert {field.kind for field in EXPORTED} - set(words()["cara"]) == set()


def test_the_example_is_marked_and_names_real_columns() -> None:
    example = words()["contoh"]
    assert example["kode_lks"] == "CONTOH"
    assert "Contoh" in example["nama"]
    assert [name for name in example if name not in BY_ID] == []

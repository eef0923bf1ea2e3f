"""The import page through the whole app: earlier batches are listed and can be taken back."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl

from domain.permissions import Actor
from services import importing
from tests.ui.conftest import Opener
from ui.text import impor as t


def workbook(path: Path, *names: str) -> Path:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Nama LKS", "Kab/Kota", "Kluster"])
    for name in names:
        book.active.append([name, "Kota Magelang", "Anak"])
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


def test_earlier_imports_are_listed_with_their_undo(
    seeded_db: Path, tmp_path: Path, open_page: Opener, actor: Callable[..., Actor]
) -> None:
    by = actor("operator", "33.71")
    batches = []
    for number in (1, 2):
        path = workbook(tmp_path / "uji.xlsx", f"Panti Uji {number}")
        batches.append(importing.store(by, importing.preview(by, path, "uji.xlsx"), f"token-{number}"))
    importing.undo(by, batches[1])
    app = open_page("impor", role="operator", region="33.71")
    assert not app.exception
    labels = [button.label for button in app.button]
    assert t.BATALKAN.format(batch=batches[0]) in labels and t.BATALKAN.format(batch=batches[1]) not in labels
    table = app.dataframe[0].value
    assert table[t.ANGKA["id"]].tolist() == [batches[1], batches[0]]
    assert table[t.BARU].tolist() == [1, 1]
    assert table[t.ANGKA["dibatalkan_pada"]].tolist()[1] == "-"

"""Files to fetch once: what is kept, for whom, and for how long (the route is tested in tests/web/test_files.py)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import NotFound, NotPermitted
from domain.permissions import COMMAND_LINE, Actor
from services import clock, downloads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_only_the_maker_gets_it_back(actor: Callable[..., Actor], fresh_db: Path) -> None:
    address = downloads.put(actor("operator", user_id=7), "a.xlsx", b"isi", XLSX)
    token = address.removeprefix("/unduh/")
    assert downloads.get(actor("kepala_dinas", user_id=7), token).path.read_bytes() == b"isi"
    for other in (actor("admin", user_id=8), actor("admin"), COMMAND_LINE):
        with pytest.raises(NotFound):
            downloads.get(other, token)
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), "", "../" + token, token + "/.."):
        with pytest.raises(NotFound):
            downloads.get(actor("operator", user_id=7), wrong)


def test_equal_names_and_sizes_never_mix(actor: Callable[..., Actor], fresh_db: Path) -> None:
    """Streamlit's own store names a large file by samples of it, so two exports that differ in one cell could mix."""
    maker = actor("operator", user_id=7)
    first, second = bytearray(3_000_000), bytearray(3_000_000)
    second[1_234_567] = 1
    one = downloads.put(maker, "a.xlsx", bytes(first), XLSX)
    two = downloads.put(maker, "a.xlsx", bytes(second), XLSX)
    assert one != two
    assert downloads.get(maker, one.removeprefix("/unduh/")).path.read_bytes() == bytes(first)
    assert downloads.get(maker, two.removeprefix("/unduh/")).path.read_bytes() == bytes(second)


def test_old_files_go_and_nobody_fills_the_disk(
    actor: Callable[..., Actor], fresh_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = actor("operator", user_id=7)
    real = clock.now()
    for n in range(30):
        monkeypatch.setattr(clock, "now", lambda n=n: real + timedelta(seconds=n))
        last = downloads.put(maker, f"{n}.txt", str(n).encode(), "text/plain")
    folder = fresh_db / "unduhan"
    assert len(list(folder.glob("*.json"))) == len(list(folder.glob("*.isi"))) == downloads.MAX_FILES
    assert downloads.get(maker, last.rpartition("/")[2]).path.read_bytes() == b"29"
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(hours=1))
    downloads.put(maker, "baru.txt", b"baru", "text/plain")
    assert len(list(folder.iterdir())) == 2


def test_the_command_line_writes_its_own_files(fresh_db: Path) -> None:
    with pytest.raises(NotPermitted):
        downloads.put(COMMAND_LINE, "a.xlsx", b"", XLSX)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a.xlsx", "a.xlsx"),
        ("lks_sleman_2025-05-22.xlsx", "lks_sleman_2025-05-22.xlsx"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("...", "berkas"),
        ("", "berkas"),
        ("a" * 300 + ".xlsx", "a" * 110 + ".xlsx"),
    ],
)
def test_names_are_made_harmless(name: str, clean: str) -> None:
    assert downloads.clean_name(name) == clean

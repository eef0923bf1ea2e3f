"""Uploads are kept under our own name, within limits, and not for long."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import FileRefused, NotPermitted
from domain.permissions import Actor
from services import uploads


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("lks.xlsx", ".xlsx"),
        ("LKS.CSV", ".csv"),
        ("../../etc/passwd", ".xlsx"),
        ("a.csv/../../x", ".xlsx"),
        ("x.php", ".xlsx"),
        ("\x00.csv", ".csv"),
        ("", ".xlsx"),
    ],
)
def test_the_users_name_lends_its_ending_only(
    data_dir: Path, actor: Callable[..., Actor], name: str, ending: str
) -> None:
    path = uploads.keep(actor("operator", "33.71"), b"isi", name)
    assert path.parent == data_dir / "unggahan"
    assert path.suffix == ending
    assert len(path.stem) == 32
    assert path.read_bytes() == b"isi"
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o077 == 0
    uploads.forget(path)
    assert not path.exists()
    uploads.forget(path)


def test_only_who_may_import_may_upload(data_dir: Path, actor: Callable[..., Actor]) -> None:
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted):
            uploads.keep(actor(role), b"isi", "a.csv")
    assert not (data_dir / "unggahan").exists()


def test_a_large_upload_is_refused(
    data_dir: Path, actor: Callable[..., Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert uploads.MAX_BYTES == 25 * 2**20
    monkeypatch.setattr(uploads, "MAX_BYTES", 3 * 2**20)
    by = actor("operator")
    assert uploads.keep(by, b"x" * 3 * 2**20, "a.csv").exists()
    with pytest.raises(FileRefused) as refused:
        uploads.keep(by, b"x" * (3 * 2**20 + 1), "a.csv")
    assert refused.value.code == "berkas_terlalu_besar"
    assert refused.value.facts == {"mb": "3", "batas": "3"}


def test_what_is_older_than_an_hour_is_swept_away(data_dir: Path, actor: Callable[..., Actor]) -> None:
    by = actor("operator")
    old, young = uploads.keep(by, b"1", "a.csv"), uploads.keep(by, b"2", "b.csv")
    for path, age in ((old, 3700), (young, 3500)):
        os.utime(path, (time.time() - age,) * 2)
    uploads.keep(by, b"3", "c.csv")
    assert (old.exists(), young.exists()) == (False, True)

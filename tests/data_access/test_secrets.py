"""Sealed fields: only this installation's key opens them, and a key that is wrong is said so, never replaced."""

import os
from pathlib import Path

import pytest

from data_access import secrets
from domain.errors import StoreRefused

NIK = "3371010101900001"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "satu"))
    secrets._keys.cache_clear()
    return tmp_path / "satu"


def test_what_is_sealed_opens_again_and_shows_nothing(data_dir: Path) -> None:
    one, other = secrets.seal(NIK), secrets.seal(NIK)
    assert one != other, "equal texts must not be seen to be equal"
    assert NIK not in one
    assert secrets.unseal(one) == secrets.unseal(other) == NIK


def test_a_fingerprint_is_the_same_each_time_and_keyed(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = secrets.fingerprint(NIK)
    assert first == secrets.fingerprint(NIK)
    assert first != secrets.fingerprint(NIK[:-1] + "2")
    assert len(first) == 64
    monkeypatch.setenv("PILAR_DATA", str(data_dir.parent / "dua"))
    assert secrets.fingerprint(NIK) != first


def test_the_key_survives_a_restart_and_is_the_owners_alone(data_dir: Path) -> None:
    assert not secrets.exist()
    sealed = secrets.seal(NIK)
    assert secrets.exist()
    file = data_dir / "kunci-data.key"
    before = file.read_bytes()
    secrets._keys.cache_clear()  # what a new process starts with
    assert secrets.unseal(sealed) == NIK
    assert file.read_bytes() == before
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_another_installations_key_does_not_open_it(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = secrets.seal(NIK)
    monkeypatch.setenv("PILAR_DATA", str(data_dir.parent / "dua"))
    with pytest.raises(StoreRefused) as refused:
        secrets.unseal(sealed)
    assert refused.value.code == "kunci_data_lain"


@pytest.mark.parametrize("content", [b"", b"abc", b"abc def", b"abc zz\n", b"\x00\xff \xfe"])
def test_a_damaged_key_is_refused_and_kept(data_dir: Path, content: bytes) -> None:
    data_dir.mkdir()
    file = data_dir / "kunci-data.key"
    file.write_bytes(content)
    with pytest.raises(StoreRefused) as refused:
        secrets.seal(NIK)
    assert refused.value.code == "kunci_data_rusak"
    assert file.read_bytes() == content


def test_a_derived_key_is_stable_and_another_for_each_purpose_and_installation(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, session = secrets.derived("kode-peserta"), secrets.derived("isi-sesi")
    assert len(code) == 32
    assert code == secrets.derived("kode-peserta")
    assert code != session
    monkeypatch.setenv("PILAR_DATA", str(data_dir.parent / "dua"))
    assert secrets.derived("kode-peserta") != code

"""What `doctor` finds, each planted fault named and the grave ones told from the others."""

import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import settings
from data_access.engine import engine
from services import doctor


def found() -> dict[str, doctor.Finding]:
    return {finding.name: finding for finding in doctor.examine()}


def bad() -> set[str]:
    return {name for name, finding in found().items() if not finding.good}


def test_a_prepared_store_is_well(fresh_db: Path) -> None:
    looked_at = found()
    assert {"python", "tulis", "ruang", "sinkron", "skema", "streamlit"} <= looked_at.keys()
    assert [name for name, finding in looked_at.items() if finding.grave and not finding.good] == []
    assert all(finding.text and "{" not in finding.text for finding in looked_at.values())


def test_a_wrong_setting_is_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_PORT", "abc")
    findings = doctor.examine()
    assert [(finding.name, finding.good) for finding in findings] == [("python", True), ("pengaturan", False)]
    assert findings[-1].grave
    assert "PILAR_PORT" in findings[-1].text


def test_an_empty_place_is_not_ready_and_gets_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "baru"))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    assert found()["skema"].good is False
    assert found()["skema"].grave
    assert not (tmp_path / "baru" / "pilar.db").exists()


def test_a_damaged_store_is_a_finding_and_not_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    file = tmp_path / "pilar.db"
    file.write_bytes(b"bukan basis data\n" * 500)
    assert "skema" in bad()
    engine().dispose()
    assert file.read_bytes() == b"bukan basis data\n" * 500


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_little_room_is_told_and_not_grave(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: _Usage(10**9, 10**9, 10 * 2**20))
    assert "ruang" in bad()
    assert (found()["ruang"].grave, "10 MB" in found()["ruang"].text) == (False, True)


@pytest.mark.parametrize("folder", ["OneDrive - Dinas", "Google Drive", "Nextcloud"])
def test_a_synchronised_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / folder))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    assert "sinkron" in bad()


@pytest.mark.skipif(os.name != "posix", reason="file modes mean this on POSIX only")
def test_a_key_that_others_can_read_is_told(fresh_db: Path) -> None:
    key = fresh_db / "kunci-data.key"
    key.write_bytes(b"x")
    key.chmod(0o600)
    assert "kunci" not in bad()
    key.chmod(0o644)
    assert "kunci" in bad()


def _config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "akar" / ".streamlit").mkdir(parents=True)
    (tmp_path / "akar" / ".streamlit" / "config.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(settings, "ROOT", tmp_path / "akar")


def test_a_loosened_server_option_is_named(fresh_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = (settings.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert 'showErrorDetails = "none"' in shipped
    _config(tmp_path, monkeypatch, shipped.replace('showErrorDetails = "none"', 'showErrorDetails = "full"'))
    finding: Any = found()["streamlit"]
    assert (finding.good, finding.grave) == (False, True)
    assert "client.showErrorDetails = 'full'" in finding.text
    assert finding.text.count("is required") == 1


def test_without_the_file_every_option_is_named(
    fresh_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    text = found()["streamlit"].text
    wanted = (set(settings.REQUIRED_OPTIONS) | set(settings.OPTION_LIMITS)) - doctor._SAFE_BY_DEFAULT
    assert [name for name in sorted(wanted) if name not in text] == []

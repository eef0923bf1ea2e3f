"""What `manage.py doctor` looks at: the machine, the store, the data directory and the server's settings."""

import importlib.util
import os
import shutil
import sqlite3
import sys
import tomllib
from typing import Any, NamedTuple

import settings
from data_access import engine as engine_module
from data_access import migrate
from domain.errors import PilarError
from services import wording

_SYNC_MARKS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "syncthing")
_MIN_FREE = 500 * 2**20
_WANTED_FILES = 4096


class Finding(NamedTuple):
    """One thing looked at: whether it is good, whether serving must wait for it, and the sentence about it."""

    name: str
    good: bool
    grave: bool
    text: str


def _finding(name: str, good: bool, grave: bool = False, **facts: object) -> Finding:
    """The finding with its sentence: `doctor_<name>` of pesan_doctor.toml, `doctor_<name>_buruk` when bad."""
    return Finding(name, good, grave, str(wording.sentence(f"doctor_{name}" + ("" if good else "_buruk"), **facts)))


def examine() -> list[Finding]:
    """Everything looked at, good or bad, in the order in which to mend it."""
    findings = [_finding("python", sys.version_info >= (3, 11), True, versi=sys.version.split()[0])]
    try:
        current = settings.load()
    except settings.SettingError as error:
        return [*findings, _finding("pengaturan", False, True, uraian=error)]
    findings += [*_directory(current), *_store(current), *_server()]
    return findings


def _directory(current: settings.Settings) -> list[Finding]:
    place = current.data_dir
    place.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(place).free
    synced = any(mark in str(place).lower() for mark in _SYNC_MARKS) or str(place).startswith("\\\\")
    found = [
        _finding("tulis", os.access(place, os.W_OK), True, tempat=place),
        _finding("ruang", free >= _MIN_FREE, False, sisa=free // 2**20),
        _finding("sinkron", not synced, False, tempat=place),
    ]
    key = place / "kunci-data.key"
    if key.exists() and os.name == "posix":
        found.append(_finding("kunci", not key.stat().st_mode & 0o077, False, berkas=key.name))
    return found


def _store(current: settings.Settings) -> list[Finding]:
    found = []
    if current.database_url.startswith("sqlite"):
        safe = engine_module.wal_is_safe(sqlite3.sqlite_version_info)
        mode = engine_module.journal_mode()
        found.append(
            _finding("sqlite", True, False, versi=sqlite3.sqlite_version, mode=mode, aman="WAL" if safe else "-")
        )
    try:
        engine_module.configure(current.database_url)
        migrate.check()
        found.append(_finding("skema", True))
    except PilarError as error:
        found.append(_finding("skema", False, True, uraian=wording.of_error(error)))
    return found


def _server() -> list[Finding]:
    path = settings.ROOT / ".streamlit" / "config.toml"
    options: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def get(name: str) -> object:
        section, _, key = name.partition(".")
        found = options.get(section, {}).get(key)
        return settings.REQUIRED_OPTIONS[name][0] if found is None and name in _SAFE_BY_DEFAULT else found

    wrong = settings.wrong_options(get)
    found = [_finding("streamlit", not wrong, True, uraian=" ".join(wrong))]
    if os.name == "posix":
        import resource

        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        found.append(
            _finding("berkas_terbuka", limit in (-1, resource.RLIM_INFINITY) or limit >= _WANTED_FILES, batas=limit)
        )
        found.append(_finding("uvloop", importlib.util.find_spec("uvloop") is not None))
    return found


# Options whose default is already what we require; the shipped file need not repeat them.
_SAFE_BY_DEFAULT = frozenset({"server.enableCORS", "server.enableXsrfProtection", "server.trustedUserHeaders"})

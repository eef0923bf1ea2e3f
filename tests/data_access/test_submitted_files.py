"""The bytes of uploads: kept privately, going on where they stopped, never longer than what was acknowledged."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from data_access import submitted_files as files
from domain.errors import NotFound, StoreUnavailable

KEY = "0a1b2c3d-0000-4000-8000-00000000000f"


def test_pieces_follow_each_other_and_a_repeated_one_changes_nothing(fresh_db: Path) -> None:
    assert files.length(KEY) == 0
    assert files.append(KEY, 0, b"abc") == 3
    assert files.append(KEY, 3, b"def") == 6
    assert files.append(KEY, 3, b"def") == 6
    assert files.read(KEY.upper()) == b"abcdef"
    assert files.digest(KEY) == hashlib.sha256(b"abcdef").hexdigest()
    assert files.append(KEY, 2, b"X") == 3 and files.read(KEY) == b"abX"  # what came after was never acknowledged


def test_a_hole_is_not_written(fresh_db: Path) -> None:
    files.append(KEY, 0, b"abc")
    assert files.append(KEY, 9, b"zzz") == 3
    assert files.read(KEY) == b"abc"


def test_files_are_private_and_lie_in_their_own_folder(fresh_db: Path) -> None:
    files.append(KEY, 0, b"abc")
    path = files.path_of(KEY)
    assert path.parent == fresh_db / "pengajuan" and path.name == KEY
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["", "../pilar.db", "a/b", KEY + "x", KEY[:-1] + "/", "\0" + KEY])
def test_nothing_but_an_upload_key_names_a_file(fresh_db: Path, name: str) -> None:
    with pytest.raises(NotFound):
        files.path_of(name)


def test_replacing_and_removing(fresh_db: Path) -> None:
    files.append(KEY, 0, b"abc")
    files.replace(KEY, b"baru")
    assert files.read(KEY) == b"baru"
    assert [path.name for path in files.path_of(KEY).parent.iterdir()] == [KEY]
    files.remove(KEY)
    files.remove(KEY)
    for read in (files.read, files.digest):
        with pytest.raises(NotFound):
            read(KEY)


def test_strays_are_old_files_of_no_upload(fresh_db: Path) -> None:
    other = KEY[:-1] + "e"
    files.append(KEY, 0, b"abc")
    files.append(other, 0, b"abc")
    (files.path_of(KEY).parent / "catatan.txt").write_text("bukan berkas unggahan")
    later = time.time() + 10
    assert files.stray([KEY], later) == [other]
    assert files.stray([KEY], time.time() - 3600) == []


def test_a_disk_that_takes_nothing_is_told_by_name(fresh_db: Path) -> None:
    files.path_of(KEY).mkdir()
    with pytest.raises(StoreUnavailable) as refused:
        files.append(KEY, 0, b"abc")
    assert refused.value.code == "simpanan_penuh_berkas"
    assert files.free_bytes() > 0

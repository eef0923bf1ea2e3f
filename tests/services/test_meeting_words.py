"""Every code of meetings and actions has a word."""

import pytest

from domain import lkks, rapat
from services.meeting_words import word, words


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("jenis", rapat.KINDS),
        ("status_rapat", rapat.STATES),
        ("badan", rapat.BODIES),
        ("jenis_tindak_lanjut", rapat.ACTION_KINDS),
        ("status", (*rapat.ACTION_STATES, rapat.LATE)),
        ("tugas", lkks.DUTIES),
        ("panel", rapat.PANELS),
    ],
)
def test_every_code_has_its_word(part: str, codes: tuple[str, ...]) -> None:
    assert tuple(words(part)) == codes
    assert all(word(part, code) not in ("", code) for code in codes)


def test_nothing_and_the_unknown() -> None:
    assert (word("status", None), word("status", "lain")) == ("", "lain")

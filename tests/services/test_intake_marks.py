"""What the door signs: nothing can be made up, moved to another form, or used for ever."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.bimtek import ALPHABET
from services import intake_marks as marks

NOW = datetime(2026, 5, 22, 1, 2, 3, 456_000, tzinfo=UTC)


def test_a_session_is_read_back_until_it_ends(fresh_db: Path) -> None:
    token = marks.session(7, 3, "2026-1", NOW, "abc")
    assert marks.read_session(token, NOW) == marks.Session(7, 3, "2026-1", "abc")
    assert marks.read_session(token, NOW + timedelta(hours=12)) is not None
    assert marks.read_session(token, NOW + timedelta(hours=12, minutes=1)) is None
    assert marks.read_session(token, NOW - timedelta(hours=1)) is None


def test_a_mark_is_for_one_form_and_says_when(fresh_db: Path) -> None:
    mark = marks.start(5, 7, NOW)
    assert marks.read_start(mark, 5, NOW) == marks.Start(7, NOW)
    assert marks.read_start(mark, 6, NOW) is None
    assert marks.read_start(mark, 5, NOW + timedelta(days=31)) is None
    assert marks.read_start(mark, 5, NOW - timedelta(seconds=1)) is None


@pytest.mark.parametrize("token", [None, "", "a", "é", "A" * 400, "====", "....", "AAAA" * 20])
def test_rubbish_is_nobody(fresh_db: Path, token: str | None) -> None:
    assert marks.read_session(token, NOW) is None
    assert marks.read_start(token, 1, NOW) is None
    assert marks.read_receipt(token) is None


def test_no_character_of_a_token_can_be_changed_and_none_stands_for_another(fresh_db: Path) -> None:
    token = marks.session(7, 3, "2026-1", NOW, "abc")
    for place in range(len(token) - 1):  # the last character has unused bits
        other = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert marks.read_session(other, NOW) is None
    assert marks.read_start(token, 3, NOW) is None and marks.read_receipt(token) is None
    assert marks.read_session(marks.start(5, 7, NOW), NOW) is None


def test_receipts(fresh_db: Path) -> None:
    code = marks.receipt_code("6f1e0f5c-0000-4000-8000-000000000001")
    assert len(code) == 6 and set(code) <= set(ALPHABET)
    assert code == marks.receipt_code("6f1e0f5c-0000-4000-8000-000000000001")
    assert len({marks.receipt_code(str(n)) for n in range(500)}) > 495
    assert marks.read_receipt(marks.receipt("ABCDEF", code, "09.31 WIB", True)) == ("ABCDEF", code, "09.31 WIB", True)


def test_a_draft_is_called_by_nobodys_name(fresh_db: Path) -> None:
    names = {marks.draft_name(link, person) for link in ("ABCDEF", "GHJKMN") for person in range(50)}
    assert len(names) == 100 and all(len(name) == 16 for name in names)


def test_the_sum_of_a_card_is_the_one_that_the_phone_works_out() -> None:
    """isi.js: n = 7; n = (n * 31 + code) % 65521 for each character; worked out by hand for "AB": 7*31+65=282, ..."""
    assert marks.card_check("AB") == (282 * 31 + 66) % 65521

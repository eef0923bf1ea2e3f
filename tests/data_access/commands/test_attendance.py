"""Marks are stored and taken back one by one."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.commands import attendance as commands
from data_access.engine import reading, writing
from data_access.queries import attendance as queries
from tests.bimtek_rows import STORED, store_event


def test_a_mark_is_one_row_and_goes_once(fresh_db: Path) -> None:
    event = store_event()
    session, person = event.sessions[0], event.people[0]
    with writing() as c:
        commands.add(c, session, person, "ponsel", STORED, None)
    with pytest.raises(IntegrityError), writing() as c:
        commands.add(c, session, person, "petugas", STORED, "uji")
    with reading() as c:
        assert queries.mark(c, session, person) == {"cara": "ponsel", "pada": STORED, "oleh": None}
    with writing() as c:
        assert commands.remove(c, session, person) and not commands.remove(c, session, person)

"""Where links lead: parsed once, forgotten at the next write, never from another store."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from data_access import engine
from data_access.commands import trail
from data_access.tables_bimtek import formulir
from services import clock, intake_forms
from tests import bimtek_rows


@pytest.mark.parametrize(
    ("typed", "link"),
    [("abc234", "ABC234"), (" ABC234 ", "ABC234"), ("ABC23", None), ("ABC2345", None), ("ABCI34", None), ("", None)],
)
def test_a_link_is_six_of_thirty_characters(typed: str, link: str | None) -> None:
    assert intake_forms.clean_link(typed) == link


def test_links_lead_to_forms_events_or_nowhere(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event = bimtek_rows.store_event()
    asked: list[set[str]] = []
    real = intake_forms._read

    def read(connection: Any, links: set[str]) -> Any:
        asked.append(set(links))
        return real(connection, links)

    monkeypatch.setattr(intake_forms, "_read", read)
    links = [event.link, event.links["pre"], event.links["post"], "ABCDEF"]
    for _ in range(2):
        with engine.reading() as connection:
            found = intake_forms.find(connection, links)
    assert len(asked) == 1
    place, pre, post, nowhere = (found[link] for link in links)
    assert nowhere is None and place is not None and pre is not None and post is not None
    assert place.form is None and place.event_id == pre.event_id == event.event_id
    assert pre.form is post.form and len(pre.scored) == 4
    assert pre.state(clock.now()) == "dibuka" and not pre.last_counts() and post.last_counts()


def test_a_write_about_events_is_seen_at_once(fresh_db: Path) -> None:
    event = bimtek_rows.store_event()
    link = event.links["pre"]
    with engine.reading() as connection:
        before = intake_forms.find(connection, [link])[link]
    with engine.writing() as connection:
        trail.bump(connection, "kegiatan")
        connection.execute(update(formulir).where(formulir.c.tautan == link).values(status="ditutup"))
        after = intake_forms.find(connection, [link])[link]
    assert before is not None and after is not None
    assert (before.row["status"], after.row["status"]) == ("dibuka", "ditutup")


def test_another_store_is_never_answered_from_memory(fresh_db: Path, tmp_path: Path) -> None:
    event = bimtek_rows.store_event()
    with engine.reading() as connection:
        assert intake_forms.find(connection, [event.link])[event.link] is not None
    engine.configure(str(engine.engine().url))
    asked = intake_forms._known.engine
    with engine.reading() as connection:
        assert intake_forms.find(connection, [event.link])[event.link] is not None
    assert intake_forms._known.engine is not asked

"""Plans are changed only from the version that was seen."""

from pathlib import Path

from data_access.commands import followup, trail
from data_access.engine import reading, writing
from data_access.queries.followup import plans
from domain.permissions import Scope
from tests.bimtek_rows import STORED, store_event


def test_a_plan_changes_once_per_version(fresh_db: Path) -> None:
    made = store_event()
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        followup.add_plans(connection, [])
        row = {"kegiatan_id": made.event_id, "peserta_id": made.people[0], "rencana": "Uji", "diubah_pada": STORED}
        followup.add_plans(connection, [row])
    with reading() as c:
        (found,) = plans(c, Scope(None), made.event_id)
    with writing() as connection:
        assert followup.change_plan(connection, found["id"], 1, {"status": "berjalan"})
        assert not followup.change_plan(connection, found["id"], 1, {"status": "batal"})
    with reading() as c:
        (found,) = plans(c, Scope(None), made.event_id)
    assert (found["status"], found["versi"]) == ("berjalan", 2)

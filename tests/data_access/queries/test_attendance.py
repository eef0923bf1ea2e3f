"""Sessions are found by the region of their event and everything above it, never by a code that only begins alike."""

from pathlib import Path

from data_access.engine import reading
from data_access.queries import attendance as queries
from domain.permissions import Scope
from tests.bimtek_rows import store_event


def test_a_session_is_seen_from_its_region_and_above(fresh_db: Path) -> None:
    here = store_event(wilayah="33.71")
    store_event(wilayah="52.72")
    with reading() as c:
        assert queries.session(c, Scope("52"), here.sessions[0]) is None
        assert queries.session(c, Scope("33.72"), here.sessions[0]) is None
        found = queries.session(c, Scope("33"), here.sessions[0])
        assert found is not None and found["wilayah"] == "33.71" and found["kegiatan_id"] == here.event_id

"""A submission's state moves only from the state that the decision was made for."""

from pathlib import Path

from sqlalchemy import insert, select

from data_access import tables_bimtek as t
from data_access.commands import live as commands
from data_access.engine import reading, writing
from tests.bimtek_rows import STORED, store_event


def test_a_state_moves_once(fresh_db: Path) -> None:
    event = store_event()
    with writing() as c:
        values = {"formulir_id": event.forms["pre"], "peserta_id": event.people[0], "kunci": "k", "sidik_isi": "s"}
        more = {"jawaban": {}, "keadaan": "menunggu", "diterima_pada": STORED, "cara": "ponsel"}
        c.execute(insert(t.kiriman).values(**values, **more))
        [one] = c.execute(select(t.kiriman.c.id)).scalars()
        assert commands.set_state(c, one, "menunggu", "ditolak")
        assert not commands.set_state(c, one, "menunggu", "terhitung")
    with reading() as c:
        assert c.execute(select(t.kiriman.c.keadaan)).scalars().all() == ["ditolak"]

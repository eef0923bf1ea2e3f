"""Who still owes an answer, and plans: narrowed to the region."""

from pathlib import Path

from sqlalchemy import insert

from data_access.commands import trail
from data_access.commands.followup import add_plans
from data_access.engine import reading, writing
from data_access.queries import followup as queries
from data_access.tables_bimtek import kiriman, pengisian
from domain.permissions import Scope
from tests.bimtek_rows import STORED, store_event

EVERYWHERE, OTHER = Scope(None), Scope("52.72")


def test_those_who_owe_have_neither_answered_nor_signed_nor_wait(fresh_db: Path) -> None:
    made = store_event()
    with writing() as connection:
        trail.bump(connection, "jawaban")
        for place, state in enumerate(("terhitung", "menunggu", "dibatalkan")):
            row = {"formulir_id": made.forms["pre"], "peserta_id": made.people[place], "kunci": str(place)}
            row |= {"sidik_isi": "x", "jawaban": {}, "keadaan": state, "diterima_pada": STORED, "cara": "ponsel"}
            connection.execute(insert(kiriman).values(**row))
        signed = {"formulir_id": made.forms["penyelenggaraan"], "peserta_id": made.people[0]}
        connection.execute(insert(pengisian).values(**signed))
    with reading() as c:
        owing = {phase: queries.owing(c, EVERYWHERE, made.event_id, form) for phase, form in made.forms.items()}
        assert queries.owing(c, OTHER, made.event_id, made.forms["pre"]) == []
        assert queries.owing(c, EVERYWHERE, made.event_id + 1, made.forms["pre"]) == []
    assert [row["id"] for row in owing["pre"]] == sorted(
        made.people[2:], key=lambda id: owing["post"][[r["id"] for r in owing["post"]].index(id)]["nama"]
    )
    assert made.people[0] not in [row["id"] for row in owing["penyelenggaraan"]]
    assert len(owing["penyelenggaraan"]) == 3


def test_plans_are_read_with_their_person_in_the_own_region_only(fresh_db: Path) -> None:
    made = store_event()
    with writing() as connection:
        trail.bump(connection, "kegiatan")
        row = {"kegiatan_id": made.event_id, "peserta_id": made.people[0], "rencana": "Uji", "diubah_pada": STORED}
        add_plans(connection, [row])
    with reading() as c:
        (found,) = queries.plans(c, EVERYWHERE, made.event_id)
        assert (found["nama"], found["rencana"], found["status"]) == ("Peserta Contoh Satu", "Uji", "direncanakan")
        assert queries.plans(c, OTHER, made.event_id) == []
        assert queries.plan(c, EVERYWHERE, found["id"]) is not None
        assert queries.plan(c, OTHER, found["id"]) is None

"""Closing a meeting: everything it showed is kept in one transaction, re-opens equal for ever, and is never shown changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.tables_rapat import rapat, rapat_potret
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit, StoreRefused, StoreUnavailable
from domain.panel import digest
from domain.permissions import Actor
from services import actions, agenda, attendance_list, decisions, freezing, keeping, meetings, snapshots
from tests.rapat_rows import TODAY, close, count_for_real, counting_panel, on, running
from tests.services.conftest import NEW, written

Make = Callable[..., Actor]


@pytest.fixture(autouse=True)
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    count_for_real(monkeypatch)


@pytest.fixture
def by(fresh_db: Path, actor: Make) -> Actor:
    return actor("lkks", "33.71")


def register_one(actor: Make, name: str) -> None:
    keeping.create(actor("admin"), NEW | {"nama": name, "ketua_nik": None}, "t-" + name)


def shown(by: Actor, rapat_id: int) -> dict[Any, Any]:
    return {place: panel.as_data() for place, panel in meetings.snapshot(by, rapat_id).items()}


def test_a_closed_meeting_shows_the_same_a_year_of_data_later(by: Actor, actor: Make) -> None:
    with on(TODAY):
        register_one(actor, "LKS Satu")
        rapat_id = running(by)
        item = meetings.get(by, rapat_id).butir[0]
        decisions.add(by, rapat_id, item["id"], "Menyetujui", "d1")
        gone = decisions.add(by, rapat_id, item["id"], "Salah tulis", "d2")
        decisions.withdraw(by, rapat_id, gone, 1, "d3")
        number = actions.add(by, {"jenis": "tugas", "apa": "Kunjungan", "rapat_id": rapat_id}, "a1")
        attendance_list.paste(by, rapat_id, "Satu;a;LKS A\nDua;a;LKS A", "lks", "h")
        agenda.edit(by, rapat_id, item["id"], 1, {"catatan": "Dibahas"}, "c")
        draft = meetings.minutes(by, rapat_id)
        close(by, rapat_id)
    frozen, data = shown(by, rapat_id), meetings.minutes(by, rapat_id)
    assert len(frozen) == 9 and {panel["angka"][0]["nilai"] for panel in frozen.values()} == {1}
    assert data["ditutup"] and draft["ditutup"] is None
    assert {**data, "ditutup": None} == draft, "what was on the screen is what was kept"
    with on(date(2027, 11, 20)):
        register_one(actor, "LKS Dua")
        actions.set_status(by, number, 1, "selesai", "Berita acara", "s")
        assert shown(by, rapat_id) == frozen and meetings.minutes(by, rapat_id) == data
        fresh = meetings.minutes(by, running(by, "baru"))
        assert fresh["butir"][1]["panel"][0]["angka"][0]["nilai"] == 2, "a new meeting shows what stands now"
    record = meetings.get(by, rapat_id).record
    assert (record["status"], record["ditutup_oleh"]) == ("ditutup", "Uji lkks")
    entry = next(row for row in written("rapat") if row["aksi"] == "tutup_rapat")
    assert entry["sesudah"]["panel"] == 9 and len(entry["sesudah"]["sidik"]) == 64


def potret(rapat_id: int, place: tuple[int, int]) -> Any:
    return (rapat_potret.c.rapat_id == rapat_id, rapat_potret.c.butir == place[0], rapat_potret.c.panel == place[1])


def _changed(rapat_id: int) -> None:
    with writing() as connection:
        isi = connection.execute(select(rapat_potret.c.isi).where(*potret(rapat_id, (2, 1)))).scalar_one()
        isi["kalimat"] = "Semua baik."
        connection.execute(update(rapat_potret).where(*potret(rapat_id, (2, 1))).values(isi=isi))


def _changed_with_its_digest(rapat_id: int) -> None:
    _changed(rapat_id)
    with writing() as connection:
        isi = connection.execute(select(rapat_potret.c.isi).where(*potret(rapat_id, (2, 1)))).scalar_one()
        connection.execute(update(rapat_potret).where(*potret(rapat_id, (2, 1))).values(sidik=digest(isi)))


def _removed(rapat_id: int) -> None:
    with writing() as connection:
        connection.execute(delete(rapat_potret).where(*potret(rapat_id, (3, 1))))


def _minutes_and_panel_forged(rapat_id: int) -> None:
    """Everything made to agree with itself: only the trail knows what was kept."""
    with writing() as connection:
        for place in ((2, 1), (0, 0)):
            isi = connection.execute(select(rapat_potret.c.isi).where(*potret(rapat_id, place))).scalar_one()
            (isi["butir"][1]["panel"][0] if place == (0, 0) else isi)["kalimat"] = "Semua baik."
            forged = {"isi": isi, "sidik": digest(isi)}
            connection.execute(update(rapat_potret).where(*potret(rapat_id, place)).values(**forged))


@pytest.mark.parametrize("tamper", [_changed, _changed_with_its_digest, _removed, _minutes_and_panel_forged])
def test_what_was_changed_afterwards_is_named_and_not_shown(tamper: Callable[[int], None], by: Actor) -> None:
    rapat_id = running(by)
    close(by, rapat_id)
    other = running(by, "lain")
    close(by, other)
    tamper(rapat_id)
    for read in (meetings.snapshot, meetings.minutes):
        with pytest.raises(StoreRefused) as refused:
            read(by, rapat_id)
        assert refused.value.code == "potret_berubah"
        assert read(by, other), "another meeting is as it was"


def test_a_register_that_moves_meanwhile_is_counted_again(
    by: Actor, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save between computing and keeping: without the second look the projector and the minutes would disagree."""
    rapat_id, worked = running(by), snapshots.computed
    turns = 0

    def disturbed(*asked: Any) -> Any:
        nonlocal turns
        turns += 1
        found = worked(*asked)
        if turns <= 2:
            register_one(actor, f"LKS {turns}")
        return found

    monkeypatch.setattr(snapshots, "computed", disturbed)
    close(by, rapat_id)
    assert turns == 3
    assert {panel["angka"][0]["nilai"] for panel in shown(by, rapat_id).values()} == {2}


def test_a_register_that_never_stands_still_leaves_the_meeting_open(
    by: Actor, actor: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    rapat_id = running(by)

    def disturbed(who: Actor, whole: Any, day: date) -> Any:
        with writing() as connection:
            trail.bump(connection, "register")
        return {place: counting_panel(who, "33.71", spec, day) for place, spec in specs(whole)}

    def specs(whole: Any) -> Any:
        return [((n, m), spec) for n, row in enumerate(whole.butir, 1) for m, spec in enumerate(row["panel"], 1)]

    monkeypatch.setattr(snapshots, "computed", disturbed)
    with pytest.raises(StoreUnavailable) as refused:
        close(by, rapat_id)
    assert refused.value.code == "rapat_data_bergerak"
    assert meetings.get(by, rapat_id).record["status"] == "berjalan"
    with reading() as connection:
        assert connection.execute(select(func.count()).select_from(rapat_potret)).scalar_one() == 0


def test_a_closing_that_fails_half_way_keeps_nothing(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    rapat_id = running(by)

    def broken(*args: Any, **more: Any) -> None:
        raise StoreUnavailable()

    with monkeypatch.context() as patch:
        patch.setattr(trail, "record", broken)
        with pytest.raises(StoreUnavailable):
            close(by, rapat_id)
    with reading() as connection:
        assert connection.execute(select(func.count()).select_from(rapat_potret)).scalar_one() == 0
        assert connection.execute(select(rapat.c.status).where(rapat.c.id == rapat_id)).scalar_one() == "berjalan"
    close(by, rapat_id)
    assert len(shown(by, rapat_id)) == 9


def test_closing_is_done_once_and_only_while_it_runs(by: Actor, actor: Make) -> None:
    rapat_id = running(by)
    version = meetings.get(by, rapat_id).record["versi"]
    with pytest.raises(NotPermitted) as early:
        meetings.snapshot(by, rapat_id)
    assert early.value.code == "rapat_belum_ditutup"
    with pytest.raises(StaleEdit):
        meetings.close(by, rapat_id, version - 1, "t1")
    meetings.close(by, rapat_id, version, "t2")
    with pytest.raises(AlreadyDone):
        meetings.close(by, rapat_id, version, "t2")
    for who in (actor("lkks", "33"), actor("operator", "52.72")):
        with pytest.raises(NotFound):
            meetings.snapshot(who, rapat_id)
        with pytest.raises(NotFound):
            meetings.minutes(who, rapat_id)
    prepared = running(by, "lain")
    meetings.move(by, prepared, 2, "disiapkan", "t3")
    with pytest.raises(InvalidInput):
        close(by, prepared)


def test_as_of_a_moment_panels_speak_of_its_day(by: Actor) -> None:
    rapat_id = running(by)
    version = meetings.get(by, rapat_id).record["versi"]
    freezing.freeze(by, rapat_id, version, "t", datetime(2026, 10, 1, 20, tzinfo=UTC))
    assert {panel.per_tanggal for panel in meetings.snapshot(by, rapat_id).values()} == {date(2026, 10, 2)}

"""The wall: the right item with its panels and what was just recorded, nobody's name, a closed meeting as it froze."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, update

from data_access.commands import accounts as account_commands
from data_access.commands import trail
from data_access.engine import engine, writing
from data_access.queries import panels as panel_queries
from data_access.tables_rapat import rapat_potret
from domain.errors import NotFound, NotPermitted, StoreRefused, StoreUnavailable
from domain.permissions import COMMAND_LINE, Actor
from domain.rapat import PanelSpec
from services import accounts, clock, meetings, panels, wall
from services.wall import Agreed
from tests.panel_rows import STORED, add_action, add_decision, add_meeting
from tests.register_rows import lks_row, store
from tests.services.conftest import Clock

Make = Callable[..., Actor]
AGENDA = [
    ("Tindak lanjut", [PanelSpec("tindak_lanjut")]),
    ("Keadaan LKS", [PanelSpec("kluster"), PanelSpec("wilayah")]),
    ("Penutup", []),
]


def test_an_item_with_its_panels_and_what_was_just_recorded(seeded_db: Path, actor: Make, ticking: Clock) -> None:
    rapat_id, ids = add_meeting("33.71", AGENDA, pimpinan="Nama Rahasia", notulis="Nama Rahasia", contoh=True)
    strange, (other, *_) = add_meeting("52.72", AGENDA)
    add_decision(strange, other, "Keputusan Bima")
    by = actor("lkks", "33.71")
    assert wall.screen(by, rapat_id, 2).item.keputusan == ()  # type: ignore[union-attr]  # the meeting has items
    add_decision(rapat_id, ids[1], "Tiga LKS didampingi")
    add_decision(rapat_id, ids[1], "Ditarik", dibatalkan_pada=STORED)
    add_action(
        "33.71", "Mendampingi", rapat_id=rapat_id, butir_id=ids[1], pic="Nama Rahasia", pic_instansi="LKKS Kota",
        tenggat=date(2030, 1, 2),
    )  # fmt: skip
    ticking.now += panels.EVERY
    seen = wall.screen(by, rapat_id, 2)
    assert seen.item is not None
    assert (seen.item.nomor, seen.item.judul, seen.wall.jumlah, seen.wall.tempat) == (
        2,
        "Keadaan LKS",
        3,
        "Kota Magelang",
    )
    assert seen.item.keputusan == ("Tiga LKS didampingi",)
    assert seen.item.tindak_lanjut == (Agreed("Mendampingi", "LKKS Kota", date(2030, 1, 2), "Belum"),)
    assert [panel.jenis for panel in seen.panel] == ["kluster", "wilayah"]
    assert seen.panel[0].angka[0].nilai == 11 and seen.wall.contoh and seen.wall.beku_pada is None
    told = json.dumps(asdict(seen), default=str)
    assert "Rahasia" not in told and "Bima" not in told


def test_the_nearest_item_for_a_number_that_is_none(seeded_db: Path, actor: Make) -> None:
    rapat_id, _ = add_meeting("33.71", AGENDA)
    by = actor("lkks", "33.71")
    numbers = [wall.screen(by, rapat_id, asked).item.nomor for asked in (0, 1, 3, 99)]  # type: ignore[union-attr]  # has items
    assert numbers == [1, 1, 3, 3]
    empty, _ = add_meeting("33.71", [])
    seen = wall.screen(by, empty, 1)
    assert (seen.item, seen.panel, seen.wall.jumlah) == (None, (), 0)


def test_open_actions_come_first_also_when_the_agenda_forgot_them(seeded_db: Path, actor: Make) -> None:
    rapat_id, _ = add_meeting("33.71", AGENDA[1:])
    add_action("33.71", "Dari rapat lalu", tenggat=date(2020, 1, 1))
    seen = wall.screen(actor("lkks", "33.71"), rapat_id, 0)
    assert seen.item is not None and (seen.item.nomor, seen.wall.jumlah) == (0, 2)
    assert [item.nomor for item in seen.wall.butir] == [0, 1, 2]
    assert seen.panel[0].baris[0][0] == "Dari rapat lalu" and seen.panel[0].baris[0][3] == "Terlambat"


def test_only_those_who_may_look_at_the_meeting(seeded_db: Path, actor: Make) -> None:
    rapat_id, _ = add_meeting("33.71", AGENDA)
    for who in (("operator", "33"), ("kepala_dinas", None), ("lkks", "33.71"), ("admin", None)):
        assert wall.screen(actor(*who), rapat_id, 1).wall.id == rapat_id
    with pytest.raises(NotPermitted):
        wall.screen(actor("pelatih", "33.71"), rapat_id, 1)
    for who in (("lkks", "33"), ("lkks", "52.72"), ("lkks", None), ("operator", "52.72"), ("operator", "33.71.01")):
        with pytest.raises(NotFound):
            wall.screen(actor(*who), rapat_id, 1)
    with pytest.raises(NotFound):
        wall.screen(actor("admin"), 999, 1)


def test_a_closed_meeting_shows_what_it_showed_then(seeded_db: Path, actor: Make, ticking: Clock) -> None:
    by = actor("lkks", "33.71")
    facts = {"jenis": "rakor", "judul": "Rakor uji", "tanggal": clock.today()}
    rapat_id = meetings.create(by, facts, "t1")
    meetings.move(by, rapat_id, 1, "berjalan", "t2")
    before = wall.screen(by, rapat_id, 2)
    assert before.wall.beku_pada is None and before.panel[0].jenis == "kluster"
    meetings.close(by, rapat_id, 2, "t3")
    store(lks_row("Baru", "33.71.01", kluster=["lansia"]))
    ticking.now += panels.EVERY
    assert panels.live(by, "33.71", [PanelSpec("kluster")])[0].angka[0].nilai == 12
    for who in (by, actor("kepala_dinas", "33"), actor("admin")):
        seen = wall.screen(who, rapat_id, 2)
        assert seen.panel == before.panel and seen.panel[0].angka[0].nilai == 11
        assert seen.wall.beku_pada is not None and seen.wall.jumlah == before.wall.jumlah == 8
    with pytest.raises(NotFound):
        wall.screen(actor("lkks", "33"), rapat_id, 2)
    with writing() as c:
        trail.bump(c, "rapat")
        changed = before.panel[0].as_data() | {"kalimat": "Di Kota Magelang tercatat 99 LKS."}
        where = (rapat_potret.c.rapat_id == rapat_id, rapat_potret.c.butir == 2, rapat_potret.c.panel == 1)
        assert c.execute(update(rapat_potret).where(*where).values(isi=changed)).rowcount == 1
    ticking.now += panels.EVERY
    with pytest.raises(StoreRefused) as refused:
        wall.screen(by, rapat_id, 2)
    assert refused.value.code == "potret_berubah"


def test_twenty_walls_cost_one_statement_per_interval(seeded_db: Path, actor: Make, ticking: Clock) -> None:
    """Who is signed in, the meeting, its panels: twenty screens of five people over five intervals, five statements."""
    rapat_id, _ = add_meeting("33.71", AGENDA)
    tokens = [_signed_in(f"dinding{n}") for n in range(5)]

    def look() -> None:
        for token in tokens * 4:
            by = wall.viewer(token)
            assert by is not None and wall.screen(by, rapat_id, 2).panel[0].angka[0].nilai == 11

    look()
    asked: list[str] = []
    event.listen(engine(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    for _ in range(5):
        ticking.now += panels.EVERY
        look()
    read = [sql for sql in asked if "SELECT" in sql]
    assert len(read) == 5 and all("revisi_data" in sql for sql in read)


def _signed_in(name: str) -> str:
    with writing() as c:
        values = {"nama_pengguna": name, "nama": name, "peran": "lkks", "wilayah": "33.71", "dibuat_pada": clock.now()}
        user_id = account_commands.add_user(c, values)
        account_commands.open_session(c, accounts.digest("token-" + name), user_id, clock.now(), 1)
    return "token-" + name


def test_who_signs_out_is_gone_at_the_next_look(seeded_db: Path, ticking: Clock) -> None:
    token, other = _signed_in("keluar"), _signed_in("tetap")
    assert wall.viewer(token) is not None and wall.viewer(None) is None and wall.viewer("bukan") is None
    accounts.sign_out(token)
    ticking.now += panels.EVERY
    assert wall.viewer(token) is None and wall.viewer(other) is not None


def test_who_loses_rights_loses_them_at_the_next_look(seeded_db: Path, ticking: Clock) -> None:
    token = _signed_in("pindah")
    seen = wall.viewer(token)
    assert seen is not None and seen.scope.root == "33.71"
    row = accounts.find_user(COMMAND_LINE, "pindah")
    accounts.change_user(
        COMMAND_LINE, row["id"], row["versi"], name="pindah", role="lkks", wilayah="52.72", active=True, reason="pindah"
    )
    assert wall.viewer(token) is not None  # the look of this interval is shared
    ticking.now += panels.EVERY
    assert wall.viewer(token) is None  # a new region ends the session


def test_a_session_that_ends_by_the_clock_is_gone_within_a_minute(
    seeded_db: Path, ticking: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, begun = _signed_in("habis"), clock.now()
    assert wall.viewer(token) is not None
    later = begun.replace(year=begun.year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert wall.viewer(token) is None


def test_a_silent_store_is_said_and_not_guessed(
    seeded_db: Path, actor: Make, ticking: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rapat_id, _ = add_meeting("33.71", AGENDA)
    wall.screen(actor("lkks", "33.71"), rapat_id, 2)
    ticking.now += panels.EVERY

    def silent(connection: object) -> tuple[str, int]:
        raise StoreUnavailable()

    monkeypatch.setattr(panel_queries, "look", silent)
    with pytest.raises(StoreUnavailable):
        wall.screen(actor("lkks", "33.71"), rapat_id, 2)


@pytest.mark.parametrize(("status", "word"), [("belum", "Terlambat"), ("proses", "Terlambat"), ("selesai", "Selesai")])
def test_an_action_that_is_done_does_not_break_the_wall(
    status: str, word: str, seeded_db: Path, actor: Make, ticking: Clock
) -> None:
    """The wall had no word for a finished action: once the first action of a meeting was done, its wall did not open."""
    rapat_id, ids = add_meeting("33.71", AGENDA)
    add_action("33.71", "Mendampingi", rapat_id=rapat_id, butir_id=ids[1], status=status, tenggat=date(2020, 1, 2))
    item = wall.screen(actor("lkks", "33.71"), rapat_id, 2).item
    assert item is not None and [one.status for one in item.tindak_lanjut] == [word]

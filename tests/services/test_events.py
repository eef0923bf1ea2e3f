"""Events: set up, edited, moved, copied and deleted, each in its region, at its version, audited and done once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from data_access import tables_bimtek as tables
from data_access.commands import events as commands
from data_access.engine import reading, writing
from data_access.queries import state
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import accounts, clock, event_entries, events, instruments
from tests.bimtek_rows import store_event
from tests.services.conftest import Make, codes, written

NOW = datetime(2026, 5, 22, 2, 0, tzinfo=UTC)  # 09.00 WIB on the first day
FACTS: dict[str, Any] = {
    "judul": "Bimtek LKS Kota Magelang 2026",
    "maksud": "bimtek",
    "penyelenggara_jenis": "dinas",
    "penyelenggara": "Dinas Sosial Contoh",
    "wilayah": "33.71",
    "tempat": "Aula Contoh",
    "mulai": date(2026, 5, 22),
    "selesai": date(2026, 5, 24),
}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def trainer(fresh_db: Path, actor: Make) -> Actor:
    return actor("pelatih", "33.71")


@pytest.fixture
def event_id(trainer: Actor, actor: Make) -> int:
    """A new event of Kota Magelang, beside one of another city that must never show."""
    events.create(actor("admin"), FACTS | {"wilayah": "52.72", "judul": "Bimtek lain"}, "t-lain")
    return events.create(trainer, FACTS, "t-baru")


def version(by: Actor, event_id: int) -> int:
    return int(events.get(by, event_id).record["versi"])


def usable(by: Actor, jenis: str) -> int:
    return next(row["id"] for row in instruments.usable(by) if row["jenis"] == jenis)


def form_of(by: Actor, event_id: int, phase: str) -> dict[str, Any]:
    return next(form for form in events.get(by, event_id).forms if form["fase"] == phase)


def answer(form_id: int, person: int | None = None) -> None:
    values: dict[str, Any] = {"formulir_id": form_id, "peserta_id": person, "sidik_isi": "x"}
    values["kunci"] = f"k{form_id}-{person}"
    values |= {"jawaban": {}, "keadaan": "terhitung", "diterima_pada": NOW, "cara": "ponsel"}
    with writing() as connection:
        connection.execute(insert(tables.kiriman).values(**values))


# --- setting up ------------------------------------------------------------------------------------------------------


def test_a_new_event_has_its_defaults_and_its_own_address(trainer: Actor, event_id: int) -> None:
    found = events.get(trainer, event_id)
    row = found.record
    assert (row["status"], row["zona"], row["jangkauan"], row["batas_lulus"]) == ("disiapkan", "WIB", "33.71", 70)
    assert len(row["tautan"]) == 6 and events.address(row["tautan"]) == f"/isi/{row['tautan']}"
    assert (found.aims, found.speakers, found.sessions, found.forms, found.answers) == ([], [], [], [], 0)
    entry = written("kegiatan")[-1]
    assert (entry["aksi"], entry["objek_id"], entry["wilayah"]) == ("tambah", str(event_id), "33.71")
    assert "tautan" not in entry["sesudah"] and entry["sesudah"]["mulai"] == "2026-05-22"
    with reading() as connection:
        assert state.revision(connection, "kegiatan") >= 2
        assert state.state(connection, "masuk_contoh_ditutup") is not None


def test_the_zone_follows_the_place_and_may_be_stated(trainer: Actor, actor: Make) -> None:
    admin = actor("admin")
    for wilayah, place, stated, zone in (
        ("72", None, None, "WITA"),
        ("91", None, None, "WIT"),
        ("33", "51", None, "WITA"),
        ("33", None, "WIT", "WIT"),
    ):
        fields = FACTS | {"wilayah": wilayah, "tempat_wilayah": place, "zona": stated}
        event_id = events.create(admin, fields, f"t-{wilayah}-{place}-{stated}")
        assert events.get(admin, event_id).record["zona"] == zone
    assert event_entries.zone_of(None) == "WIB"


def test_every_province_has_a_zone(trainer: Actor) -> None:
    from data_access import assets

    provinces = {row["kode"] for row in assets.wilayah_rows() if row["jenis"] == "provinsi"}
    assert set(assets.time_zones()) == provinces
    assert set(assets.time_zones().values()) == {"WIB", "WITA", "WIT"}


def test_what_was_typed_is_checked_at_its_place(trainer: Actor) -> None:
    wrong = FACTS | {
        "judul": " ",
        "maksud": "rapat",
        "selesai": date(2026, 5, 21),
        "jangkauan": "99.99",
        "batas_lulus": 101,
        "dasar_hukum": "Permensos 11/2009",
        "asing": 1,
    }
    with pytest.raises(InvalidInput) as refused:
        events.create(trainer, wrong, "t")
    assert codes(refused) == {
        ("judul", "wajib_diisi"),
        ("maksud", "pilihan_di_luar_daftar"),
        ("selesai", "kegiatan_selesai_sebelum_mulai"),
        ("jangkauan", "kegiatan_wilayah_tidak_dikenal"),
        ("batas_lulus", "kegiatan_persen_keliru"),
        ("dasar_hukum", "kegiatan_dasar_hukum_tidak_dikenal"),
        ("asing", "bidang_tidak_dikenal"),
    }
    with pytest.raises(InvalidInput) as refused:
        events.create(trainer, FACTS | {"selesai": date(2026, 8, 1)}, "t")
    assert codes(refused) == {("selesai", "kegiatan_terlalu_panjang")}
    assert written("kegiatan") == []


def test_an_event_lies_in_the_own_region_while_people_may_come_from_farther(trainer: Actor) -> None:
    with pytest.raises(NotFound):
        events.create(trainer, FACTS | {"wilayah": "33"}, "t1")
    event_id = events.create(trainer, FACTS | {"jangkauan": "33", "dasar_hukum": "uu_11_2009"}, "t2")
    assert events.get(trainer, event_id).record["jangkauan"] == "33"


def test_reading_keeps_to_the_region_and_the_role(trainer: Actor, event_id: int, actor: Make) -> None:
    assert list(events.listed(trainer)["id"]) == [event_id]
    assert len(events.listed(actor("admin"))) == 2
    assert list(events.listed(actor("admin"), wilayah="33")["id"]) == [event_id]
    stranger = actor("pelatih", "52.72")
    for call in (
        lambda: events.get(stranger, event_id),
        lambda: events.series(stranger, event_id),
        lambda: events.links(stranger, event_id),
        lambda: events.edit(stranger, event_id, 1, {"judul": "x"}, "t"),
        lambda: events.move(stranger, event_id, 1, "berjalan", None, "t"),
        lambda: events.copy(stranger, event_id, date(2027, 5, 1), "t"),
        lambda: events.get(trainer, 10_000),
    ):
        with pytest.raises(NotFound) as unknown:
            call()
        assert unknown.value.code == "kegiatan_tidak_ada"
    with pytest.raises(NotPermitted):
        events.create(actor("kepala_dinas"), FACTS, "t")
    assert events.get(actor("kepala_dinas", "33"), event_id).record["id"] == event_id


def test_the_list_is_narrowed_and_counts_people_who_still_belong(trainer: Actor, actor: Make) -> None:
    stored = store_event(judul="Bimtek Pendaftaran Daring", status="selesai")
    with writing() as connection:
        table = tables.peserta
        connection.execute(table.update().where(table.c.id == stored.people[0]).values(aktif=False))
    [row] = events.listed(trainer, tahun=2026, status="selesai", cari="daring pendaftaran").to_dict("records")
    assert (row["id"], row["peserta"], row["formulir"]) == (stored.event_id, 3, 3)
    assert events.listed(trainer, tahun=2025).empty and events.listed(trainer, cari="tidak ada").empty
    assert events.years(trainer) == [2026]


def test_two_minutes_event_days_and_forms_in_one_write(trainer: Actor) -> None:
    chosen = [usable(trainer, jenis) for jenis in ("prepost", "penyelenggaraan", "rtl")]
    titles = {"pre": "Tes awal", "post": "Tes akhir"}
    event_id = events.start(trainer, FACTS, chosen, "t", session="Hari ke-{hari}", titles=titles)
    found = events.get(trainer, event_id)
    assert [(row["tanggal"].day, row["materi"]) for row in found.sessions] == [
        *((22, "Hari ke-1"), (23, "Hari ke-2"), (24, "Hari ke-3")),
    ]
    assert [form["fase"] for form in found.forms] == ["pre", "post", "penyelenggaraan", "rtl"]
    pre, post = found.forms[:2]
    assert (pre["judul"], post["judul"]) == ("Tes awal", "Tes akhir")
    assert pre["instrumen_versi_id"] == post["instrumen_versi_id"] and pre["tautan"] != post["tautan"]
    assert [form["anonim"] for form in found.forms[:2]] == [False, False]
    assert {aim["kode"] for aim in found.aims} >= {"layanan", "digital"}
    assert {form["keadaan"] for form in found.forms} == {"disiapkan"}
    with pytest.raises(AlreadyDone):
        events.start(trainer, FACTS, chosen, "t", session="Hari ke-{hari}")
    assert len(events.listed(trainer)) == 1


def test_a_refused_quick_start_leaves_nothing_behind(trainer: Actor) -> None:
    with pytest.raises(NotFound):
        events.start(trainer, FACTS, [usable(trainer, "rtl"), 9_999], "t", session="Hari {hari}")
    with pytest.raises(InvalidInput) as refused:
        events.start(trainer, FACTS, [usable(trainer, "pascapelatihan")], "t", session="Hari {hari}")
    assert codes(refused) == {("fase", "formulir_pasca_kemudian")}
    assert events.listed(trainer).empty and written("kegiatan") == []


# --- editing ---------------------------------------------------------------------------------------------------------


def test_an_edit_stores_and_audits_only_what_differs(trainer: Actor, event_id: int) -> None:
    events.edit(trainer, event_id, 1, FACTS | {"tempat": "Aula baru", "pemandu": "Pemandu Contoh"}, "t1")
    entry = written("kegiatan")[-1]
    assert entry["sesudah"] == {"tempat": "Aula baru", "pemandu": "Pemandu Contoh"}
    assert entry["sebelum"] == {"tempat": "Aula Contoh", "pemandu": None}
    assert version(trainer, event_id) == 2
    events.edit(trainer, event_id, 2, {"tempat": "Aula baru"}, "t2")
    assert version(trainer, event_id) == 2 and len(written("kegiatan")) == 3


def test_an_edit_of_what_others_changed_says_who_and_when(trainer: Actor, event_id: int, actor: Make) -> None:
    events.edit(actor("operator", "33"), event_id, 1, {"tempat": "Lain"}, "t1")
    with pytest.raises(StaleEdit) as stale:
        events.edit(trainer, event_id, 1, {"tempat": "Lain lagi"}, "t2")
    assert stale.value.code == "kegiatan_sudah_diubah"
    assert stale.value.facts == {"siapa": "uji.operator", "kapan": "22/05/2026 09.00 WIB", "bidang": "tempat"}
    assert events.get(trainer, event_id).record["tempat"] == "Lain"


def test_dates_keep_the_sessions_and_rules_stay_once_answered(trainer: Actor, event_id: int) -> None:
    rows = [{"tanggal": date(2026, 5, 24), "materi": "Pendaftaran daring", "mulai": "8:00", "selesai": "09.30"}]
    events.set_sessions(trainer, event_id, 1, rows, "t1")
    with pytest.raises(InvalidInput) as refused:
        events.edit(trainer, event_id, 2, {"selesai": date(2026, 5, 23)}, "t2")
    assert codes(refused) == {("mulai", "kegiatan_sesi_tertinggal")}
    stored = store_event()
    answer(stored.forms["pre"], stored.people[0])
    with pytest.raises(InvalidInput) as refused:
        events.edit(trainer, stored.event_id, 1, {"aturan_pre": "terakhir"}, "t3")
    assert codes(refused) == {("aturan_pre", "kegiatan_aturan_sudah_dipakai")}


# --- states ----------------------------------------------------------------------------------------------------------


def test_an_event_goes_its_way_and_back_only_with_a_reason(trainer: Actor, event_id: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        events.move(trainer, event_id, 1, "selesai", None, "t1")
    assert codes(refused) == {("status", "kegiatan_langkah_keliru")}
    for number, to in enumerate(("berjalan", "selesai", "dikunci"), 1):
        events.move(trainer, event_id, number, to, None, f"t-{to}")
    assert events.get(trainer, event_id).locked
    with pytest.raises(InvalidInput) as refused:
        events.move(trainer, event_id, 4, "selesai", " ", "t2")
    assert codes(refused) == {("alasan", "alasan_belum_ditulis")}
    events.move(trainer, event_id, 4, "selesai", "Jam materi keliru", "t3")
    entry = written("kegiatan")[-1]
    assert (entry["sebelum"], entry["sesudah"], entry["alasan"]) == (
        *({"status": "dikunci"}, {"status": "selesai"}, "Jam materi keliru"),
    )


def test_a_locked_event_takes_no_change(trainer: Actor, actor: Make) -> None:
    stored = store_event(status="dikunci")
    form = events.get(trainer, stored.event_id).forms[0]
    rtl = usable(trainer, "rtl")
    for call in (
        lambda: events.edit(trainer, stored.event_id, 1, {"tempat": "x"}, "t"),
        lambda: events.set_aims(trainer, stored.event_id, 1, [], "t"),
        lambda: events.set_speakers(trainer, stored.event_id, 1, [], "t"),
        lambda: events.set_sessions(trainer, stored.event_id, 1, [], "t"),
        lambda: events.add_forms(trainer, stored.event_id, rtl, "rtl", "t"),
        lambda: events.open_form(trainer, form["id"], 1, "t"),
        lambda: events.close_form(trainer, form["id"], 1, "t"),
        lambda: events.schedule_form(trainer, form["id"], 1, None, None, "t"),
        lambda: events.edit_form(trainer, form["id"], 1, "x", False, "t"),
        lambda: events.remove_form(trainer, form["id"], 1, "t"),
        lambda: events.remove(trainer, stored.event_id, 1, "keliru buat", "t"),
    ):
        with pytest.raises(NotPermitted) as refused:
            call()
        assert refused.value.code == "kegiatan_terkunci"


def test_when_an_event_is_over_its_forms_close_but_the_follow_up(trainer: Actor) -> None:
    stored = store_event()
    [rtl] = events.add_forms(trainer, stored.event_id, usable(trainer, "rtl"), "rtl", "t1")
    events.open_form(trainer, rtl, 1, "t2")
    events.move(trainer, stored.event_id, version(trainer, stored.event_id), "selesai", None, "t3")
    states = {form["fase"]: form["keadaan"] for form in events.get(trainer, stored.event_id).forms}
    assert states == {"pre": "ditutup", "post": "ditutup", "penyelenggaraan": "ditutup", "rtl": "dibuka"}
    events.move(trainer, stored.event_id, version(trainer, stored.event_id), "dikunci", None, "t4")
    assert {form["keadaan"] for form in events.get(trainer, stored.event_id).forms} == {"ditutup"}


def test_an_answered_event_neither_goes_back_to_preparing_nor_away(trainer: Actor) -> None:
    stored = store_event()
    answer(stored.forms["post"], stored.people[0])
    with pytest.raises(InvalidInput) as refused:
        events.move(trainer, stored.event_id, 1, "disiapkan", "salah tekan", "t1")
    assert codes(refused) == {("status", "kegiatan_sudah_dijawab")}
    with pytest.raises(NotPermitted) as no:
        events.remove(trainer, stored.event_id, 1, "salah buat", "t2")
    assert no.value.code == "kegiatan_tidak_bisa_dihapus"


def test_deleting_takes_everything_of_the_event_and_nothing_else(trainer: Actor, event_id: int) -> None:
    gone = store_event(status="disiapkan", form_status="disiapkan")
    copied = events.copy(trainer, gone.event_id, date(2027, 5, 22), "t0")
    kept = store_event()
    with pytest.raises(InvalidInput):
        events.remove(trainer, gone.event_id, version(trainer, gone.event_id), "", "t1")
    events.remove(trainer, gone.event_id, version(trainer, gone.event_id), "dibuat dua kali", "t2")
    assert set(events.listed(trainer)["id"]) == {event_id, kept.event_id, copied}
    with reading() as connection:
        for table in (tables.peserta, tables.formulir, tables.kegiatan_sesi, tables.kegiatan_tujuan):
            of = select(func.count()).select_from(table)
            assert connection.execute(of.where(table.c.kegiatan_id == gone.event_id)).scalar() == 0
            assert connection.execute(of.where(table.c.kegiatan_id == kept.event_id)).scalar_one() > 0
    assert events.get(trainer, copied).record["disalin_dari"] is None
    entry = written("kegiatan")[-1]
    assert (entry["aksi"], entry["sebelum"]["peserta"], entry["alasan"]) == ("hapus", 4, "dibuat dua kali")


# --- the year after --------------------------------------------------------------------------------------------------


def test_a_copy_brings_the_plan_but_no_people_or_answers(trainer: Actor) -> None:
    stored = store_event(judul="Bimtek LKS 2026", selesai=date(2026, 5, 24))
    events.set_speakers(
        trainer, stored.event_id, 1, [{"nama": "Narasumber Contoh", "instansi": "Instansi Contoh"}], "t1"
    )
    speaker = events.get(trainer, stored.event_id).speakers[0]["id"]
    [about] = events.add_forms(
        *(trainer, stored.event_id, usable(trainer, "narasumber"), "narasumber", "t2"), narasumber=[speaker]
    )
    old = events.get(trainer, stored.event_id)
    rows = [{n: s[n] for n in ("id", "tanggal", "mulai", "selesai", "materi", "jp")} for s in old.sessions]
    rows[0]["narasumber"] = [speaker]
    events.set_sessions(trainer, stored.event_id, old.record["versi"], rows, "t3")
    answer(stored.forms["pre"], stored.people[0])
    copied = events.copy(trainer, stored.event_id, date(2027, 6, 7), "t4", title="Bimtek LKS 2027")
    new = events.get(trainer, copied)
    assert (new.record["mulai"], new.record["selesai"]) == (date(2027, 6, 7), date(2027, 6, 9))
    assert [row["tanggal"] for row in new.sessions] == [date(2027, 6, 7), date(2027, 6, 9)]
    assert new.sessions[0]["narasumber"] == [new.speakers[0]["id"]] != [speaker]
    assert [aim["kode"] for aim in new.aims][:2] == ["teknis", "daring"]
    assert [form["fase"] for form in new.forms] == ["pre", "post", "penyelenggaraan", "narasumber"]
    assert new.forms[3]["narasumber_id"] == new.speakers[0]["id"] and new.forms[3]["id"] != about
    assert {form["keadaan"] for form in new.forms} == {"disiapkan"} and new.answers == 0
    assert not {form["tautan"] for form in new.forms} & set(stored.links.values())
    line = events.series(trainer, copied)
    assert [(row["judul"], row["peserta"]) for row in line] == [("Bimtek LKS 2026", 4), ("Bimtek LKS 2027", 0)]
    assert {row["seri"] for row in line} == {"Bimtek LKS"}


def test_a_locked_original_stays_as_it_is_and_still_begins_the_line(trainer: Actor) -> None:
    stored = store_event(judul="Bimtek LKS 2026", status="dikunci")
    copied = events.copy(trainer, stored.event_id, date(2027, 6, 7), "t")
    assert events.get(trainer, stored.event_id).record["seri"] is None
    assert [row["id"] for row in events.series(trainer, copied)] == [stored.event_id, copied]
    other = store_event(judul="Bimtek LKS 2026", wilayah="52.72", seri="Bimtek LKS")
    assert other.event_id not in {row["id"] for row in events.series(trainer, copied)}


# --- lists -----------------------------------------------------------------------------------------------------------


def test_aims_are_replaced_as_a_whole(trainer: Actor, event_id: int) -> None:
    aims = [{"kode": "teknis", "nama": "Teknis"}, {"kode": "daring", "nama": "Daring"}]
    events.set_aims(trainer, event_id, 1, aims, "t1")
    events.set_aims(trainer, event_id, 2, aims[::-1], "t2")
    assert events.get(trainer, event_id).aims == aims[::-1]
    events.set_aims(trainer, event_id, 3, aims[::-1], "t3")
    assert version(trainer, event_id) == 3 and len(written("kegiatan")) == 4
    with pytest.raises(InvalidInput) as refused:
        events.set_aims(trainer, event_id, 3, [*aims, aims[0], {"kode": "a b", "nama": ""}], "t4")
    assert codes(refused) == {
        ("tujuan 3 / kode", "kegiatan_baris_ganda"),
        ("tujuan 4 / kode", "kegiatan_kode_tujuan_keliru"),
        ("tujuan 4 / nama", "wajib_diisi"),
    }
    assert events.get(trainer, event_id).aims == aims[::-1]


def test_speakers_keep_their_ids_even_when_two_change_names(trainer: Actor, event_id: int) -> None:
    events.set_speakers(trainer, event_id, 1, [{"nama": "Satu"}, {"nama": "Dua", "jabatan": "Penyuluh"}], "t1")
    one, two = events.get(trainer, event_id).speakers
    swapped = [one | {"nama": "Dua"}, two | {"nama": "Satu"}]
    events.set_speakers(trainer, event_id, 2, swapped, "t2")
    assert events.get(trainer, event_id).speakers == swapped
    events.add_forms(trainer, event_id, usable(trainer, "narasumber"), "narasumber", "t3", narasumber=[one["id"]])
    with pytest.raises(InvalidInput) as refused:
        events.set_speakers(trainer, event_id, version(trainer, event_id), swapped[1:], "t4")
    assert codes(refused) == {("narasumber", "kegiatan_narasumber_dinilai")}
    events.set_speakers(trainer, event_id, version(trainer, event_id), swapped[:1], "t5")
    assert [row["id"] for row in events.get(trainer, event_id).speakers] == [one["id"]]


def test_hours_follow_the_clock_and_attended_sessions_stay(trainer: Actor) -> None:
    stored = store_event()
    with writing() as connection:
        values = {"sesi_id": stored.sessions[0], "peserta_id": stored.people[0], "cara": "petugas", "pada": NOW}
        connection.execute(insert(tables.kehadiran).values(**values))
    kept = {"id": stored.sessions[0], "tanggal": date(2026, 5, 22), "materi": "Pembukaan", "dihitung": False}
    new = {"tanggal": date(2026, 5, 22), "mulai": "07.15", "selesai": "9:30", "materi": "Materi", "jp": None}
    events.set_sessions(trainer, stored.event_id, 1, [kept, new], "t1")
    first, second = events.get(trainer, stored.event_id).sessions
    assert (first["materi"], first["mulai"], first["jp"], second["id"]) == ("Materi", "07.15", 3.0, stored.sessions[0])
    assert (second["hadir"], second["dihitung"]) == (1, False)
    for rows in ([new], [kept | {"tanggal": date(2026, 5, 23)}]):
        with pytest.raises(InvalidInput) as refused:
            events.set_sessions(trainer, stored.event_id, 2, rows, "t2")
        assert codes(refused) == {("sesi", "kegiatan_sesi_dihadiri")}


def test_a_timetable_is_checked_cell_by_cell(trainer: Actor, event_id: int) -> None:
    rows: list[dict[str, Any]] = [
        {"tanggal": date(2026, 5, 25), "materi": "Di luar"},
        {"tanggal": None, "materi": "", "mulai": "25.00"},
        {
            "tanggal": date(2026, 5, 22),
            "materi": "x",
            "mulai": "10.00",
            "selesai": "09.00",
            "jp": -1,
            "narasumber": [9],
        },
        {"id": 77, "tanggal": date(2026, 5, 22), "materi": "x"},
    ]
    with pytest.raises(InvalidInput) as refused:
        events.set_sessions(trainer, event_id, 1, rows, "t1")
    assert codes(refused) == {
        ("sesi 1 / tanggal", "kegiatan_sesi_di_luar_tanggal"),
        ("sesi 2 / tanggal", "wajib_diisi"),
        ("sesi 2 / materi", "wajib_diisi"),
        ("sesi 2 / mulai", "kegiatan_jam_keliru"),
        ("sesi 3 / selesai", "kegiatan_jam_terbalik"),
        ("sesi 3 / jp", "kegiatan_jp_keliru"),
        ("sesi 3 / narasumber", "kegiatan_baris_tidak_dikenal"),
        ("sesi 4", "kegiatan_baris_tidak_dikenal"),
    }
    assert events.get(trainer, event_id).sessions == []


# --- forms -----------------------------------------------------------------------------------------------------------


def test_pre_and_post_come_and_go_as_one_pair(trainer: Actor, event_id: int) -> None:
    test = usable(trainer, "prepost")
    ids = events.add_forms(trainer, event_id, test, "post", "t1")
    assert [form["fase"] for form in events.get(trainer, event_id).forms] == ["pre", "post"]
    with pytest.raises(InvalidInput) as refused:
        events.add_forms(trainer, event_id, test, "pre", "t2")
    assert codes(refused) == {("fase", "formulir_fase_sudah_ada")}
    answer(ids[0])
    with pytest.raises(NotPermitted) as no:
        events.remove_form(trainer, ids[1], 1, "t3")
    assert no.value.code == "formulir_sudah_dijawab"
    with writing() as connection:
        connection.execute(tables.kiriman.delete())
    events.remove_form(trainer, ids[1], 1, "t4")
    assert events.get(trainer, event_id).forms == []
    assert [row["aksi"] for row in written("formulir")] == ["tambah", "tambah", "hapus", "hapus"]


def test_a_form_fits_its_instrument_and_tests_are_never_nameless(trainer: Actor, event_id: int) -> None:
    for jenis, phase, more, code in (
        ("prepost", "kepuasan", {}, ("fase", "formulir_fase_tidak_cocok")),
        ("prepost", "pre", {"anonim": True}, ("anonim", "formulir_tidak_boleh_anonim")),
        ("narasumber", "narasumber", {"narasumber": [99]}, ("narasumber", "kegiatan_baris_tidak_dikenal")),
        ("rtl", "rtl", {"titles": {"rtl": " "}}, ("judul", "wajib_diisi")),
    ):
        with pytest.raises(InvalidInput) as refused:
            events.add_forms(trainer, event_id, usable(trainer, jenis), phase, "t", **more)
        assert codes(refused) == {code}
    assert events.get(trainer, event_id).forms == []


def test_one_evaluation_for_each_speaker(trainer: Actor, event_id: int) -> None:
    events.set_speakers(trainer, event_id, 1, [{"nama": "Satu"}, {"nama": "Dua"}], "t1")
    ids = [row["id"] for row in events.get(trainer, event_id).speakers]
    kind = usable(trainer, "narasumber")
    titles = {"narasumber": "{nama} {0}: {judul}"}
    events.add_forms(trainer, event_id, kind, "narasumber", "t2", titles=titles, narasumber=ids)
    forms = events.get(trainer, event_id).forms
    assert [form["narasumber_nama"] for form in forms] == ["Satu", "Dua"]
    assert forms[0]["judul"].startswith("Satu {0}: ")
    with pytest.raises(InvalidInput) as refused:
        events.add_forms(trainer, event_id, kind, "narasumber", "t3", narasumber=ids[:1])
    assert codes(refused) == {("narasumber", "formulir_narasumber_sudah_ada")}


def test_opening_starts_the_event_and_closing_is_at_once(trainer: Actor, event_id: int) -> None:
    events.add_forms(trainer, event_id, usable(trainer, "prepost"), "pre", "t1")
    pre = form_of(trainer, event_id, "pre")
    events.open_form(trainer, pre["id"], pre["versi"], "t2")
    assert form_of(trainer, event_id, "pre")["keadaan"] == "dibuka"
    assert form_of(trainer, event_id, "post")["keadaan"] == "disiapkan"
    assert events.get(trainer, event_id).record["status"] == "berjalan"
    with pytest.raises(StaleEdit):
        events.close_form(trainer, pre["id"], pre["versi"], "t3")
    events.close_form(trainer, pre["id"], pre["versi"] + 1, "t4")
    closed = form_of(trainer, event_id, "pre")
    assert (closed["keadaan"], closed["tutup_pada"]) == ("ditutup", NOW)
    events.open_form(trainer, pre["id"], closed["versi"], "t5")
    assert form_of(trainer, event_id, "pre")["keadaan"] == "dibuka"
    assert [row["aksi"] for row in written("formulir")][-3:] == ["buka_formulir", "tutup_formulir", "buka_formulir"]


def test_a_form_opens_and_closes_by_the_clock(trainer: Actor, event_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    [form_id] = events.add_forms(trainer, event_id, usable(trainer, "rtl"), "rtl", "t1")
    opens, closes = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    events.schedule_form(trainer, form_id, 1, opens, closes, "t2")
    seen = []
    for later in (timedelta(0), timedelta(hours=1), timedelta(hours=2)):
        monkeypatch.setattr(clock, "now", lambda later=later: NOW + later)
        seen.append(form_of(trainer, event_id, "rtl")["keadaan"])
    assert seen == ["disiapkan", "dibuka", "ditutup"]
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for first, last, code in (
        (NOW - timedelta(minutes=1), None, ("buka_pada", "formulir_waktu_lewat")),
        (closes, opens, ("tutup_pada", "formulir_tutup_sebelum_buka")),
    ):
        with pytest.raises(InvalidInput) as refused:
            events.schedule_form(trainer, form_id, 2, first, last, "t3")
        assert code in codes(refused)
    events.close_form(trainer, form_id, 2, "t4")
    with pytest.raises(InvalidInput) as refused:
        events.schedule_form(trainer, form_id, 3, None, closes, "t5")
    assert codes(refused) == {("buka_pada", "wajib_diisi")}
    events.schedule_form(trainer, form_id, 3, opens, None, "t6")
    assert form_of(trainer, event_id, "rtl")["keadaan"] == "disiapkan"


def test_scheduling_the_end_leaves_an_open_form_open(trainer: Actor) -> None:
    stored = store_event()
    events.schedule_form(trainer, stored.forms["pre"], 1, None, NOW + timedelta(minutes=30), "t1")
    form = form_of(trainer, stored.event_id, "pre")
    assert (form["keadaan"], form["tutup_pada"]) == ("dibuka", NOW + timedelta(minutes=30))


def test_a_title_may_change_but_namelessness_only_while_unanswered(trainer: Actor) -> None:
    stored = store_event()
    form_id = stored.forms["penyelenggaraan"]
    events.edit_form(trainer, form_id, 1, "Penilaian panitia", False, "t1")
    answer(form_id)
    with pytest.raises(NotPermitted) as refused:
        events.edit_form(trainer, form_id, 2, "Penilaian panitia", True, "t2")
    assert refused.value.code == "formulir_sudah_dijawab"
    events.edit_form(trainer, form_id, 2, "Penilaian penyelenggaraan", False, "t3")
    with pytest.raises(InvalidInput):
        events.edit_form(trainer, stored.forms["pre"], 1, "Tes", True, "t4")
    assert form_of(trainer, stored.event_id, "penyelenggaraan")["judul"] == "Penilaian penyelenggaraan"


def test_forms_of_other_regions_are_as_good_as_unknown(trainer: Actor) -> None:
    other = store_event(wilayah="52.72")
    for number in (other.forms["pre"], 9_999):
        for act in (events.open_form, events.close_form, events.remove_form):
            with pytest.raises(NotFound) as refused:
                act(trainer, number, 1, "t")
            assert refused.value.code == "formulir_tidak_ada"


# --- links -----------------------------------------------------------------------------------------------------------


def test_links_hold_the_codes_and_the_look_is_written_down(trainer: Actor, actor: Make) -> None:
    stored = store_event()
    with writing() as connection:
        table = tables.peserta
        connection.execute(table.update().where(table.c.id == stored.people[3]).values(aktif=False))
    found = events.links(trainer, stored.event_id)
    assert [person["kode"].replace("-", "") for person in found["peserta"]] == [
        *(stored.codes[number] for number in (1, 0, 2)),  # by name: Dua, Satu, Tiga; Empat was struck off
    ]
    assert {form["tautan"] for form in found["formulir"]} == set(stored.links.values())
    assert {form["status"] for form in found["formulir"]} == {"dibuka"}
    assert found["kegiatan"]["alamat"] == f"/isi/{stored.link}"
    entry = written("kegiatan")[-1]
    assert (entry["aksi"], entry["sesudah"]) == ("buka_kode", {"peserta": 3})
    assert not any(code in repr(entry) for code in stored.codes)
    with pytest.raises(NotPermitted):
        events.links(actor("kepala_dinas", "33.71"), stored.event_id)
    events.edit(trainer, stored.event_id, 1, {"tempat": "x"}, "t")
    with pytest.raises(StaleEdit) as stale:  # a look at codes is no change that somebody was faster with
        events.edit(trainer, stored.event_id, 1, {"tempat": "y"}, "t2")
    assert stale.value.facts["bidang"] == "tempat"


def test_a_write_without_its_version_changes_nothing(trainer: Actor, event_id: int) -> None:
    with writing() as connection:
        assert not commands.change(connection, event_id, 9, {"tempat": "x"})
    assert events.get(trainer, event_id).record["tempat"] == "Aula Contoh"


@pytest.mark.parametrize(("typed", "kept"), [("8:05", "08.05"), ("23.59", "23.59"), ("24.00", None), ("8", None)])
def test_clock_times_are_read_as_people_write_them(typed: str, kept: str | None) -> None:
    assert event_entries.time_text(typed) == kept
    assert event_entries.hours("08.00", "09.30") == 2.0


def test_what_a_sample_account_tries_out_is_a_sample_and_closes_nothing(seeded_db: Path, actor: Make) -> None:
    """A newcomer's first event once signed the newcomer out for good."""
    trying = replace(actor("pelatih", "33.71"), contoh=True)
    before = accounts.sample_sign_in_open()
    event_id = events.create(trying, FACTS, "t-coba")
    assert before and accounts.sample_sign_in_open()
    assert events.get(trying, event_id).record["contoh"]
    events.create(actor("pelatih", "33.71"), FACTS, "t-nyata")
    assert not accounts.sample_sign_in_open()

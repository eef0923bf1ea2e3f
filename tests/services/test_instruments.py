"""Instruments: ready-made, imported, drafted, published for good, copied; a published definition is never touched."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from data_access import assets
from data_access import tables_bimtek as tables
from data_access.commands import instruments as commands
from data_access.engine import writing
from domain.errors import AlreadyDone, FileRefused, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.forms import definition, parsing
from domain.forms.definition import Form
from domain.permissions import Actor
from services import events, instruments, ready_made
from tests.bimtek_rows import SATISFACTION, TEST, store_event
from tests.services.conftest import Make, codes, written


@pytest.fixture
def trainer(fresh_db: Path, actor: Make) -> Actor:
    return actor("pelatih", "33.71")


@pytest.fixture
def own(trainer: Actor) -> int:
    """A new instrument of Kota Magelang with one draft."""
    return instruments.add(trainer, parsing.from_mapping(TEST), None, "t-baru")


def draft(by: Actor, instrument_id: int) -> dict[str, Any]:
    found = instruments.get(by, instrument_id).draft
    assert found is not None
    return found


def published(by: Actor, instrument_id: int, token: str) -> int:
    version = draft(by, instrument_id)
    instruments.publish(by, version["id"], version["versi"], token)
    return int(version["id"])


def reworded(form: Form, title: str) -> Form:
    return replace(form, judul=title)


# --- ready-made ------------------------------------------------------------------------------------------------------


def test_the_ready_made_ones_are_there_at_first_use_and_once(trainer: Actor, actor: Make) -> None:
    rows = instruments.listed(trainer)
    assert {row["kode"] for row in rows} == set(assets.ready_made_forms())
    assert all(row["bawaan"] and row["wilayah"] is None and row["terbit_id"] and not row["draf_id"] for row in rows)
    assert {row["jenis"] for row in instruments.usable(trainer)} == {
        form.jenis for form in assets.ready_made_forms().values()
    }
    assert ready_made.load() == 0
    assert len(instruments.listed(actor("kepala_dinas", "91"))) == len(rows)
    assert {entry["aksi"] for entry in written("instrumen")} == {"muat_bawaan"}


def test_they_come_with_their_kind_in_the_order_of_a_bimtek(trainer: Actor) -> None:
    kinds = [row["jenis"] for row in instruments.usable(trainer)]
    assert kinds == sorted(kinds, key=definition.FORM_KINDS.index) and kinds[0] == "prepost"


def test_a_ready_made_one_is_copied_and_never_changed(trainer: Actor) -> None:
    row = instruments.listed(trainer)[0]
    for call in (
        lambda: instruments.new_version(trainer, row["id"], "t"),
        lambda: instruments.archive(trainer, row["id"], row["versi"], "t"),
    ):
        with pytest.raises(NotPermitted) as refused:
            call()
        assert refused.value.code == "instrumen_bawaan"
    copied = instruments.duplicate(trainer, row["terbit_id"], "Tes kota kami", None, "t1")
    found = instruments.get(trainer, copied)
    assert (found.record["judul"], found.record["wilayah"], found.record["bawaan"]) == ("Tes kota kami", "33.71", False)
    assert found.record["kode"] == f"{row['kode']}_2" and found.draft is not None and found.published is None
    mine, theirs = instruments.form(trainer, found.draft["id"]), instruments.form(trainer, row["terbit_id"])
    assert mine.bagian == theirs.bagian and mine.kode != theirs.kode


# --- drafts and publishing -------------------------------------------------------------------------------------------


def test_a_new_instrument_is_a_draft_that_no_event_may_use(trainer: Actor, own: int) -> None:
    found = instruments.get(trainer, own)
    assert (found.record["kode"], found.record["wilayah"]) == ("uji_prepost", "33.71")
    assert found.draft is not None and (found.draft["nomor"], found.draft["butir"]) == (1, 4)
    assert own not in {row["instrumen_id"] for row in instruments.usable(trainer)}
    event = store_event(phases={})
    with pytest.raises(NotPermitted) as refused:
        events.add_forms(trainer, event.event_id, found.draft["id"], "pre", "t")
    assert refused.value.code == "instrumen_belum_terbit"
    with pytest.raises(AlreadyDone):
        instruments.add(trainer, parsing.from_mapping(TEST), None, "t-baru")


def test_a_draft_is_changed_until_it_is_published(trainer: Actor, own: int) -> None:
    version = draft(trainer, own)
    form = instruments.form(trainer, version["id"])
    instruments.save_draft(trainer, version["id"], 1, replace(form, judul="Tes baru", versi=99, kode="lain"), "t1")
    kept = instruments.form(trainer, version["id"])
    assert (kept.judul, kept.versi, kept.kode) == ("Tes baru", 1, "uji_prepost")
    assert instruments.get(trainer, own).record["judul"] == "Tes baru"
    with pytest.raises(StaleEdit):
        instruments.save_draft(trainer, version["id"], 1, form, "t2")
    with pytest.raises(StaleEdit):
        instruments.publish(trainer, version["id"], 1, "t3")
    instruments.save_draft(trainer, version["id"], 2, kept, "t4")
    assert draft(trainer, own)["versi"] == 2, "nothing differed"
    instruments.publish(trainer, version["id"], 2, "t5")
    found = instruments.get(trainer, own).published
    assert found is not None and found["sidik"] == definition.digest(kept)


def test_a_published_definition_is_never_edited_by_anybody(trainer: Actor, own: int, actor: Make) -> None:
    version_id = published(trainer, own, "t1")
    before = instruments.form(trainer, version_id)
    for by in (trainer, actor("admin")):
        for call in (
            lambda by=by: instruments.save_draft(by, version_id, 2, reworded(before, "x"), "t"),
            lambda by=by: instruments.publish(by, version_id, 2, "t"),
            lambda by=by: instruments.drop_draft(by, version_id, 2, "t"),
        ):
            with pytest.raises(NotPermitted) as refused:
                call()
            assert refused.value.code == "instrumen_sudah_terbit"
    other = parsing.to_mapping(reworded(before, "x"))
    with writing() as connection:  # the command itself refuses, whatever a service might let through
        for version in (1, 2, 3):
            assert not commands.change_draft(connection, version_id, version, other, "sidik")
            assert not commands.publish(connection, version_id, version, "sidik", datetime(2026, 5, 22, tzinfo=UTC))
            assert not commands.remove_draft(connection, version_id, version)
        commands.remove(connection, own)
    assert instruments.form(trainer, version_id) == before and instruments.get(trainer, own).published is not None


def test_what_a_form_uses_is_not_edited_even_if_its_mark_were_lost(trainer: Actor) -> None:
    """The second lock: a version that a form points to stays as it is although somebody took its date away."""
    stored = store_event()
    t = tables.instrumen_versi
    with writing() as connection:
        version_id = connection.execute(
            select(tables.formulir.c.instrumen_versi_id).where(tables.formulir.c.id == stored.forms["pre"])
        ).scalar_one()
        connection.execute(update(t).where(t.c.id == version_id).values(terbit_pada=None))
    with writing() as connection:
        assert not commands.change_draft(connection, version_id, 1, {"kode": "x"}, "sidik")
        assert not commands.remove_draft(connection, version_id, 1)


def test_a_correction_is_a_new_version_and_old_answers_keep_theirs(trainer: Actor, own: int) -> None:
    first = published(trainer, own, "t1")
    event = store_event(phases={})
    form_ids = events.add_forms(trainer, event.event_id, first, "pre", "t2")
    with writing() as connection:
        values = {"formulir_id": form_ids[0], "peserta_id": event.people[0], "kunci": "k", "sidik_isi": "s"}
        values |= {"jawaban": {"P1": "b"}, "keadaan": "terhitung", "cara": "ponsel"}
        connection.execute(insert(tables.kiriman).values(**values, diterima_pada=datetime(2026, 5, 22, tzinfo=UTC)))
    second = instruments.new_version(trainer, own, "t3")
    with pytest.raises(InvalidInput) as refused:
        instruments.new_version(trainer, own, "t4")
    assert codes(refused) == {("versi", "instrumen_draf_sudah_ada")}
    fixed = reworded(instruments.form(trainer, second), "Tes yang diperbaiki")
    instruments.save_draft(trainer, second, 1, fixed, "t5")
    assert instruments.get(trainer, own).record["judul"] == "Tes uji", "the published one still names it"
    instruments.publish(trainer, second, 2, "t6")
    assert instruments.get(trainer, own).record["judul"] == "Tes yang diperbaiki"
    assert [row["id"] for row in instruments.usable(trainer) if row["instrumen_id"] == own] == [second]
    assert {form["instrumen_versi_id"] for form in events.get(trainer, event.event_id).forms} == {first}
    assert instruments.form(trainer, first).judul == "Tes uji"


def test_a_copied_event_uses_the_newest_published_version(trainer: Actor, own: int) -> None:
    from datetime import date

    first = published(trainer, own, "t1")
    event = store_event(phases={})
    events.add_forms(trainer, event.event_id, first, "pre", "t2")
    second = instruments.new_version(trainer, own, "t3")
    before = events.copy(trainer, event.event_id, date(2027, 5, 22), "t4")
    assert {form["instrumen_versi_id"] for form in events.get(trainer, before).forms} == {first}, "a draft is not used"
    instruments.publish(trainer, second, 1, "t5")
    after = events.copy(trainer, event.event_id, date(2028, 5, 22), "t6")
    assert {form["instrumen_versi_id"] for form in events.get(trainer, after).forms} == {second}


def test_the_kind_of_a_published_instrument_stays(trainer: Actor, own: int) -> None:
    version = draft(trainer, own)
    other = parsing.from_mapping(SATISFACTION)
    instruments.save_draft(trainer, version["id"], 1, other, "t1")
    assert instruments.get(trainer, own).record["jenis"] == "penyelenggaraan"
    instruments.publish(trainer, version["id"], 2, "t2")
    with pytest.raises(InvalidInput) as refused:
        instruments.new_version(trainer, own, "t3", parsing.from_mapping(TEST))
    assert codes(refused) == {("jenis", "instrumen_jenis_tetap")}


def test_a_draft_thrown_away_takes_an_unpublished_instrument_along(trainer: Actor, own: int) -> None:
    version = draft(trainer, own)
    instruments.drop_draft(trainer, version["id"], 1, "t1")
    with pytest.raises(NotFound):
        instruments.get(trainer, own)
    again = instruments.add(trainer, parsing.from_mapping(TEST), None, "t2")
    kept = published(trainer, again, "t3")
    instruments.drop_draft(trainer, instruments.new_version(trainer, again, "t4"), 1, "t5")
    assert [version["id"] for version in instruments.get(trainer, again).versions] == [kept]


def test_an_archived_instrument_is_off_the_lists_but_not_out_of_its_events(trainer: Actor, own: int) -> None:
    version_id = published(trainer, own, "t1")
    event = store_event(phases={})
    events.add_forms(trainer, event.event_id, version_id, "pre", "t2")
    instruments.archive(trainer, own, instruments.get(trainer, own).record["versi"], "t3")
    assert own not in {row["id"] for row in instruments.listed(trainer)}
    assert own in {row["id"] for row in instruments.listed(trainer, archived=True)}
    with pytest.raises(NotFound):
        events.add_forms(trainer, store_event(phases={}).event_id, version_id, "pre", "t4")
    assert len(events.get(trainer, event.event_id).forms) == 2
    instruments.restore(trainer, own, instruments.get(trainer, own).record["versi"], "t5")
    assert own in {row["instrumen_id"] for row in instruments.usable(trainer)}


# --- who may see and do what -----------------------------------------------------------------------------------------


def test_instruments_of_other_regions_are_as_good_as_unknown(trainer: Actor, own: int, actor: Make) -> None:
    stranger = actor("pelatih", "52.72")
    version = draft(trainer, own)
    for call in (
        lambda: instruments.get(stranger, own),
        lambda: instruments.preview(stranger, version["id"]),
        lambda: instruments.form(stranger, version["id"]),
        lambda: instruments.duplicate(stranger, version["id"], "x", None, "t"),
        lambda: instruments.save_draft(stranger, version["id"], 1, parsing.from_mapping(TEST), "t"),
        lambda: instruments.get(trainer, 9_999),
    ):
        with pytest.raises(NotFound) as refused:
            call()
        assert refused.value.code == "instrumen_tidak_ada"
    with pytest.raises(NotFound):
        instruments.add(trainer, parsing.from_mapping(TEST), "33", "t")


def test_one_for_the_whole_country_is_everybodys_to_use_and_the_centres_to_change(trainer: Actor, actor: Make) -> None:
    admin = actor("admin")
    number = instruments.add(admin, parsing.from_mapping(TEST), None, "t1")
    version_id = published(admin, number, "t2")
    row = instruments.get(trainer, number).record
    assert version_id in {row["id"] for row in instruments.usable(trainer)}
    assert not instruments.changeable(row, trainer) and instruments.changeable(row, admin)
    with pytest.raises(NotPermitted) as refused:
        instruments.new_version(trainer, number, "t3")
    assert refused.value.code == "instrumen_bukan_milik"


def test_the_key_is_for_those_who_make_instruments_only(trainer: Actor, own: int, actor: Make) -> None:
    version_id = published(trainer, own, "t1")
    reader = actor("kepala_dinas", "33.71")
    shown = repr(instruments.preview(reader, version_id))
    assert "Pertanyaan 1?" in shown and "kunci" not in shown and "poin" not in shown and "daring" not in shown
    for call in (
        lambda: instruments.form(reader, version_id),
        lambda: instruments.toml(reader, version_id),
        lambda: instruments.template(reader, version_id),
    ):
        with pytest.raises(NotPermitted):
            call()
    assert "definisi" not in repr(instruments.get(reader, own)) and "kunci" not in repr(instruments.listed(reader))
    assert "definisi" not in repr(written("instrumen")) and "kunci" not in repr(written("instrumen"))


# --- files -----------------------------------------------------------------------------------------------------------


def test_toml_and_excel_read_back_to_an_equal_definition(trainer: Actor, own: int) -> None:
    version_id = published(trainer, own, "t1")
    form = instruments.form(trainer, version_id)
    text = instruments.read_file(trainer, instruments.toml(trainer, version_id).encode(), "Tes.TOML")
    book = instruments.read_file(trainer, instruments.template(trainer, version_id), "tes.xlsx")
    assert definition.digest(text.form) == definition.digest(form)
    assert book.form.bagian == form.bagian and book.form.judul == form.judul
    assert instruments.xlsform(trainer, version_id)[:2] == b"PK"
    assert b"Pertanyaan 4?" in instruments.blank(trainer, version_id)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"kode = 'x'", "tes.docx", "instrumen_berkas_asing"),
        (b"\xff\xfe\x00", "tes.toml", "instrumen_bukan_teks"),
        (b" " * (instruments.MAX_BYTES + 1), "tes.toml", "berkas_terlalu_besar"),
    ],
)
def test_a_file_that_is_no_definition_is_refused(trainer: Actor, content: bytes, name: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        instruments.read_file(trainer, content, name)
    assert refused.value.code == code


def test_mistakes_of_a_file_are_named_at_their_place(trainer: Actor) -> None:
    text = 'kode = "x"\njudul = "X"\njenis = "rtl"\n[[bagian]]\nkode = "a"\njudul = "A"\n[[bagian.butir]]\nkode = "b"\n'
    with pytest.raises(InvalidInput) as refused:
        instruments.read_file(trainer, text.encode(), "x.toml")
    assert ("bagian 1 / butir 1 / jenis", "formulir_isian_wajib") in codes(refused)

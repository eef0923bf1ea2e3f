"""The trainer's live screen and the wall: what each role sees, what the buttons do, and what the wall never says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from data_access import tables_bimtek as t
from data_access.commands import trail
from data_access.engine import reading, writing
from domain.permissions import Actor
from services import attendance, clock
from tests.bimtek_rows import Stored, store_event
from tests.services.test_live import MANY, anonymous, put
from tests.ui.conftest import Opener
from tests.ui.conftest import open_page as open_page
from ui.text import pelaksanaan as words

NOW = datetime(2026, 5, 22, 2, 31, tzinfo=UTC)
PAGE = "pelaksanaan"


@pytest.fixture
def event(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """An event of six people on its first day, with one in another city that must never show."""
    ticks = count()  # hardly moves, but no two accounts of a test begin at the very same moment
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(microseconds=100 * next(ticks)))
    store_event(wilayah="52.72", people=[("Orang Lain Daerah", "lks", "LKS Lain Daerah")])
    return store_event(wilayah="33.71", people=MANY)


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.is_embedded", property(lambda self: True))


def everything(app: AppTest) -> str:
    """All that the page sends to the browser, as text."""
    assert not app.exception
    found = [str(node.proto) for node in app.main if hasattr(node, "proto")]
    return "\n".join(found) + "\n".join(str(child) for child in app._tree)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_the_sections_that_a_role_sees(event: Stored, open_page: Opener) -> None:
    for role, sections in (("pelatih", words.UNTUK_PELATIH), ("kepala_dinas", words.UNTUK_SEMUA)):
        app = open_page(PAGE, role=role, region="33.71")
        assert not app.exception and not app.error, [box.value for box in app.error]
        [control] = [group for group in app.button_group if list(group.options) == list(sections)]
        assert control.value in (words.HADIR, [words.HADIR])
        said = everything(app)
        assert ("Peserta Contoh Satu" in said) is (role == "pelatih")
        assert "Lain Daerah" not in said


@pytest.mark.parametrize("section", words.UNTUK_PELATIH)
def test_each_section_is_drawn_empty_and_filled(
    section: str, event: Stored, open_page: Opener, actor: Callable[..., Actor]
) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71", layar=section)
    assert not app.exception and not app.error
    for person in range(5):
        put(event, "pre", person, {"P1": "b" if person % 2 else "a", "P2": "b"})
    put(event, "post", 0, {"P1": "b"}, "menunggu", terlambat=True)
    attendance.mark_many(actor("pelatih", "33.71", 1), event.people[:3], event.sessions[0])
    app = open_page(PAGE, role="pelatih", region="33.71", layar=section)
    assert not app.exception and not app.error
    assert {metric.label: metric.value for metric in app.metric}[words.HADIR_HARI_INI] == "3"


def test_counters_say_how_many_of_how_many(event: Stored, open_page: Opener) -> None:
    put(event, "pre", 0, {"P1": "b"})
    app = open_page(PAGE, role="kepala_dinas", region="33.71")
    values = [metric.value for metric in app.metric]
    assert values[:2] == ["6", "0"] and values[2:] == ["1 dari 6", "0 dari 6", "0 dari 6"]
    assert any("09.31.00 WIB" in caption.value for caption in app.caption)


def test_who_has_not_answered_by_institution(event: Stored, open_page: Opener) -> None:
    put(event, "pre", 0, {"P1": "b"})
    table = open_page(PAGE, role="pelatih", region="33.71", layar=words.BELUM).dataframe[0].value
    assert int(table[words.KOLOM_BELUM["jumlah"]].sum()) == 5
    assert "Peserta Contoh Dua" in set(table[words.KOLOM_BELUM["nama"]])
    other = open_page(PAGE, role="lkks", region="33.71", layar=words.BELUM)
    assert words.KOLOM_BELUM["nama"] not in other.dataframe[0].value.columns
    assert "Peserta Contoh" not in everything(other)


def test_the_wrong_option_chosen_most_is_named(event: Stored, open_page: Opener) -> None:
    for person, letter in enumerate("aacb"):
        put(event, "pre", person, {"P1": letter})
    table = open_page(PAGE, role="pelatih", region="33.71", layar=words.BUTIR).dataframe[0].value
    first = table.iloc[0]
    assert first[words.KOLOM_BUTIR["keliru"]] == "a. Jawaban a1 (2)"
    assert first[words.KOLOM_BUTIR["benar"]] == "1 dari 4"  # counts, not percent, below five


def test_closing_and_opening_a_form_from_the_card(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71", layar=words.FORMULIR)
    app = next(b for b in app.button if b.key == f"tutup_{event.forms['pre']}").click().run()
    assert not app.exception and not app.error
    with reading() as c:
        f = t.formulir.c
        rows = c.execute(select(f.fase, f.status).where(f.kegiatan_id == event.event_id))
        states = {row.fase: row.status for row in rows}
    assert states["pre"] == "ditutup" and states["post"] == "dibuka"
    viewer = open_page(PAGE, role="kepala_dinas", region="33.71", layar=words.FORMULIR)
    assert not [b for b in viewer.button if b.label in (words.BUKA, words.TUTUP)]


def test_accepting_late_answers_from_the_screen(event: Stored, open_page: Opener) -> None:
    late = put(event, "pre", 0, {"P1": "b"}, "menunggu", terlambat=True)
    app = open_page(PAGE, role="pelatih", region="33.71", layar=words.TERLAMBAT)
    app = press(app, words.TERIMA_SEMUA.format(jumlah=1))
    assert not app.exception and not app.error
    with reading() as c:
        assert c.execute(select(t.kiriman.c.keadaan).where(t.kiriman.c.id == late)).scalar() == "terhitung"
    assert any(words.TERLAMBAT_KOSONG_URAIAN in box.value for box in app.info)


def test_a_scanned_card_is_marked_and_a_wrong_one_refused(event: Stored, open_page: Opener) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71")
    app.text_input(key="pindai_kode").input(f"http://x/isi/{event.link}#k={event.codes[2]}")
    app = press(app, words.CATAT)
    assert not app.exception and "Peserta Contoh Tiga hadir" in app.success[0].value
    app.text_input(key="pindai_kode").input("ABCD2345")
    app = press(app, words.CATAT)
    assert len(app.error) == 1 and event.codes[2] not in everything(app)
    with reading() as c:
        assert c.execute(select(t.kehadiran.c.peserta_id)).scalars().all() == [event.people[2]]


def test_a_locked_event_shows_but_does_not_change(event: Stored, open_page: Opener) -> None:
    with writing() as c:
        trail.bump(c, "kegiatan")
        c.execute(update(t.kegiatan).where(t.kegiatan.c.id == event.event_id).values(status="dikunci"))
    for section in words.UNTUK_PELATIH:
        app = open_page(PAGE, role="pelatih", region="33.71", layar=section)
        assert not app.exception and not app.error and any(words.DIKUNCI in box.value for box in app.info)
        assert not [b for b in app.button if b.label in (words.BUKA, words.TUTUP, words.CATAT, words.ATUR_ULANG)]


def test_the_wall_has_counters_and_no_person_no_score_no_code(
    event: Stored, open_page: Opener, embedded: None, actor: Callable[..., Actor]
) -> None:
    for person in range(6):
        put(event, "pre", person, {"P1": "b", "P2": "b"}, poin=71234.5, poin_maks=81234.25)
    for person in range(5):
        anonymous(event, person, {"S1": 3, "S2": "Komentar rahasia"})
    attendance.mark_many(actor("pelatih", "33.71", 1), event.people, event.sessions[0])
    for role in ("admin", "pelatih", "kepala_dinas"):
        app = open_page(PAGE, role=role, region="33.71", acara=str(event.event_id), alamat="http://192.168.1.10:8501")
        said = everything(app)
        assert [metric.value for metric in app.metric] == ["6 dari 6", "0 dari 6", "5 dari 6"]
        assert words.HADIR_DINDING.format(hadir=6, terdaftar=6) in said
        [picture] = app.get("image")
        assert "svg" in str(picture.proto)
        assert "192\\\\.168" in said or "192.168.1.10" in said.replace("\\", "")
        assert "Pelayanan panitia" in said  # the one distribution that may be shown
        for secret in (
            "Peserta Contoh",
            "Melati",
            "Mawar",
            "Komentar",
            "71234",
            "71.234",
            "81234",
            "81.234",
            "Pertanyaan 1",
            *event.codes,
        ):
            assert secret not in said, secret
        assert not app.dataframe and not app.selectbox and not app.text_input and not app.button


def test_the_wall_takes_the_trainers_own_address_and_refuses_another_region(
    event: Stored, open_page: Opener, embedded: None
) -> None:
    from ui.bimtek import choosing

    label = choosing.label({"id": event.event_id, "judul": "Bimtek uji", "mulai": date(2026, 5, 22)})
    app = open_page(PAGE, role="pelatih", region="33.71", kegiatan=label)
    assert [title.value for title in app.title] == ["Bimtek uji"]
    for asked in ("999999", "x", str(event.event_id - 1)):
        app = open_page(PAGE, role="pelatih", region="33.71", acara=asked)
        assert not app.exception and [box.value for box in app.info] == [words.DINDING_TANPA_KEGIATAN]


def test_the_wall_keeps_what_it_saw_while_the_store_is_silent(
    event: Stored, open_page: Opener, embedded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from domain.errors import StoreUnavailable
    from services import live

    app = open_page(PAGE, role="pelatih", region="33.71", acara=str(event.event_id))
    assert words.DINDING_JAM.format(jam="09.31.00 WIB") in everything(app)

    def silent(*given: Any) -> Any:
        raise StoreUnavailable()

    monkeypatch.setattr(live, "projector", silent)
    app.run()
    assert not app.error and words.DINDING_TERTUNDA.format(jam="09.31.00 WIB") in everything(app)
    assert [metric.value for metric in app.metric] == ["0 dari 6"] * 3


def test_no_event_and_no_form_are_designed_states(fresh_db: Path, open_page: Opener) -> None:
    app = open_page(PAGE, role="pelatih", region="33.71")
    assert not app.exception and not app.error and len(app.info) == 1
    store_event(wilayah="33.71", phases={}, people=[])
    for section in words.UNTUK_PELATIH:
        app = open_page(PAGE, role="pelatih", region="33.71", layar=section)
        assert not app.exception and not app.error and app.info


def test_the_first_event_of_an_installation_shows_its_items(fresh_db: Path, open_page: Opener) -> None:
    """Event 1 with form 1 once ended in two widgets of one key."""
    made = store_event(people=MANY)
    assert made.event_id == made.forms["pre"] == 1
    app = open_page(PAGE, role="pelatih", layar=words.BUTIR)
    assert not app.exception and not app.error

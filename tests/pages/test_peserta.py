"""Peserta on the screen: counts, the table, who sees what, and the dialogs that write."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import ROLES, Actor
from domain.roster import Counts
from services import accounts, roster
from tests import bimtek_rows
from tests.ui.conftest import sign_in
from ui.bimtek import roster as screen
from ui.text import impor, umum
from ui.text import peserta as t

ROOT = Path(__file__).resolve().parents[2]
CSV = "DAFTAR PESERTA;;\nNo;Nama;Asal LKS\n1;Peserta Contoh Lima;LKS Contoh Mawar\n2;;LKS Contoh Mawar\n"
SignedIn = Callable[..., Actor]
Opened = Callable[..., AppTest]


@pytest.fixture
def signed_in(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> SignedIn:
    """Makes an account and its session, and gives the browser its cookie: dialogs ask again who is signed in."""

    def make(role: str, wilayah: str | None = "33.71") -> Actor:
        cookies = {accounts.cookie_name(): sign_in(role, wilayah)}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        found = accounts.actor_of(cookies[accounts.cookie_name()])
        assert found is not None
        return found

    return make


@pytest.fixture
def opened(signed_in: SignedIn) -> Opened:
    """Opens the page as a real account of a role and region."""

    def make(role: str = "operator", wilayah: str | None = "33.71") -> AppTest:
        at = AppTest.from_file(str(ROOT / "pages" / "bimtek" / "peserta.py"), default_timeout=30)
        at.session_state["_pilar_actor"] = signed_in(role, wilayah)
        return at.run()

    return make


# AppTest reruns the whole script where a browser reruns only the open dialog, so the dialogs are called directly.
DIALOG = """
import streamlit as st
from services import roster as rosters
from ui import state
from ui.bimtek import roster, roster_cards, roster_links
by = state.actor()
event = rosters.event(by, {event})
rows = roster.rows_of(rosters.roster(by, {event}))
if roster.SHOW_ONCE in st.session_state:
    roster.show_once(by)
else:
    {call}
"""


@pytest.fixture
def dialog(signed_in: SignedIn) -> Opened:
    def make(call: str, event_id: int, role: str = "operator") -> AppTest:
        at = AppTest.from_string(DIALOG.format(call=call, event=event_id), default_timeout=30)
        at.session_state["_pilar_actor"] = signed_in(role)
        return at.run()

    return make


def labels(at: AppTest) -> set[str]:
    return {button.label for button in at.button}


def test_people_and_institutions_are_counted_apart(opened: Opened) -> None:
    bimtek_rows.store_event()
    at = opened()
    assert not at.exception and not at.error
    assert at.header[0].value == "4 orang dari 3 lembaga (1 LKS, 1 LKKS, 1 Dinas)"
    names = list(at.dataframe[0].value[t.KOLOM["nama"]])
    assert names == ["Peserta Contoh Dua", "Peserta Contoh Empat", "Peserta Contoh Satu", "Peserta Contoh Tiga"]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_and_change_the_roster(role: str, opened: Opened) -> None:
    bimtek_rows.store_event()
    at = opened(role)
    writes = {t.TAMBAH, t.WALK_IN, t.IMPOR, t.USUL_LKS, t.USUL_ORANG, t.USUL_KEMBAR}
    trains = role in ("operator", "pelatih", "admin")
    assert writes & labels(at) == (writes if trains else set())
    # the router says in words what stops the page here
    assert (len(at.dataframe), len(at.exception)) == ((1, 0) if trains else (0, 1))


def test_an_event_without_people_names_the_next_step(opened: Opened) -> None:
    bimtek_rows.store_event(people=())
    at = opened()
    assert not at.exception and not at.dataframe
    assert at.info[0].value == t.KOSONG_URAIAN and t.IMPOR in labels(at)


def test_without_any_event_the_page_says_so(opened: Opened) -> None:
    bimtek_rows.store_event(wilayah="33.72")
    at = opened()
    assert not at.exception and not at.dataframe and len(at.info) == 1


def test_a_walk_in_gets_a_code_that_is_shown_once(dialog: Opened) -> None:
    stored = bimtek_rows.store_event()
    at = dialog("roster.walk_in(by, event)", stored.event_id, "pelatih")
    at.text_input(key="langsung_nama").set_value("Peserta Contoh Lima")
    at.text_input(key="langsung_instansi").set_value("LKS Contoh Mawar")
    at.button_group(key="langsung_jenis").set_value("lks")
    at.button[0].click().run()
    assert not at.exception and not at.error
    code = at.metric[0].value
    assert len(code) == 9 and code[4] == "-"
    assert screen.SHOW_ONCE not in at.session_state


def test_a_walk_in_without_a_name_is_refused_in_words(dialog: Opened) -> None:
    stored = bimtek_rows.store_event()
    at = dialog("roster.walk_in(by, event)", stored.event_id)
    at.button[0].click().run()
    assert not at.exception
    assert f"**{t.ISIAN['nama']}**" in at.error[0].value and f"**{t.ISIAN['jenis']}**" in at.error[0].value


def test_somebody_is_added_and_changed(dialog: Opened, actor: Callable[..., Actor]) -> None:
    stored = bimtek_rows.store_event()
    at = dialog("roster.add(by, event)", stored.event_id)
    at.text_input(key="tambah_nama").set_value("Peserta Contoh Lima")
    at.selectbox(key="tambah_jenis").select("dinas")
    at.text_input(key="tambah_telepon").set_value("0812 3456 7890")
    at.selectbox(key="tambah_kabkota").select("33.71")
    at.button(key="simpan_tambah").click().run()
    assert not at.exception and not at.error
    by = actor("operator", "33.71")
    row = next(r for r in screen.rows_of(roster.roster(by, stored.event_id)) if r["nama"] == "Peserta Contoh Lima")
    assert (row["jenis"], row["telepon"], row["kabkota"]) == ("dinas", "+6281234567890", "Kota Magelang")
    call = f"roster.edit(by, event, next(r for r in rows if r['id'] == {row['id']}))"
    at = dialog(call, stored.event_id)
    at.text_input(key=f"ubah_{row['id']}_jabatan").set_value("Kepala Seksi")
    at.button(key="simpan_ubah").click().run()
    assert not at.exception and not at.error
    row = next(r for r in screen.rows_of(roster.roster(by, stored.event_id)) if r["id"] == row["id"])
    assert (row["jabatan"], row["versi"]) == ("Kepala Seksi", 2)


def test_striking_off_needs_a_reason(dialog: Opened, actor: Callable[..., Actor]) -> None:
    stored = bimtek_rows.store_event()
    at = dialog("roster.strike(by, event, rows[0])", stored.event_id)
    at.button[0].click().run()
    assert f"**{t.ISIAN['alasan']}**" in at.error[0].value
    at.text_input[0].set_value("batal hadir")
    at.button[0].click().run()
    assert not at.exception and not at.error
    assert roster.counts(actor("operator", "33.71"), stored.event_id).people == 3


def test_a_new_code_is_shown_once(dialog: Opened) -> None:
    stored = bimtek_rows.store_event()
    at = dialog("roster.reset_code(by, event, rows[0])", stored.event_id)
    at.text_input[0].set_value("kartu hilang")
    at.button(key="ya_ganti").click().run()
    assert not at.exception and not at.error
    assert len(at.metric[0].value) == 9 and at.metric[0].value.replace("-", "") not in stored.codes


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("roster_links.lks(by, event)", t.USUL_LKS_KOSONG),
        ("roster_links.persons(by, event)", t.USUL_ORANG_KOSONG),
        ("roster_links.near(by, event)", t.USUL_KEMBAR_KOSONG),
    ],
)
def test_no_proposals_is_said(call: str, words: str, dialog: Opened) -> None:
    people = (("Contoh Anggrek", "lks", "LKS Satu"), ("Contoh Mawar", "dinas", "Dinas Dua"))
    at = dialog(call, bimtek_rows.store_event(people=people).event_id)
    assert not at.exception and not at.error
    assert at.info[0].value == words


def test_like_names_are_merged_from_the_dialog(dialog: Opened, actor: Callable[..., Actor]) -> None:
    people = (("Contoh Anggrek", "lks", "LKS Satu"), ("Contoh Anggrekk", "lks", "LKS Satu"))
    stored = bimtek_rows.store_event(people=people)
    at = dialog("roster_links.near(by, event)", stored.event_id)
    assert len(at.button) == 2
    at.button[0].click().run()
    assert not at.exception and not at.error
    assert roster.counts(actor("operator", "33.71"), stored.event_id).people == 1


def test_a_person_known_from_an_earlier_event_is_confirmed(dialog: Opened, actor: Callable[..., Actor]) -> None:
    bimtek_rows.store_event(judul="Bimtek tahun lalu")
    stored = bimtek_rows.store_event()
    at = dialog("roster_links.persons(by, event)", stored.event_id)
    assert set(at.dataframe[0].value[t.KOLOM_ORANG["kegiatan"]]) == {"Bimtek tahun lalu"}
    at.button(key="persis_orang").click().run()
    assert not at.exception and not at.error
    rows = screen.rows_of(roster.roster(actor("operator", "33.71"), stored.event_id))
    assert {row["kegiatan_lain"] for row in rows} == {1}


def test_cards_warn_of_an_address_that_no_phone_can_open(dialog: Opened) -> None:
    stored = bimtek_rows.store_event()
    at = dialog("roster_cards.make(by, event, rows)", stored.event_id)
    at.text_input(key="alamat_server").set_value("http://localhost:8501").run()
    assert not at.exception and at.warning[0].value == t.LOOPBACK
    at.text_input(key="alamat_server").set_value("192.168.1.10:8501").run()
    assert not at.warning and not at.error
    at.button(key="buat_kartu").click().run()
    assert not at.exception and not at.error
    at.text_input(key="alamat_server").set_value("bukan alamat!").run()
    assert "bukan alamat web" in at.error[0].value


def test_a_roster_is_imported_and_taken_back(opened: Opened, actor: Callable[..., Actor]) -> None:
    stored = bimtek_rows.store_event(people=())
    at = opened()
    next(button for button in at.button if button.label == t.IMPOR).click().run()
    assert not at.exception and not at.dataframe
    at.file_uploader[0].set_value(("daftar.csv", CSV.encode(), "text/csv")).run()
    assert not at.exception and not at.error
    assert [(metric.label, metric.value) for metric in at.metric] == [
        (impor.BARU, "1"),
        (impor.BERUBAH, "0"),
        (impor.SAMA, "0"),
        (impor.DITOLAK, "1"),
    ]
    by = actor("operator", "33.71")
    assert roster.counts(by, stored.event_id).people == 0, "nothing is stored before Simpan"
    next(button for button in at.button if button.label == impor.SIMPAN.format(jumlah=1)).click().run()
    assert not at.exception and not at.error
    assert at.header[0].value == "1 orang dari 1 LKS"
    assert umum.TIDAK_ADA not in list(at.dataframe[0].value[t.KOLOM["nama"]])


def test_a_selection_does_not_pass_to_other_rows() -> None:
    """Tables keep their selection by position: after striking row 3 off, the next person stood selected in its place."""
    assert screen.key_of("x", [1, 2, 3]) == screen.key_of("x", (n for n in (1, 2, 3)))
    assert screen.key_of("x", [1, 2, 3]) != screen.key_of("x", [1, 3])


@pytest.mark.parametrize(
    ("by_kind", "institutions", "words"),
    [
        ({"lks": (22, 11)}, 11, "22 orang dari 11 LKS"),
        ({"lks": (20, 11), "lkks": (2, 2)}, 13, "22 orang dari 13 lembaga (11 LKS, 2 LKKS)"),
        ({"lain": (22, 0)}, 0, "22 orang"),
        ({"lks": (20, 11), "lain": (2, 0)}, 11, "22 orang, 20 di antaranya dari 11 LKS"),
    ],
)
def test_the_line_of_counts(by_kind: dict[str, tuple[int, int]], institutions: int, words: str) -> None:
    without = sum(people for people, bodies in by_kind.values() if not bodies)
    assert t.jumlah(Counts(22, institutions, by_kind, 0, 0, 0, without)) == words


def test_the_rest_of_the_counts_leaves_out_what_nobody_said() -> None:
    assert t.rincian(Counts(3, 1, {"lks": (3, 1)}, 0, 0, 0, 0)) == ""
    told = t.rincian(Counts(4, 2, {"lks": (3, 1), "dinas": (1, 1)}, women=1, men=2, walk_ins=1, without_institution=1))
    assert told == "2 laki-laki, 1 perempuan · 1 datang di tempat · 1 tanpa lembaga · 3 orang LKS, 1 orang Dinas"


def test_a_file_that_is_no_list_is_refused_once_in_words(opened: Opened) -> None:
    bimtek_rows.store_event()
    at = opened()
    next(button for button in at.button if button.label == t.IMPOR).click().run()
    at.file_uploader[0].set_value(("salah.csv", b"Kegiatan;Tempat\nBimtek;Aula\n", "text/csv")).run()
    assert not at.exception and not at.metric
    assert "Baris judul kolom peserta tidak ditemukan" in at.error[0].value
    assert at.file_uploader[0].value is None, "the file is not read again at the next rerun"
    next(button for button in at.button if button.label == t.KEMBALI).click().run()
    assert len(at.dataframe) == 1 and not at.error

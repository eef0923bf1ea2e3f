"""The screens of the LKKS: its own affairs kept by itself, read by the Dinas, nothing of another region on any of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import reading
from data_access.queries import lkks as queries
from domain.permissions import Actor, Scope
from services import accounts, letters, lkks, pilar, programs
from tests.lkks_rows import code_of
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.lkks import pilar as pilar_screen
from ui.lkks import program_forms
from ui.text import lkks as t
from ui.text import pilar as lt
from ui.text import program as pt
from ui.text import surat as st_
from ui.text import umum

Make = Callable[..., Actor]
Dialog = Callable[..., AppTest]
# AppTest reruns the whole script where a browser reruns only the open dialog, so the dialogs are called directly.
SCRIPT = """
from services import letters, lkks, programs
from ui import state
from ui.lkks import forms, letter_forms, partnerships, pilar, program_forms
by = state.actor()
{call}
"""


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Dialog:
    """A dialog on its own, for somebody of a role and region."""

    def make(call: str, role: str = "lkks", region: str | None = "33.71") -> AppTest:
        cookies = {accounts.cookie_name(): sign_in(role, region)}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        app = AppTest.from_string(SCRIPT.format(call=call), default_timeout=30)
        app.session_state["_pilar_actor"] = accounts.actor_of(cookies[accounts.cookie_name()])
        return app.run()

    return make


def keys(app: AppTest) -> set[str]:
    assert not app.exception and not app.error, [box.value for box in app.error]
    return {str(button.key) for button in app.button}


def submit(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def put(app: AppTest, ending: str, value: Any, kind: str = "text_input") -> None:
    next(box for box in getattr(app, kind) if str(box.key).endswith(ending)).set_value(value)


# --- Profil LKKS -----------------------------------------------------------------------------------------------------


def test_the_lkks_sees_its_own_profile_and_may_keep_it(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("profil_lkks", role="lkks", region="33.71")
    assert [box.value for box in app.header] == ["LKKS Kota Magelang \\(contoh\\)"]
    assert not app.selectbox, "an LKKS chooses among nobody else's"
    assert {"lkks_ubah", "lkks_bidang", "lkks_buka"} <= keys(app)
    for section in (t.PENGURUS, t.PROGRAM, t.KEMITRAAN, t.SURAT):
        part = open_page("profil_lkks", role="lkks", region="33.71", bagian_lkks=section)
        assert len(part.dataframe) == 1, section
        keys(part)


@pytest.mark.parametrize("role", ["kepala_dinas", "operator", "pelatih"])
def test_the_dinas_reads_and_keeps_nothing(role: str, seeded_db: Path, open_page: Opener) -> None:
    for section in (t.PROFIL, t.PENGURUS, t.KEMITRAAN):
        app = open_page("profil_lkks", role=role, region="33.71", bagian_lkks=section)
        assert not keys(app) & {"lkks_ubah", "lkks_bidang", "lkks_pengurus", "kemitraan_tambah", "kemitraan_atur"}
    letters_page = open_page("surat", role=role, region="33.71")
    assert "surat_catat" not in keys(letters_page) and len(letters_page.dataframe[0].value) == 1


def test_an_end_of_term_is_flagged(seeded_db: Path, open_page: Opener) -> None:
    flags = {}
    for place in ("52.72", "33.71", "13.76"):
        app = open_page("profil_lkks", role="lkks", region=place)
        flags[place] = next(str(box.value) for box in app.markdown if "Masa bakti berakhir" in str(box.value))
    assert "25 hari lalu" in flags["52.72"] and ":red-badge" in flags["52.72"]
    assert "dalam 75 hari" in flags["33.71"] and ":orange-badge" in flags["33.71"]
    assert ":green-badge" in flags["13.76"]


def test_an_account_above_chooses_among_those_of_its_region(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("profil_lkks", role="kepala_dinas", region="13")
    assert list(app.selectbox[0].options) == [
        "Sumatera Barat: LKKS Provinsi Sumatera Barat (contoh)",
        "Kota Payakumbuh: LKKS Kota Payakumbuh (contoh)",
    ]
    covered = open_page("profil_lkks", role="kepala_dinas", region="13", bagian_lkks=t.CAKUPAN)
    assert covered.header[0].value == "1 dari 19 kabupaten/kota di Sumatera Barat mempunyai LKKS"
    table = covered.dataframe[0].value
    assert len(table) == 19 and list(table[table[t.KOLOM["ada"]] == t.ADA]["Wilayah"]) == ["Kota Payakumbuh"]
    without = open_page(
        "profil_lkks", role="kepala_dinas", region="13", bagian_lkks=t.CAKUPAN, lkks_cakupan=t.CAKUPAN_BELUM
    )
    assert len(without.dataframe[0].value) == 18


def test_no_lkks_says_so_and_who_can_make_it(fresh_db: Path, open_page: Opener) -> None:
    own = open_page("profil_lkks", role="lkks", region="33.71")
    assert "lkks_buat" in keys(own) and t.KOSONG_BUAT in own.info[0].value.replace("\\", "")
    other = open_page("profil_lkks", role="kepala_dinas", region="33.71")
    assert "lkks_buat" not in keys(other) and t.KOSONG_MINTA in other.info[0].value.replace("\\", "")


def test_a_profile_is_made_and_mended_in_its_dialog(fresh_db: Path, dialog: Dialog, actor: Make) -> None:
    call = 'forms.profile(by, "33.71", lkks.profile(by, "33.71"))'
    app = submit(dialog(call), t.SIMPAN)
    assert "Isian ini wajib diisi" in app.error[0].value.replace("\\", "")
    put(app, "_nama", "LKKS Magelang")
    put(app, "_telepon", "0293 123456")
    assert not submit(app, t.SIMPAN).error
    again = dialog(call)
    put(again, "_sebutan", "K3S")
    assert not submit(again, t.SIMPAN).error
    with reading() as connection:
        found = queries.one(connection, Scope(None), "33.71")
    assert found is not None
    assert (found["nama"], found["sebutan"], found["versi"]) == ("LKKS Magelang", "K3S", 2)
    assert str(found["telepon"]).endswith("123456"), "a phone that was left empty stays"


def test_another_lkks_is_refused_in_the_same_dialog(seeded_db: Path, dialog: Dialog, actor: Make) -> None:
    """The dialog is only a picture of the right: the service says no to whoever opens it for another LKKS."""
    call = 'forms.profile(by, "33.71", lkks.profile(by, "33.71"))'
    app = dialog(call, "lkks", "33")
    put(app, "_nama", "Diubah dari provinsi")
    assert submit(app, t.SIMPAN).error
    with reading() as connection:
        found = queries.one(connection, Scope(None), "33.71")
    assert found is not None and found["nama"] == "LKKS Kota Magelang (contoh)"


def test_officers_and_bidang_are_kept_in_their_dialogs(seeded_db: Path, dialog: Dialog, actor: Make) -> None:
    by = actor("kepala_dinas", "33.71")
    call = 'forms.officer(by, "33.71", lkks.profile(by, "33.71"))'
    app = dialog(call)
    app.selectbox[0].set_value(0).run()
    put(app, "_nama", "Bendahara II (uji)")
    put(app, "_jabatan", "Bendahara II")
    put(app, "_telepon", "081234567890")
    assert not submit(app, t.SIMPAN).error
    found = lkks.profile(by, "33.71")
    assert found is not None and found.pengurus[-1]["nama"] == "Bendahara II (uji)"
    assert found.pengurus[-1]["telepon"].startswith("*")
    gone = dialog(call)
    gone.selectbox[0].set_value(found.pengurus[-1]["id"]).run()
    assert not submit(gone, t.HAPUS).error
    field = dialog('forms.field_of_work(by, "33.71", lkks.profile(by, "33.71"))')
    field.selectbox[0].set_value(0).run()
    put(field, "_nama", "Kesiapsiagaan")
    assert not submit(field, t.SIMPAN).error
    after = lkks.profile(by, "33.71")
    assert after is not None and len(after.pengurus) == 4
    assert after.bidang[-1]["nama"] == "Kesiapsiagaan"


def test_a_contact_is_opened_by_the_lkks_itself(seeded_db: Path, dialog: Dialog) -> None:
    app = dialog('forms.reveal(by, "33.71", lkks.profile(by, "33.71"))')
    app.selectbox[0].set_value(0).run()
    app = submit(app, t.BUKA_TAMPIL)
    assert not app.error and [box.value for box in app.text] == [t.BUKA_KOSONG]


def test_a_partnership_is_logged_and_taken_out(seeded_db: Path, dialog: Dialog, actor: Make) -> None:
    by = actor("kepala_dinas", "33.71")
    app = dialog('partnerships.add(by, "33.71", lkks.psks_kinds(by, "33.71"))')
    for ending, value in (("_mitra", "PSM uji"), ("_kegiatan", "Kunjungan")):
        put(app, ending, value)
    put(app, "_psks", "psm", "selectbox")
    put(app, "_tanggal", pd.Timestamp("2026-01-05").date(), "date_input")
    assert not submit(app, t.SIMPAN).error
    found = lkks.profile(by, "33.71")
    assert found is not None
    mine = next(row for row in found.kemitraan if row["mitra"] == "PSM uji")
    edit = dialog('partnerships.edit(by, "33.71", lkks.profile(by, "33.71"), lkks.psks_kinds(by, "33.71"))')
    edit.selectbox[0].set_value(mine["id"]).run()
    put(edit, "_alasan", "dua kali dicatat")
    assert not submit(edit, t.HAPUS).error
    after = lkks.profile(by, "33.71")
    assert after is not None and len(after.kemitraan) == 2


# --- Program ---------------------------------------------------------------------------------------------------------


def test_figures_of_programs_say_how_many_they_rest_on(seeded_db: Path, open_page: Opener) -> None:
    """Kota Magelang: 95 juta planned by three, 39 juta spent by two; the share only of the two that state both."""
    app = open_page("program", role="kepala_dinas", region="33.71")
    assert [(box.label, box.value, box.delta) for box in app.metric] == [
        (pt.JUMLAH, "3", "1 selesai, 1 berjalan"),
        (pt.ANGGARAN, "Rp95.000.000", "3 dari 3 program"),
        (pt.REALISASI, "Rp39.000.000", "2 dari 3 program"),
        (pt.SERAPAN, "70,9%", "2 dari 3 program"),
    ]
    told = [str(box.value) for box in app.caption]
    assert any("Rp39.000.000 dari Rp55.000.000" in line for line in told)
    years, partners, listed = (table.value for table in app.dataframe)
    assert list(years[pt.KOLOM_TAHUN["jumlah"]]) == [2, 1]
    assert list(partners[pt.KOLOM_MITRA["nama"]]) == [1, 0, 0, 1]
    assert set(listed[pt.KOLOM["wilayah"]]) == {"Kota Magelang"} and set(listed[pt.KOLOM["contoh"]]) == {umum.CONTOH}
    assert "program_tambah" not in keys(app)


def test_filters_of_programs_come_from_the_address(seeded_db: Path, open_page: Opener) -> None:
    for query, count in (
        ({}, 13),
        ({"program_status": ["Selesai"]}, 6),
        ({"program_bentuk": "Jaminan sosial"}, 1),
        ({"wilayah": "Sumatera Barat"}, 4),
        ({"program_pemilik": "LKKS", "program_status": ["Rencana"]}, 1),
    ):
        app = open_page("program", role="kepala_dinas", **query)
        assert app.metric[0].value == str(count), query
    nothing = open_page("program", role="kepala_dinas", program_pemilik="Dinas Sosial")
    assert [box.value for box in nothing.info] == [pt.TIDAK_COCOK_URAIAN] and not nothing.metric
    submit(nothing, umum.HAPUS_SARINGAN)
    assert nothing.metric[0].value == "13"


def test_an_lkks_that_looks_at_a_kecamatan_still_plans_for_its_city(seeded_db: Path, open_page: Opener) -> None:
    """The button was gone as soon as a kecamatan was chosen, because an LKKS keeps programs of its own region only."""
    app = open_page("program", role="lkks", region="33.71", kecamatan="Kec. Magelang Utara")
    assert "program_tambah" in keys(app)
    assert [box.value for box in app.info] == [pt.TIDAK_COCOK_URAIAN]


def test_nothing_yet_says_who_writes_it_down(fresh_db: Path, open_page: Opener) -> None:
    operator = open_page("program", role="operator", region="33.71")
    assert pt.KOSONG_TAMBAH in operator.info[0].value and "program_tambah" in keys(operator)
    reader = open_page("program", role="kepala_dinas", region="33.71")
    assert pt.KOSONG_MINTA in reader.info[0].value and "program_tambah" not in keys(reader)


def test_a_program_is_added_mended_and_shown(seeded_db: Path, dialog: Dialog, actor: Make) -> None:
    app = dialog('program_forms.new(by, "33.71", ["lkks"])')
    app = submit(app, pt.SIMPAN)
    assert app.error and "wajib diisi" in app.error[0].value.replace("\\", "")
    put(app, "_nama", "Program uji")
    put(app, "_tahun", 2026, "number_input")
    put(app, "_bentuk", ["jaminan_sosial"], "multiselect")
    put(app, "_kegiatan", ["koordinasi"], "multiselect")
    put(app, "_status", "berjalan", "selectbox")
    assert not submit(app, pt.SIMPAN).error
    by = actor("kepala_dinas", "33.71")
    made = next(row for row in programs.listed(by) if row["nama"] == "Program uji")
    assert (made["pemilik"], made["wilayah"], made["anggaran"], made["contoh"]) == ("lkks", "33.71", None, True)
    edit = dialog(f"program_forms.edit(by, {made['id']})")
    put(edit, "_anggaran", 5_000_000, "number_input")
    assert not submit(edit, pt.SIMPAN).error
    assert programs.get(by, made["id"])["anggaran"] == 5_000_000
    seen = dialog(f"program_forms.detail(by, {made['id']})", "kepala_dinas")
    assert any("Rp5.000.000" in str(box.value).replace("\\", "") for box in seen.markdown) and not seen.exception
    refused = dialog(f"program_forms.edit(by, {made['id']})", "operator")
    put(refused, "_nama", "Diubah dinas")
    assert submit(refused, pt.SIMPAN).error and programs.get(by, made["id"])["nama"] == "Program uji"


def test_only_the_four_columns_of_a_partner_are_read_back() -> None:
    """A forged diff of the table may add columns; what goes to the service is read by name."""
    forged = pd.DataFrame(
        [
            {"jenis": "Donatur", "nama": "A", "peran": None, "nilai": 5.0, "program_id": 9},
            {"jenis": None, "nama": None, "peran": None, "nilai": None, "program_id": 9},
        ]
    )
    assert program_forms.read_back(forged) == [{"jenis": "donatur", "nama": "A", "peran": None, "nilai": 5}]
    pilars = pd.DataFrame(
        [{"nama": "PSM", "satuan": "orang", "wilayah": "33"}, {"nama": None, "satuan": None, "wilayah": "33"}]
    )
    assert pilar_screen.read_back(pilars) == [{"nama": "PSM", "satuan": "orang"}]


# --- Surat -----------------------------------------------------------------------------------------------------------


def test_letters_are_listed_with_their_state(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("surat", role="kepala_dinas")
    table = app.dataframe[0].value
    assert app.header[0].value == "6 surat"
    assert list(table[st_.KOLOM["keadaan"]]).count("Berlaku") == 4
    assert {"Menunggu keputusan", "Kedaluwarsa"} <= set(table[st_.KOLOM["keadaan"]])
    ended = open_page("surat", role="kepala_dinas", surat_status=["Kedaluwarsa"])
    assert list(ended.dataframe[0].value[st_.KOLOM["tempat"]]) == ["Kota Bima"]
    nothing = open_page("surat", role="kepala_dinas", surat_status=["Dicabut"])
    assert [box.value for box in nothing.info] == [st_.TIDAK_COCOK_URAIAN]
    submit(nothing, umum.HAPUS_SARINGAN)
    assert nothing.header[0].value == "6 surat"


def test_a_letter_is_asked_for_issued_and_withdrawn(seeded_db: Path, dialog: Dialog, actor: Make) -> None:
    by = actor("kepala_dinas", "33.71")
    app = dialog('letter_forms.request(by, "33.71")')
    app.text_input[0].set_value("LKS-33.71-0003").run()
    put(app, "_lks", "LKS-33.71-0003", "selectbox")
    put(app, "_perihal", "Rekomendasi uji")
    put(app, "_diajukan", pd.Timestamp("2026-01-05").date(), "date_input")
    assert not submit(app, st_.SIMPAN).error

    def mine() -> dict[str, Any]:
        return next(row for row in letters.listed(by) if row["perihal"] == "Rekomendasi uji")

    row = mine()
    assert row["kode_lks"] == code_of(row["lks_id"]) == "LKS-33.71-0003"
    call = f"letter_forms.letter(by, next(row for row in letters.listed(by) if row['id'] == {row['id']}))"
    step = dialog(call)
    step.segmented_control[0].set_value("diterbitkan").run()
    put(step, "_nomor", "9/REK/UJI")
    put(step, "_penandatangan", "Ketua")
    put(step, "_tanggal", pd.Timestamp("2026-01-06").date(), "date_input")
    assert not submit(step, "Terbitkan").error
    assert (mine()["status"], mine()["nomor"]) == ("diterbitkan", "9/REK/UJI")
    reader = dialog(call, "operator")
    assert [box.value for box in reader.caption] == [st_.BUKAN_MILIK] and not reader.button


# --- Pilar dan PSKS --------------------------------------------------------------------------------------------------


def test_both_lists_of_kota_bima_stand_side_by_side(fresh_db: Path, open_page: Opener) -> None:
    app = open_page("pilar_psks", role="kepala_dinas", region="52.72")
    assert [box.value for box in app.header][:2] == ["Kota Bima 2017", "Kota Bima 2023"]
    table = app.dataframe[0].value
    held = {row["Pilar"]: (row["Kota Bima 2017"], row["Kota Bima 2023"]) for row in table.to_dict("records")}
    assert held["Orsos/LKS"] == (lt.ADA, lt.TIDAK) and held["Taruna Siaga Bencana (Tagana)"] == (lt.TIDAK, lt.ADA)
    said = " ".join(str(box.value) for box in (*app.markdown, *app.caption)).replace("\\", "")
    assert (
        "Sumber: Media NTB, 11 September 2017" in said
        and "Berita Dinas Sosial Kota Bima, 2023" in said
        and "2 masuk, 2 keluar, 2 tetap" in said
    )
    assert "pilar_buat" not in keys(app)


def test_a_region_without_a_list_says_so(fresh_db: Path, open_page: Opener) -> None:
    app = open_page("pilar_psks", role="operator", region="33.71")
    said = app.info[0].value.replace("\\", "")
    assert lt.VERSI_KOSONG_BUAT in said and "Kota Bima" not in said
    assert "pilar_buat" in keys(app) and not app.dataframe


def test_a_new_version_starts_from_the_last_one(fresh_db: Path, dialog: Dialog, actor: Make) -> None:
    app = dialog('pilar.new(by, "52.72")', "operator", "52.72")
    put(app, "_versi", "Kota Bima 2026")
    put(app, "_sumber", "SK uji")
    put(app, "_mulai", pd.Timestamp("2026-01-01").date(), "date_input")
    assert not submit(app, lt.SIMPAN).error
    found = pilar.history(actor("kepala_dinas", "52.72"), "52.72")
    assert [one.versi for one in found] == ["Kota Bima 2017", "Kota Bima 2023", "Kota Bima 2026"]
    assert [one.kode for one in found[2].entries] == [one.kode for one in found[1].entries]


def test_psks_stand_per_kind_beside_the_register(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("pilar_psks", role="operator", region="33.71", bagian_pilar=lt.PSKS)
    table = app.dataframe[0].value
    assert len(table) == 12 and set(table[lt.PSKS_KOLOM["satuan"]]) == {"orang", "lembaga", "keluarga"}
    assert [(box.label, box.value) for box in app.metric] == [(lt.LKS_PENDATAAN, "-"), (lt.LKS_REGISTER, "11")]
    assert "psks_jelaskan_buka" not in keys(app)
    app.selectbox(key="psks_jelaskan").set_value("psks_psm").run()
    assert "psks_jelaskan_buka" in keys(app)


# --- region leaks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["profil_lkks", "program", "surat", "pilar_psks"])
def test_nothing_of_another_region_is_on_the_screen(page: str, seeded_db: Path, open_page: Opener) -> None:
    """The sample has an LKKS in six regions; somebody of Kota Magelang must meet one of them."""
    query = {"lkks": "Kota Bima: LKKS Kota Bima (contoh)", "wilayah": "Kota Bima"}
    app = open_page(page, role="operator", region="33.71", **query)
    assert not app.exception
    words = str([[box.value for box in kind] for kind in (app.markdown, app.header, app.caption, app.info)])
    words += " ".join(table.value.to_csv() for table in app.dataframe)
    words += " ".join(str(box.options) for box in app.selectbox)
    for foreign in ("Payakumbuh", "Bima", "Sulawesi Barat", "Kalimantan Tengah", "Sumatera Barat"):
        assert foreign not in words, foreign

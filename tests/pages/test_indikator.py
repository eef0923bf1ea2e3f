"""Indikator as its readers meet it: the articles' figures, one click that explains, entry and what it leaves."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import ROLES, Actor, Scope
from services import accounts, indicator_rows, indicators, tabular
from tests.services.test_indicators import malang
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.indikator import cards, explain, showcase
from ui.text import indikator as t

IPM = {"kelompok_indikator": t.NAMA_KELOMPOK["ipm"]}


def shown(app: AppTest) -> str:
    """Every text of the page, without the marks that keep Markdown quiet."""
    parts = [str(one.value) for one in (*app.caption, *app.markdown, *app.info, *app.subheader)]
    parts += [f"{one.value} {one.delta}" for one in app.metric]
    return "\n".join(parts).replace("\\", "")


def press(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


@pytest.mark.parametrize("role", ["kepala_dinas", "lkks"])
def test_ipm_of_kota_bima(seeded_db: Path, open_page: Opener, role: str) -> None:
    app = open_page("indikator", role=role, region="52.72", **IPM)
    page = shown(app)
    assert {one.label: one.value for one in app.metric}["Indeks Pembangunan Manusia (IPM)"] == "73,67 indeks"
    assert "Kategori BPS: tinggi" in page and "sangat baik" not in page.casefold()
    assert "Nusa Tenggara Barat 65,81 (sedang), selisih +7,86" in page
    assert "Indonesia 70,18 (tinggi), selisih +3,49" in page
    assert t.BASI in page, "a value of 2016 is flagged as old"


def test_the_export_says_the_same(seeded_db: Path) -> None:
    by = Actor(None, "uji", "Uji", ROLES["kepala_dinas"], Scope("52.72"))
    found = indicators.figures(by)
    frame = cards.table(found, indicators.comparisons(by, found))
    book = openpyxl.load_workbook(io.BytesIO(tabular.workbook(by, t.JUDUL, frame, {})))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    at = {name: number for number, name in enumerate(rows[0])}
    ipm = [row for row in rows[1:] if row[at["Kode"]] == "ipm"]
    told = [tuple(row[at[name]] for name in ("Nilai", "Kategori", "Selisih")) for row in ipm]
    assert told == [(73.67, "tinggi", None), (65.81, "sedang", 7.86), (70.18, "tinggi", 3.49)]
    assert all(row[at["Sumber"]] for row in ipm)
    for row in rows[1:]:
        if row[at["Satuan"]] == "persen" and row[at["Nilai"]] is not None:
            assert row[at["Penyebut"]] and row[at["Rumus"]]


def test_both_shares_of_accreditation_stand_with_their_parts(fresh_db: Path, open_page: Opener) -> None:
    malang()
    app = open_page("indikator", role="kepala_dinas", region="35.73")
    found = {one.label: (one.value, one.delta) for one in app.metric}
    assert found["LKS terakreditasi dari semua LKS"] == ("40,0%", "28 dari 70")
    assert found["LKS terakreditasi dari yang layak diakreditasi"] == ("70,0%", "28 dari 40")
    bare = [label for label, (value, line) in found.items() if value.endswith("%") and " dari " not in str(line)]
    assert bare == []


def test_the_export_names_both_shares_of_accreditation(fresh_db: Path) -> None:
    malang()
    by = Actor(None, "uji", "Uji", ROLES["kepala_dinas"], Scope("35.73"))
    frame = cards.table(indicators.figures(by), {})
    rows = frame[frame["Kode"].isin(["terakreditasi", "terakreditasi_semua"])]
    told = {
        row["Nama"]: (row["Nilai"], row["Pembilang"], row["Penyebut"], row["Rumus"]) for row in rows.to_dict("records")
    }
    assert told == {
        "LKS terakreditasi dari semua LKS": (
            40.0,
            28,
            70,
            "LKS berperingkat A, B, atau C yang berlaku / semua LKS x 100",
        ),
        "LKS terakreditasi dari yang layak diakreditasi": (
            *(70.0, 28, 40),
            "LKS layak berperingkat A, B, atau C yang berlaku / LKS layak x 100",
        ),
    }


def test_one_click_explains_a_figure(seeded_db: Path, open_page: Opener) -> None:
    app = press(open_page("indikator", role="kepala_dinas", region="33.71"), "jelaskan_terdaftar")
    assert not app.exception and not app.error
    page = shown(app)
    for label in (t.DEFINISI, t.RUMUS, t.PEMBILANG, t.PENYEBUT, t.TANGGAL, t.SUMBER, t.KELENGKAPAN, t.TERAKHIR):
        assert f"**{label}**" in page
    table = app.dataframe[-1].value
    above, below = int(table["Pembilang"].sum()), int(table["Penyebut"].sum())
    assert (len(table), below) == (11, 11)
    assert next(one for one in app.metric if one.label.startswith("LKS terdaftar")).delta == f"{above} dari {below}"
    assert "11 baris; dihitung ulang: " in page


def test_an_incomplete_figure_is_flagged_by_word(fresh_db: Path, open_page: Opener) -> None:
    malang()
    app = open_page("indikator", role="kepala_dinas", region="35.73")
    assert t.KURANG in shown(app)


def test_a_trend_keeps_the_series_apart(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("indikator", role="kepala_dinas", region="52", bagian_indikator=t.BANDING)
    assert not app.exception and not app.error
    assert t.TREN_URAIAN in shown(app)
    table = app.dataframe[-1].value
    assert list(table["Wilayah"]) == ["Nusa Tenggara Barat", "Indonesia"]
    assert list(table["Nilai"]) == ["72,37 indeks", "-"], "the country states no value of that series"


def test_only_those_who_keep_the_register_may_enter(seeded_db: Path, open_page: Opener) -> None:
    reader = open_page("indikator", role="kepala_dinas", region="33.71", bagian_indikator=t.ISIAN)
    assert not [button for button in reader.button if button.key == "indikator_catat"]
    keeper = open_page("indikator", role="operator", region="33.71", bagian_indikator=t.ISIAN)
    assert [button for button in keeper.button if button.key == "indikator_catat"]


# AppTest reruns the whole script where a browser reruns only the open dialog, so the dialogs are called directly.
DIALOG = """
from services import indicators
from ui import state
from ui.indikator import entry
by = state.actor()
entry.{name}(by, "33.71", "Kota Magelang", [one for one in indicators.dictionary(by) if one.kode in ("p0", "spm_kk_anak")])
"""


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """A dialog of the entry section on its own, for a signed-in operator of Kota Magelang."""

    def make(name: str) -> AppTest:
        cookies = {accounts.cookie_name(): sign_in("operator", "33.71")}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        app = AppTest.from_string(DIALOG.format(name=name), default_timeout=30)
        app.session_state["_pilar_actor"] = accounts.actor_of(cookies[accounts.cookie_name()])
        return app.run()

    return make


def _write(app: AppTest, button: str, **typed: str) -> AppTest:
    for key, value in typed.items():
        app.text_input(key=key).set_value(value)
    return press(app, button)


def test_a_value_is_entered_mended_removed_and_explained(
    seeded_db: Path, dialog: Callable[[str], AppTest], open_page: Opener
) -> None:
    app = _write(dialog("_value"), "isi_simpan", isi_periode="2025", isi_nilai="lima", isi_sumber="BPS")
    assert any("bukan angka" in box.value.replace("\\", "") for box in app.error)
    app = _write(app, "isi_simpan", isi_periode="2025", isi_nilai="5,5", isi_sumber="BPS")
    assert not app.error
    seen = press(open_page("indikator", role="kepala_dinas", region="33.71", **IPM), "jelaskan_p0")
    assert "5,50 persen penduduk" in shown(seen)
    assert "Catat nilai indikator oleh uji-operator-33.71" in shown(seen)

    app = dialog("_value")
    app.text_input(key="isi_periode").set_value("2025").run()
    assert any("Sudah tercatat 5,50" in box.value for box in app.warning)
    app = _write(app, "isi_simpan", isi_nilai="5,7", isi_sumber="BPS")
    assert not app.error
    by = Actor(None, "uji", "Uji", ROLES["admin"], Scope(None))
    assert indicators.value(by, "p0", "33.71").nilai == 5.7
    app = dialog("_value")
    app.text_input(key="isi_periode").set_value("2025").run()
    assert _write(app, "isi_hapus", isi_alasan="").error
    assert not _write(app, "isi_hapus", isi_alasan="salah periode").error
    assert indicators.value(by, "p0", "33.71").nilai is None


def test_a_share_is_entered_by_its_parts(fresh_db: Path, dialog: Callable[[str], AppTest]) -> None:
    app = dialog("_value")
    app.selectbox(key="isi_indikator").set_value("spm_kk_anak").run()
    app = _write(app, "isi_simpan", isi_periode="2025", isi_pembilang="30", isi_penyebut="40", isi_sumber="Laporan SPM")
    assert not app.error
    by = Actor(None, "uji", "Uji", ROLES["admin"], Scope(None))
    found = indicators.value(by, "spm_kk_anak", "33.71")
    assert (found.nilai, found.pembilang, found.penyebut, found.kategori) == (75.0, 30, 40, "tuntas pratama")


def test_a_target_is_set(fresh_db: Path, dialog: Callable[[str], AppTest]) -> None:
    app = _write(dialog("_target"), "target_simpan", target_nilai="", target_dasar="RPJMD")
    assert app.error
    app = _write(app, "target_simpan", target_nilai="4,5", target_dasar="RPJMD")
    assert not app.error
    by = Actor(None, "uji", "Uji", ROLES["admin"], Scope(None))
    assert indicators.value(by, "p0", "33.71").target == 4.5


def test_a_protected_figure_shows_no_row(fresh_db: Path, open_page: Opener) -> None:
    from tests.services.test_indicators import put

    put("ppks_terlayani", "33.71", "2025", 3)
    group = {"kelompok_indikator": t.NAMA_KELOMPOK["ppks"]}
    app = press(open_page("indikator", role="lkks", region="33.71", **group), "jelaskan_ppks_terlayani")
    page = shown(app)
    assert "kurang dari 5" in page and t.BARIS_TERLINDUNG in page
    assert not app.dataframe


def test_rows_are_worded_and_columns_that_say_nothing_left_out() -> None:
    rows = pd.DataFrame(
        [
            [1, "LKS-1", "Mawar", None, "daftar:terdaftar", date(2027, 1, 2), 1, None, True],
            [2, "LKS-2", "Melati", None, None, None, 0, None, False],
            [None, None, None, None, "gabungan:3", None, 9, None, False],
            [3, "LKS-3", "Kenanga", None, "berkas:akreditasi", date(2027, 5, 2), 1, None, False],
        ],
        columns=list(indicator_rows.COUNTED),
        dtype=object,
    )
    found = explain.worded(rows)
    assert found.columns.tolist() == [
        t.KOLOM[n] for n in ("kode_lks", "nama", "keterangan", "hari", "pembilang", "contoh")
    ]
    assert found["Nama"].tolist() == ["Mawar", "Melati", t.GABUNGAN.format(jumlah="3"), "Kenanga"]
    assert found["Keterangan"].tolist() == ["Terdaftar", None, None, "Akreditasi"]
    assert explain.on_screen(found)[t.KOLOM["hari"]].tolist() == ["02/01/2027", "-", "-", "02/05/2027"]
    assert found[t.KOLOM["hari"]][0] == date(2027, 1, 2), "the workbook keeps a real day"


def test_decimals_have_a_comma_on_the_screen() -> None:
    frame = pd.DataFrame({"Nilai": [73.67, None], "Pembilang": [3, 4]}, dtype=object)
    assert explain.on_screen(frame).to_numpy().tolist() == [["73,67", 3], ["-", 4]]


def test_an_import_is_previewed_saved_and_taken_back(fresh_db: Path, open_page: Opener) -> None:
    from services import indicator_import
    from tests.services.test_indicator_import import book, p0

    by = Actor(None, "uji", "Uji", ROLES["operator"], Scope("33.71"))
    content = book(p0("3371", "6,1"), p0("5272", "7"), declared="BPS")
    app = open_page("indikator", role="operator", region="33.71", bagian_indikator=t.ISIAN)
    app.session_state["_indikator_pratinjau"] = indicator_import.preview(by, content, "nilai.xlsx")
    app.run()
    assert t.KODE_BERKAS["bps"] in shown(app)
    table = app.dataframe[-1].value
    assert list(table["Hasil"]) == ["Baru", "Ditolak"] and "di luar wilayah kerja" in table["Sebab"][1]
    app = press(app, "indikator_simpan_impor")
    assert not app.error and not app.exception
    assert indicators.value(by, "p0").nilai == 6.1
    assert "nilai.xlsx" in shown(app)
    app = press(app, "indikator_batal_1")
    assert not app.error and indicators.value(by, "p0").nilai is None
    assert not [button for button in app.button if button.key == "indikator_batal_1"]


def test_the_showcase_prints_what_the_screen_shows(seeded_db: Path) -> None:
    by = Actor(None, "uji", "Uji", ROLES["kepala_dinas"], Scope("52.72"))
    found = indicators.figures(by)
    made = dict(showcase.groups(found, indicators.comparisons(by, found)))
    ipm = next(one for one in made[t.NAMA_KELOMPOK["ipm"]] if one.nama.startswith("Indeks"))
    assert (ipm.nilai, ipm.dari) == ("73,67 indeks", "Periode 2016, seri lama")
    assert ipm.tanda == ["Kategori BPS: tinggi", t.BASI]
    assert ipm.pembanding == [
        "Nusa Tenggara Barat 65,81 (sedang), selisih +7,86",
        "Indonesia 70,18 (tinggi), selisih +3,49",
    ]
    assert t.NAMA_KELOMPOK["spm"] not in made, "what has no value is not printed"
    bare = [one.nama for ones in made.values() for one in ones if one.nilai.endswith("%") and " dari " not in one.dari]
    assert bare == []

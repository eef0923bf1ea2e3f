"""Ringkasan, Kluster, Peta and Daftar: the figures are the dictionary's, and one click tells what each is made of."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.register_rows import lks_row, store
from tests.services.test_indicators import malang
from tests.ui.conftest import Opener
from tests.ui.conftest import open_page as open_page
from ui.text import indikator as t
from ui.text import rapat


def shown(app: AppTest) -> str:
    parts = [str(one.value) for one in (*app.caption, *app.markdown, *app.info, *app.warning, *app.subheader)]
    return "\n".join(parts).replace("\\", "")


def ask(app: AppTest, kode: str, key: str = "asal_angka") -> AppTest:
    """A click on a name of the row under the figures."""
    return app.button_group(key=key).set_value(kode).run()


def metrics(app: AppTest) -> dict[str, tuple[str, str]]:
    return {one.label: (one.value, one.delta) for one in app.metric}


def test_both_shares_of_accreditation_stand_with_their_parts(fresh_db: Path, open_page: Opener) -> None:
    """28 of 70 is 40 per cent and 28 of 40 is 70 per cent: a bare "% terakreditasi" says nothing (Kota Malang)."""
    malang()
    app = open_page("ringkasan", role="kepala_dinas", region="35.73")
    found = metrics(app)
    assert found["Akreditasi (semua)"][0] == "40,0%" and found["Akreditasi (semua)"][1].startswith("28 dari 70")
    assert found["Akreditasi (layak)"][0] == "70,0%" and found["Akreditasi (layak)"][1].startswith("28 dari 40")
    bare = [label for label, (value, line) in found.items() if value.endswith("%") and " dari " not in str(line)]
    assert bare == []
    assert t.TANDA_KURANG in found["Aktif"][1], "30 of 70 have no value on that axis"
    assert t.TANDA_KURANG not in found["LKS di register"][1]


@pytest.mark.parametrize(
    ("kode", "rows", "words"), [("terakreditasi_semua", 70, "40,0%"), ("terakreditasi", 40, "70,0%")]
)
def test_one_click_explains_each_share(fresh_db: Path, open_page: Opener, kode: str, rows: int, words: str) -> None:
    malang()
    app = ask(open_page("ringkasan", role="kepala_dinas", region="35.73"), kode)
    assert not app.exception and not app.error
    page = shown(app)
    for label in (t.DEFINISI, t.RUMUS, t.PEMBILANG, t.PENYEBUT, t.TANGGAL, t.SUMBER, t.KELENGKAPAN, t.TERAKHIR):
        assert f"**{label}**" in page
    table = app.dataframe[-1].value
    assert (len(table), int(table["Pembilang"].sum()), int(table["Penyebut"].sum())) == (rows, 28, rows)
    assert f"{rows} baris; dihitung ulang: {words}" in page and "LKS Tetangga" not in set(table["Nama"])


def test_a_filtered_figure_explains_itself_with_the_filtered_rows(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("ringkasan", role="kepala_dinas", region="33.71", kluster=["Anak"])
    assert app.metric[0].value == "8"
    app = ask(app, "total_lks")
    page = shown(app)
    assert t.TERSARING in page and "8 baris; dihitung ulang: 8" in page
    assert len(app.dataframe[-1].value) == 8


@pytest.mark.parametrize(
    ("kode", "key"),
    [("berakhir_180", "asal_berakhir"), ("belum_verifikasi", "asal_perlu"), ("klien_dalam", "asal_perlu")],
)
def test_every_other_figure_has_its_row_too(seeded_db: Path, open_page: Opener, kode: str, key: str) -> None:
    app = ask(open_page("ringkasan", role="kepala_dinas", region="33.71"), kode, key)
    assert not app.exception and not app.error
    assert f"**{t.DEFINISI}**" in shown(app) and "dihitung ulang: " in shown(app)


def test_after_one_explanation_the_row_is_free_for_the_next(seeded_db: Path, open_page: Opener) -> None:
    app = ask(open_page("ringkasan", role="kepala_dinas", region="33.71"), "aktif")
    assert app.button_group(key="asal_angka").value in (None, [])
    assert f"**{t.DEFINISI}**" not in shown(app.run()), "another rerun opens nothing"


def test_a_register_that_nobody_touched_is_flagged(fresh_db: Path, open_page: Opener) -> None:
    store(lks_row("A", "33.71"), at=datetime(2020, 1, 1, tzinfo=UTC))
    app = open_page("ringkasan", role="kepala_dinas", region="33.71")
    assert all(t.TANDA_BASI in line for _, line in metrics(app).values() if line)


def test_small_counts_of_clients_are_not_told_to_everybody(fresh_db: Path, open_page: Opener) -> None:
    store(lks_row("A", "33.71", binaan_dalam=3), lks_row("B", "33.72", binaan_dalam=900))
    label = next(
        one for one in metrics(open_page("ringkasan", role="operator", region="33.71")) if one.startswith("Binaan")
    )
    assert metrics(open_page("ringkasan", role="operator", region="33.71"))[label][0] == "3"
    hidden = metrics(open_page("ringkasan", role="kepala_dinas", region="33.71"))[label][0]
    assert hidden == t.terlindung(5) and "3" not in hidden


@pytest.mark.parametrize(
    ("url", "kode", "rows"),
    [("klaster", "lks_kluster_anak", 8), ("peta", "total_lks", 11), ("daftar_lks", "total_lks", 11)],
)
def test_the_headline_of_each_page_is_one_click_from_its_rows(
    seeded_db: Path, open_page: Opener, url: str, kode: str, rows: int
) -> None:
    app = ask(open_page(url, role="kepala_dinas", region="33.71"), kode)
    assert not app.exception and not app.error
    assert f"{rows} baris; dihitung ulang: {rows}" in shown(app)


def test_open_actions_stand_on_the_front_page_of_those_who_decide(seeded_db: Path, open_page: Opener) -> None:
    """The Kepala Dinas sees what a meeting of the region left open, an LKKS its own, and a trainer none."""
    card = rapat.KARTU_JUDUL
    city = open_page("ringkasan", role="kepala_dinas", region="33.71")
    assert card in [one.value for one in city.header]
    told = shown(city)
    assert "Terlambat" in told and "LKKS Kota Magelang" in told and "Payakumbuh" not in told
    narrowed = open_page("ringkasan", role="kepala_dinas", wilayah="Kota Bima")
    assert "LKKS Kota Bima" in shown(narrowed) and "LKKS Kota Magelang" not in shown(narrowed)
    province = open_page("ringkasan", role="lkks", region="33")
    assert rapat.KARTU_KOSONG in shown(province), "the actions of Kota Magelang are those of another LKKS"
    assert card not in [one.value for one in open_page("ringkasan", role="pelatih").header]


def test_the_list_and_the_quarter_are_issued_from_their_screens(seeded_db: Path, open_page: Opener) -> None:
    for url, key in (("daftar_lks", "dokumen_daftar_lks"), ("ringkasan", "dokumen_triwulan")):
        app = open_page(url, "operator", "33.71")
        app = app.button(key=key).click().run()
        assert not app.exception and not app.error
        links = [one.proto for one in app.get("link_button")]
        assert [link.label for link in links if link.url.startswith("/unduh/")] == ["Unduh PDF", "Unduh Excel"]
        assert "Dokumen nomor" in shown(app)

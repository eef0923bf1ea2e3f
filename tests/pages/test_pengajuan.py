"""The screen of online applications: the queue, one application decided click by click, and the way back to the LKS."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access import submitted_files
from data_access.engine import reading
from data_access.tables import lks
from domain.permissions import COMMAND_LINE, Actor
from services import applications, clock, tabular
from tests.register_rows import lks_row, store
from tests.review_rows import ARRIVED, FIELDS, PAPERS, bring, hand_in, stored
from tests.services.conftest import written
from tests.ui.conftest import Opener
from tests.ui.conftest import open_page as open_page
from ui.pengajuan import queue
from ui.text import pengajuan as t
from ui.text import permohonan, umum

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def application(fresh_db: Path) -> int:
    """A complete application in Kota Magelang, beside one of another city that must never show."""
    hand_in(FIELDS | {"nama": "LKS Asing"}, PAPERS, wilayah="33.74")
    return hand_in(papers=PAPERS)


def at(open_page: Opener, number: int, region: str = "33.71") -> AppTest:
    return open_page("pengajuan", role="operator", region=region, pengajuan=str(number))


def press(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


def submit(app: AppTest, opener: str, label: str) -> AppTest:
    """Presses a button of the dialog that `opener` opened; AppTest runs the page anew, so the dialog is opened again."""
    [button for button in app.button if button.label == label and button.key != opener][-1].click()
    return press(app, opener)


def words(app: AppTest) -> str:
    elements = (app.markdown, app.caption, app.text, app.info, app.warning, app.success, app.error, app.title)
    return "\n".join(str(element.value) for kind in elements for element in kind)


def toasted(app: AppTest) -> list[str]:
    return [str(toast.value).replace("\\", "") for toast in app.toast]


def test_the_queue_shows_what_waits_and_how_long_it_may_take(application: int, open_page: Opener) -> None:
    hand_in(FIELDS | {"nama": "LKS Terlambat"}, PAPERS, at=ARRIVED - timedelta(days=21))
    app = open_page("pengajuan", role="operator", region="33.71")
    table = app.dataframe[0].value
    assert list(table[t.KOLOM["nama"]]) == ["LKS Terlambat", FIELDS["nama"]]
    assert list(table[t.KOLOM["sisa_kata"]]) == ["Lewat 5 hari kerja", "10 hari kerja lagi"]
    assert list(table[t.KOLOM["status"]]) == ["Baru masuk", "Baru masuk"]
    assert list(table[t.KOLOM["tempat"]]) == ["Kota Magelang"] * 2
    assert list(table[t.KOLOM["diterima"]])[1] == date(2026, 11, 16)
    assert app.header[0].value == "2 pengajuan" and "Asing" not in words(app)


def test_the_filters_stand_in_the_address(application: int, open_page: Opener) -> None:
    hand_in(FIELDS | {"nama": "LKS Terlambat"}, PAPERS, at=ARRIVED - timedelta(days=21))
    app = open_page("pengajuan", role="operator", region="33.71", pengajuan_waktu=permohonan.KEADAAN["lewat"])
    assert list(app.dataframe[0].value[t.KOLOM["nama"]]) == ["LKS Terlambat"]
    app = open_page("pengajuan", role="operator", region="33.71", pengajuan_jenis=t.JENIS["pemutakhiran"])
    assert not app.dataframe and any(t.TIDAK_COCOK_URAIAN in box.value for box in app.info)
    app = press(app, "hapus_kosong")
    assert len(app.dataframe[0].value) == 2
    app = open_page("pengajuan", role="admin", pengajuan_wilayah="Kota Semarang")
    assert list(app.dataframe[0].value[t.KOLOM["nama"]]) == ["LKS Asing"]


def test_an_empty_queue_tells_the_address_to_hand_out(fresh_db: Path, open_page: Opener) -> None:
    hand_in(wilayah="33.74")
    app = open_page("pengajuan", role="operator", region="33.71")
    assert any(box.value == t.KOSONG_URAIAN for box in app.info) and not app.dataframe
    app = press(app, "bagikan_daftar")
    app.text_input[0].set_value("pilar.magelang.go.id")
    app = press(app, "bagikan_daftar")
    assert any(code.value == "http://pilar.magelang.go.id/daftar" for code in app.code)


def test_the_workbook_is_what_the_table_shows(application: int, actor: Callable[..., Actor]) -> None:
    by = actor("operator", "33.71", 1)
    content = tabular.workbook(by, umum.PENGAJUAN, queue.worded(applications.queue(by), numbers=True), {})
    sheet = pd.read_excel(io.BytesIO(content), sheet_name=0, header=None, engine="openpyxl").to_string()
    assert FIELDS["nama"] in sheet and "Asing" not in sheet and t.EXCEL["sisa"] in sheet


def test_nothing_can_be_decided_before_it_was_taken_up(application: int, open_page: Opener) -> None:
    app = at(open_page, application)
    assert not app.exception and not app.error
    assert "Kec\\. Magelang Selatan, Kota Magelang" in words(app)  # a region by its name, not by its code
    keys = {button.key for button in app.button}
    assert {"langkah_periksa", "langkah_kembalikan", "langkah_tolak"} <= keys
    assert not {key for key in keys if key and key.startswith("terima_")} and "langkah_terapkan" not in keys
    app = press(app, "langkah_periksa")
    assert stored(application)["status"] == "diperiksa" and toasted(app) == [t.PERIKSA_TERSIMPAN]
    keys = {button.key for button in app.button}
    assert {"terima_nama", "balik_nama", "terima_berkas_akta", "terima_bersih"} <= keys
    assert next(button for button in app.button if button.key == "langkah_terapkan").disabled
    assert applications.get(COMMAND_LINE, application).undecided == len(FIELDS) + len(PAPERS)


def test_a_whole_review_by_clicks(application: int, open_page: Opener) -> None:
    """Fields together, one sent back with its reason, the papers, then into the register on two clicks."""
    app = press(at(open_page, application), "langkah_periksa")
    app = press(app, "balik_alamat")
    app.text_area[0].set_value("nomor rumah belum ada")
    app = submit(app, "balik_alamat", t.KEMBALIKAN)
    assert "nomor rumah belum ada" in words(app)
    app = press(app, "terima_bersih")
    for syarat in PAPERS:
        app = press(app, f"terima_berkas_{syarat}")
        assert not app.exception and not app.error
    assert t.SIAP in words(app)
    app = press(app, "langkah_terapkan")
    assert "7 isian dan 11 berkas" in words(app)
    app = submit(app, "langkah_terapkan", t.LANGKAH["terapkan"])
    assert stored(application)["status"] == "diterapkan"
    assert any(t.SELESAI_BARU in box.value for box in app.success)
    with reading() as connection:
        [row] = connection.execute(lks.select()).mappings()
    assert (row["nama"], row["alamat"], row["kode_lks"]) == (FIELDS["nama"], None, "LKS-33.71-0001")
    assert not [button for button in app.button if button.key and button.key.startswith("langkah_")]


def test_sending_back_begins_with_what_was_sent_back_field_by_field(application: int, open_page: Opener) -> None:
    app = press(at(open_page, application), "langkah_periksa")
    app = press(app, "balik_alamat")
    app.text_area[0].set_value("nomor rumah belum ada")
    app = submit(app, "balik_alamat", t.KEMBALIKAN)
    app = press(app, "balik_berkas_akta")
    app.text_area[0].set_value("foto buram")
    app = submit(app, "balik_berkas_akta", t.KEMBALIKAN)
    app = press(app, "langkah_kembalikan")
    assert app.multiselect[0].value == ["isian:alamat", "berkas:akta"]
    assert app.text_area[0].value == "Alamat: nomor rumah belum ada; Akta pendirian / akta notaris: foto buram"
    app = submit(app, "langkah_kembalikan", t.LANGKAH["kembalikan"])
    row = stored(application)
    assert (row["status"], row["diminta"]) == ("dikembalikan", ["isian:alamat", "berkas:akta"])
    assert "Diminta dari LKS: Alamat, Berkas: Akta pendirian / akta notaris" in words(app).replace("\\", "")
    assert t.PADA_LKS in words(app).replace("\\", "")


def test_sending_back_for_nothing_says_what_is_missing(application: int, open_page: Opener) -> None:
    app = press(at(open_page, application), "langkah_kembalikan")
    assert app.multiselect[0].value == []
    app.text_area[0].set_value("mohon dilengkapi")
    app = submit(app, "langkah_kembalikan", t.LANGKAH["kembalikan"])
    assert len(app.error) == 1 and stored(application)["status"] == "diterima"


def test_a_refusal_closes_it(application: int, open_page: Opener) -> None:
    app = press(at(open_page, application), "langkah_tolak")
    app.text_area[0].set_value("bukan kegiatan kesejahteraan sosial")
    app = submit(app, "langkah_tolak", t.LANGKAH["tolak"])
    assert stored(application)["status"] == "ditolak"
    assert any("bukan kegiatan kesejahteraan sosial" in box.value for box in app.warning)


def test_a_likely_twin_is_shown_and_can_be_tied(application: int, open_page: Opener) -> None:
    [twin] = store(lks_row("PA Kenanga (contoh)", "33.71", kluster=["anak"], alamat="Jl. Kenanga 4"))
    app = press(at(open_page, application), "langkah_periksa")
    assert any(box.value == t.MUNGKIN_URAIAN for box in app.warning)
    app = press(app, f"taut_{twin}")
    assert stored(application)["lks_id"] == twin and t.TAUT_TERSIMPAN in toasted(app)
    assert t.SEKARANG in words(app) and "LKS-33.71-0001" in words(app).replace("\\", "")
    assert any(button.label == t.TERIMA_SEARTI.format(jumlah="3") for button in app.button)
    app = press(app, "lepas")
    assert stored(application)["lks_id"] is None


def test_an_operator_elsewhere_sees_the_answer_of_nothing(application: int, open_page: Opener) -> None:
    answers = []
    for number in (application, 987654):
        app = at(open_page, number, region="33.74")
        answers.append([box.value for box in app.error] + [caption.value for caption in app.caption])
    # the name of the account differs; nothing else does
    assert answers[0][0] == answers[1][0] and len(answers[0]) == len(answers[1])
    assert FIELDS["nama"] not in words(app)


@pytest.mark.parametrize("asked", ["abc", "-1", "1" * 30, "1;2"])
def test_a_number_that_is_none_shows_the_queue(asked: str, application: int, open_page: Opener) -> None:
    app = open_page("pengajuan", role="operator", region="33.71", pengajuan=asked)
    assert not app.exception and not app.error and len(app.dataframe[0].value) == 1


def test_a_paper_is_looked_at_with_a_trace(application: int, open_page: Opener) -> None:
    key = bring(application, "akta")
    submitted_files.replace(key, b"\x89PNG kecil")
    app = press(at(open_page, application), "lihat_akta")
    assert not app.exception and not app.error
    [picture] = app.get("image")
    assert picture.proto.imgs[0].url.startswith("data:image/jpeg;base64,")
    assert [row["aksi"] for row in written("pengajuan")] == ["buka_berkas"]


def test_personal_values_are_masked_until_they_are_opened(application: int, open_page: Opener) -> None:
    app = at(open_page, application)
    assert FIELDS["ketua_telepon"] not in words(app) and "7890" in words(app)
    app = press(app, "buka_pribadi")
    app.selectbox[0].select("ketua_telepon")
    app = press(app, "buka_pribadi")
    app = submit(app, "buka_pribadi", "Tampilkan")
    assert FIELDS["ketua_telepon"] in words(app)
    assert [row["sesudah"] for row in written("pengajuan")] == [{"bidang": "ketua_telepon"}]


def test_text_from_outside_comes_to_no_life(fresh_db: Path, open_page: Opener) -> None:
    """Whoever applies writes what he likes; the operator's screen must not become his."""
    hostile: dict[str, Any] = {
        "nama": "LKS ![x](http://jahat.example/a.png)",
        "alamat": "**tebal** <script>alert(1)</script>",
    }
    app = at(open_page, hand_in(FIELDS | hostile))
    assert not app.exception
    assert "![x](" not in words(app) and "**tebal**" not in words(app)


def test_the_permohonan_screen_points_to_what_waits_online(application: int, open_page: Opener) -> None:
    app = open_page("permohonan", role="operator", region="33.71")
    links = [link.proto.label for link in app.get("page_link")]
    assert t.MENUNGGU_SATU.format(jumlah="1") in links
    app = open_page("permohonan", role="operator", region="52.72")
    assert not [link for link in app.get("page_link") if "daring" in link.proto.label]


def test_a_picked_row_opens_its_application(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue asked for a second click on a button that only stood there once a row was picked."""
    address: dict[str, str] = {}
    monkeypatch.setattr("streamlit.query_params", address)
    monkeypatch.setattr("streamlit.session_state", {queue.TABLE: {"selection": {"rows": [1]}}})
    queue._open([7, 9])
    assert address == {queue.OPENED: "9"}
    queue._open([7])  # the table became shorter meanwhile
    assert address == {queue.OPENED: "9"}


def test_a_paper_is_accepted_where_it_is_looked_at(application: int, open_page: Opener) -> None:
    bring(application, "akta")
    assert t.TERIMA_BERKAS not in {b.label for b in press(at(open_page, application), "lihat_akta").button}
    app = press(at(open_page, application), "langkah_periksa")
    app = press(app, "lihat_akta")
    looks = [row["aksi"] for row in written("pengajuan")].count("buka_berkas")
    app = submit(app, "lihat_akta", t.TERIMA_BERKAS)
    assert not app.exception and not app.error
    akta = next(paper for paper in applications.get(COMMAND_LINE, application).papers if paper.syarat == "akta")
    assert akta.file is not None and akta.file["keadaan"] == "diterima"
    assert [row["aksi"] for row in written("pengajuan")].count("buka_berkas") == looks, "accepting is no second look"

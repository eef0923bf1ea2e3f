"""The screen of open registration requests: what waits, how long it may still take, in the own region only."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import reading, writing
from data_access.tables import lks, permohonan
from domain.permissions import Actor
from services import clock, registration, tabular
from tests.ui.conftest import Opener
from tests.ui.conftest import open_page as open_page
from ui.profile import waiting
from ui.queues import Chosen
from ui.text import permohonan as t
from ui.text import umum

FRIDAY = date(2026, 11, 6)
TODAY = date(2026, 11, 27)  # three weeks later: day 15 of 14


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def waits(code: str, status: str, complete: date | None = None, due: date | None = None, jenis: str = "baru") -> None:
    """Puts a request of a sample LKS straight into a state; its steps have tests of their own."""
    with writing() as connection:
        lks_id = connection.execute(lks.select().where(lks.c.kode_lks == code)).mappings().one()["id"]
        values = {"lks_id": lks_id, "jenis": jenis, "status": status, "diajukan_pada": FRIDAY}
        connection.execute(permohonan.insert().values(**values, lengkap_pada=complete, tenggat=due))


@pytest.fixture
def requests(seeded_db: Path) -> None:
    """One late, one with three days left, one not yet complete; one elsewhere; one that is closed and must not show."""
    waits("LKS-33.71-0001", "diperiksa", FRIDAY, date(2026, 11, 26))
    waits("LKS-33.71-0002", "diverifikasi", date(2026, 11, 12), date(2026, 12, 2), "perpanjangan")
    waits("LKS-33.71-0003", "dikembalikan")
    waits("LKS-52.72-0001", "diajukan")
    waits("LKS-33.71-0004", "ditolak", FRIDAY, date(2026, 11, 26))


def shown(app: AppTest) -> pd.DataFrame:
    assert not app.exception and not app.error
    return app.dataframe[0].value


def test_what_waits_is_listed_by_urgency_with_the_time_that_is_left(requests: None, open_page: Opener) -> None:
    app = open_page("permohonan", role="operator", region="33.71")
    table = shown(app)
    assert list(table[t.KOLOM["kode_lks"]]) == ["LKS-33.71-0001", "LKS-33.71-0002", "LKS-33.71-0003"]
    assert list(table[t.KOLOM["sisa_kata"]]) == ["Lewat 1 hari kerja", "3 hari kerja lagi", t.BELUM_DIHITUNG]
    assert list(table[t.KOLOM["status"]])[::2] == ["Diperiksa", "Dikembalikan untuk dilengkapi"]
    assert app.header[0].value == "3 permohonan"
    said = " ".join(str(box.value) for box in app.markdown)
    assert "1 lewat tenggat" in said and "1 tinggal 3 hari atau kurang" in said
    everywhere = shown(open_page("permohonan", role="admin"))
    assert len(everywhere) == 4 and "Kota Bima" in set(everywhere[t.KOLOM["tempat"]])


def test_the_filters_narrow_and_come_from_the_address(requests: None, open_page: Opener) -> None:
    for query, codes in (
        ({"permohonan_wilayah": "Kota Bima"}, ["LKS-52.72-0001"]),
        ({"permohonan_wilayah": "Jawa Tengah", "permohonan_waktu": "Lewat tenggat"}, ["LKS-33.71-0001"]),
        ({"permohonan_status": ["Diajukan", "Diperiksa"]}, ["LKS-33.71-0001", "LKS-52.72-0001"]),
        ({"permohonan_jenis": "Daftar ulang"}, ["LKS-33.71-0002"]),
    ):
        table = shown(open_page("permohonan", role="admin", **query))
        assert list(table[t.KOLOM["kode_lks"]]) == codes, query
    app = open_page("permohonan", role="admin", permohonan_jenis="Daftar ulang", permohonan_waktu="Lewat tenggat")
    assert [box.value for box in app.info] == [t.TIDAK_COCOK_URAIAN] and not app.dataframe
    next(button for button in app.button if button.label == umum.HAPUS_SARINGAN).click().run()
    assert len(shown(app)) == 4


def test_nothing_waiting_says_so_and_where_requests_begin(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("permohonan", role="operator", region="33.71")
    assert [box.value for box in app.info] == [t.KOSONG_URAIAN]
    assert not app.exception and not app.dataframe and not app.selectbox


def test_a_row_leads_to_its_profile(requests: None, open_page: Opener) -> None:
    app = open_page("permohonan", role="operator", region="33.71")
    [online] = app.get("page_link")  # the sample application that waits
    assert online.proto.label == "1 pengajuan daring menunggu diperiksa"
    app.session_state["permohonan_tabel"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    _, link = app.get("page_link")
    assert link.proto.label == t.BUKA_PROFIL and "LKS-33.71-0002" in str(link.proto)


def test_the_workbook_has_the_days_as_numbers(requests: None, actor: Callable[..., Actor]) -> None:
    by = actor("operator", "33.71")
    chosen = Chosen(keadaan="lewat")
    rows = waiting.QUEUE.of(chosen, registration.open_requests(by))
    told = {"Saringan": waiting.QUEUE.words(chosen)}
    content = tabular.workbook(by, umum.PERMOHONAN, waiting.worded(rows, numbers=True), told)
    read = pd.read_excel(io.BytesIO(content), header=None, engine="openpyxl").astype(object)
    cells = [value for value in read.to_numpy().ravel() if value == value]
    assert t.EXCEL["sisa"] in cells and -1 in cells and "LKS-33.71-0001" in cells and "LKS-33.71-0002" not in cells


def test_the_time_that_is_left_reads_right() -> None:
    found = [t.sisa(days, "hari kerja") for days in (None, 4, 1, 0, -2)]
    assert found == [t.BELUM_DIHITUNG, "4 hari kerja lagi", "1 hari kerja lagi", t.HARI_TERAKHIR, "Lewat 2 hari kerja"]


def test_the_screen_reads_and_changes_nothing(requests: None, open_page: Opener) -> None:
    with reading() as connection:
        before = connection.execute(permohonan.select()).all()
    open_page("permohonan", role="operator", region="33.71")
    with reading() as connection:
        assert connection.execute(permohonan.select()).all() == before

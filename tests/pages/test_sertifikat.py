"""Certificates on the page Peserta: who is offered, what a click issues, how they are printed and withdrawn."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import Actor
from services import accounts, certificates, clock
from tests.certificate_rows import LAST, SERVER, an_event, stored
from tests.ui.conftest import sign_in
from ui.bimtek import certificates as screen
from ui.bimtek import roster_cards
from ui.text import sertifikat as t

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
Opened = Callable[..., AppTest]


@pytest.fixture
def opened(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The page for a real account, at a day after the events of these tests."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)

    def make(role: str = "pelatih", wilayah: str = "33.71") -> AppTest:
        cookies = {accounts.cookie_name(): sign_in(role, wilayah)}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        at = AppTest.from_file(str(ROOT / "pages" / "bimtek" / "peserta.py"), default_timeout=30)
        found = accounts.actor_of(cookies[accounts.cookie_name()])
        assert found is not None
        at.session_state["_pilar_actor"] = found
        at.session_state[roster_cards.ADDRESS] = SERVER  # a browser tells its own
        return at.run()

    return make


def certificates_of(at: AppTest) -> AppTest:
    next(one for one in at.button if one.label == t.SERTIFIKAT).click().run()
    assert not at.exception and not at.error
    return at


def test_a_bulk_issue_from_ticks_to_paper(opened: Opened) -> None:
    an_event(3, wilayah="33.72")
    event = an_event(3, {0: [0, 1], 1: [0, 1], 2: [0]})
    at = certificates_of(opened())
    assert "2 berhak dan belum terbit, 0 sudah terbit, 1 belum berhak." in [one.value for one in at.markdown]
    assert t.ASUMSI.format(batas=80) in [one.value for one in at.caption]
    assert [one.value for one in at.info] == [t.TANPA_IDENTITAS]
    assert at.button(key="sertifikat_terbitkan").disabled, "nobody is ticked before somebody ticks"
    offered, refused = (one.value for one in at.dataframe)
    assert offered["nama"].tolist() == ["Peserta Uji 001", "Peserta Uji 002"]
    assert not offered["terbit"].any() and not offered["tampil"].any()
    assert refused["Alasan"].tolist() == ["kehadiran di bawah batas"]
    assert refused["Kehadiran"].tolist() == ["1 dari 2 (50,0%)"]
    at.toggle(key="sertifikat_semua").set_value(True).run()
    assert at.button(key="sertifikat_terbitkan").disabled, "a date is never made up"
    at.date_input(key=f"sertifikat_tanggal_{event.event_id}").set_value(LAST).run()
    at.button(key="sertifikat_terbitkan").click().run()
    assert not at.exception and not at.error
    assert [(row["nama"], row["tampil_nama"]) for row in stored()] == [
        ("Peserta Uji 001", False),
        ("Peserta Uji 002", False),
    ]
    assert [one.value for one in at.toast] == ["2 sertifikat diterbitkan\\."]
    assert at.info[-1].value == t.TAK_ADA_BERHAK_URAIAN
    assert at.dataframe[0].value["Nomor"].tolist() == ["1/V/2026", "2/V/2026"]
    assert at.dataframe[0].value["Nama saat diperiksa"].tolist() == ["disamarkan"] * 2
    at.button(key="sertifikat_pdf").click().run()
    assert not at.exception and not at.error
    [link] = at.get("link_button")
    assert link.proto.url.startswith("/unduh/")


def test_those_who_agreed_are_named_and_a_wrong_date_is_told(opened: Opened) -> None:
    event = an_event(2)
    at = certificates_of(opened())
    at.toggle(key="sertifikat_semua").set_value(True)
    at.toggle(key="sertifikat_setuju").set_value(True)
    at.date_input(key=f"sertifikat_tanggal_{event.event_id}").set_value(date(2026, 5, 1)).run()
    at.button(key="sertifikat_terbitkan").click().run()
    assert "**Tanggal sertifikat**" in at.error[0].value and stored() == []
    at.date_input(key=f"sertifikat_tanggal_{event.event_id}").set_value(LAST).run()
    at.button(key="sertifikat_terbitkan").click().run()
    assert [row["tampil_nama"] for row in stored()] == [True, True]


def test_a_withdrawn_one_stays_in_the_list_with_its_reason(opened: Opened, actor: Callable[..., Actor]) -> None:
    event, by = an_event(1), actor("pelatih", "33.71")
    at = opened()
    [made] = certificates.issue(by, event.event_id, event.people, LAST, "a")
    certificates.withdraw(by, made, 1, "Nama keliru", "b")
    certificates_of(at)
    shown = next(one.value for one in at.dataframe if "Keadaan" in one.value)
    assert shown["Keadaan"].tolist() == ["dicabut 01/06/2026 10.00 WIB: Nama keliru"]
    assert not [one for one in at.button if one.key == "sertifikat_pdf"], "nothing in force is left to print"


def test_withdrawing_asks_for_a_reason(opened: Opened, actor: Callable[..., Actor]) -> None:
    event, by = an_event(1), actor("pelatih", "33.71")
    who = opened().session_state["_pilar_actor"]
    certificates.issue(by, event.event_id, event.people, LAST, "a")
    page = AppTest.from_string(
        f"""
from services import certificates
from ui import state
from ui.bimtek import certificates as screen
from ui.bimtek import roster_cards
by = state.actor()
screen.withdraw(by, certificates.entitled(by, {event.event_id}).issued[0])
"""
    )
    page.session_state["_pilar_actor"] = who
    page.run()
    next(one for one in page.button if one.label == t.CABUT).click().run()
    assert page.error and stored()[0]["dicabut_pada"] is None
    page.text_input[0].set_value("Nama keliru")
    next(one for one in page.button if one.label == t.CABUT).click().run()
    assert not page.exception
    assert stored()[0]["alasan_cabut"] == "Nama keliru"


def test_an_event_before_its_last_day_explains_itself(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    an_event(2)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 5, 22, 3, tzinfo=UTC))
    at = certificates_of(opened())
    assert at.info[-1].value == t.TAK_ADA_BERHAK_URAIAN
    assert at.dataframe[-1].value["Alasan"].tolist() == ["kegiatan belum selesai"] * 2


def test_leaving_goes_back_to_the_roster(opened: Opened) -> None:
    an_event(1)
    at = certificates_of(opened())
    next(one for one in at.button if one.label == t.KEMBALI).click().run()
    assert not at.exception and screen._OPEN not in at.session_state
    assert any(one.label == t.SERTIFIKAT for one in at.button)

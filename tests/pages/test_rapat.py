"""Rapat on the screen: prepared, run and closed by an LKKS, looked at by the Dinas, recorded within three clicks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import Actor
from domain.rapat import PanelSpec
from services import accounts, actions, attendance_list, decisions, meetings
from tests.rapat_rows import RAKOR, TODAY, close, running
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.rapat import choosing, panel_view, recording
from ui.text import rapat as t

Make = Callable[..., Actor]
DIALOG = """
from services import meetings
from ui import state
from ui.rapat import agenda_dialogs, attendance_view, meeting_dialogs
by = state.actor()
{call}
"""
ROLES = ("lkks", "kepala_dinas", "operator")


@pytest.fixture
def by(seeded_db: Path, actor: Make) -> Actor:
    """The LKKS of Kota Magelang among the sample LKS, beside a meeting of another city that must never show."""
    meetings.create(actor("admin"), RAKOR | {"wilayah": "52.72", "judul": "Rakor rahasia Bima"}, "t-lain")
    return actor("lkks", "33.71")


def opened(open_page: Opener, by: Actor, rapat_id: int, role: str = "lkks", part: str | None = None) -> AppTest:
    label = choosing.label(meetings.get(by, rapat_id).record)
    app = open_page("rapat", role=role, region="33.71", rapat=label)
    if part:
        app.session_state[f"bagian_rapat_{rapat_id}"] = part
        app.run()
    assert not app.exception, app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def words(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.caption, app.markdown, app.info, app.warning, app.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    found = [button for button in app.button if button.label == label]
    return found[place].click().run()


def test_an_empty_list_names_the_next_step(fresh_db: Path, open_page: Opener) -> None:
    app = open_page("rapat", role="lkks", region="33.71")
    assert [box.value for box in app.info] == [t.KOSONG_URAIAN] and "rapat_baru" in keys(app)
    reader = open_page("rapat", role="kepala_dinas", region="33.71")
    assert [box.value for box in reader.info] == [t.KOSONG_PEMBACA] and "rapat_baru" not in keys(reader)


@pytest.mark.parametrize("role", ROLES)
def test_the_list_shows_the_own_regions_meetings(role: str, by: Actor, open_page: Opener) -> None:
    running(by)
    app = open_page("rapat", role=role, region="33.71")
    titles = [title for table in app.dataframe for title in table.value[t.KOLOM_RAPAT["judul"]]]
    assert "Rakor LKKS uji" in titles and "Rakor rahasia Bima" not in titles
    assert not app.exception and not app.error


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["disiapkan", "berjalan", "ditutup"])
def test_every_part_in_every_state_shows_only_what_may_be_done(
    state: str, role: str, by: Actor, open_page: Opener
) -> None:
    rapat_id = meetings.create(by, RAKOR, "buat") if state == "disiapkan" else running(by)
    if state == "ditutup":
        close(by, rapat_id)
    seen: set[str] = set()
    for part in (None, t.AGENDA, t.HADIR, t.NOTULEN):
        app = opened(open_page, by, rapat_id, role, part)
        assert not app.error, (part, [box.value for box in app.error])
        seen |= keys(app)
    running_it = {"ubah_rapat", "butir_baru", "ubah_butir", "tempel_hadir"}
    expected = running_it if role == "lkks" and state != "ditutup" else set()
    assert seen & running_it == expected
    steps = {
        "disiapkan": {"mulai_rapat", "hapus_rapat"},
        "berjalan": {"kembali_rapat", "tutup_rapat"},
        "ditutup": set(),
    }
    every_step = {"mulai_rapat", "hapus_rapat", "kembali_rapat", "tutup_rapat"}
    assert seen & every_step == (steps[state] if role == "lkks" else set())


def test_the_open_actions_of_before_stand_first_overdue_on_top(by: Actor, open_page: Opener, actor: Make) -> None:
    actions.add(by, {"jenis": "tugas", "apa": "Belum jatuh tempo"}, "a1")
    actions.add(by, {"jenis": "tugas", "apa": "Sudah *lewat*", "tenggat": date(2020, 1, 1), "pic": "Sekretaris"}, "a2")
    actions.add(actor("admin"), {"jenis": "tugas", "apa": "Urusan Bima", "wilayah_rapat": "52.72"}, "a3")
    app = opened(open_page, by, running(by))
    lines = [str(one.value) for one in app.markdown if str(one.value).startswith("**")]
    assert lines[0] == "**Sudah \\*lewat\\***" and lines[-1] == "**Belum jatuh tempo**"
    assert len(lines) == 2 + 3 and t.tab_lalu(5) in [tab.label for tab in app.tabs]
    assert "Urusan Bima" not in words(app)


def test_a_decision_takes_two_clicks(by: Actor, open_page: Opener) -> None:
    """Into the text (typing is no click), then the button; the next entry is empty again."""
    rapat_id = running(by)
    app = opened(open_page, by, rapat_id, part=t.AGENDA)
    clicks = 1  # into the text
    area = next(area for area in app.text_area if area.label == t.ISIAN["isi"])
    area.input("Menyetujui jadwal kunjungan")
    press(app, t.CATAT_KEPUTUSAN)
    clicks += 1
    found = meetings.get(by, rapat_id)
    assert [(row["isi"], row["butir_id"]) for row in found.keputusan] == [
        ("Menyetujui jadwal kunjungan", found.butir[0]["id"])
    ]
    assert clicks == 2 and next(area for area in app.text_area if area.label == t.ISIAN["isi"]).value == ""
    assert "1\\. Menyetujui jadwal kunjungan" in words(app)


def test_an_action_takes_three_clicks(by: Actor, open_page: Opener) -> None:
    """Into the text, on the duty, and on the button that names the due date; who and institution are reached by Tab."""
    rapat_id = running(by)
    app = opened(open_page, by, rapat_id, part=t.AGENDA)
    clicks = 1  # into the text
    next(area for area in app.text_area if area.label == t.ISIAN["apa"]).input("Mengusulkan anggaran")
    next(line for line in app.text_input if line.label == t.ISIAN["pic"]).input("Bendahara")
    next(line for line in app.text_input if line.label == t.ISIAN["pic_instansi"]).input("Dinas Sosial")
    next(pills for pills in app.button_group if pills.label == t.ISIAN["tugas"]).select("advokasi")
    clicks += 1
    press(app, t.TENGGAT_CEPAT["bulan"])
    clicks += 1
    [row] = meetings.get(by, rapat_id).tindak_lanjut
    assert clicks == 3
    assert (row["apa"], row["pic"], row["pic_instansi"], row["tugas"], row["jenis"]) == (
        "Mengusulkan anggaran", "Bendahara", "Dinas Sosial", "advokasi", "tugas",
    )  # fmt: skip
    assert row["tenggat"] == recording.due_dates(row["dibuat_pada"].date())["bulan"]
    assert row["topik"] == "Tindak lanjut rapat lalu"


def test_an_empty_action_is_refused_by_name_and_nothing_is_stored(by: Actor, open_page: Opener) -> None:
    rapat_id = running(by)
    app = opened(open_page, by, rapat_id, part=t.AGENDA)
    press(app, t.TENGGAT_CEPAT["minggu"])
    assert t.ISIAN["apa"] in app.error[0].value
    press(app, t.TENGGAT_TANGGAL)
    assert [box.value for box in app.warning] == [t.TENGGAT_BELUM]
    assert meetings.get(by, rapat_id).tindak_lanjut == []


def test_a_decision_is_taken_back_and_restored_on_the_spot(by: Actor, open_page: Opener) -> None:
    rapat_id = running(by)
    item = meetings.get(by, rapat_id).butir[0]["id"]
    decisions.add(by, rapat_id, item, "Setuju", "d1")
    app = opened(open_page, by, rapat_id, part=t.AGENDA)
    press(app, t.BATALKAN)
    assert meetings.get(by, rapat_id).keputusan[0]["dibatalkan_pada"] is not None
    assert t.BATAL_DICORET in words(app)
    press(app, t.PULIHKAN)
    assert meetings.get(by, rapat_id).keputusan[0]["dibatalkan_pada"] is None


def test_the_agenda_is_walked_and_moved(by: Actor, open_page: Opener) -> None:
    rapat_id = running(by)
    app = opened(open_page, by, rapat_id, part=t.AGENDA)
    assert "1. Tindak lanjut rapat lalu" in words(app)
    press(app, t.SESUDAH)
    assert "2. LKS menurut kluster dan wilayah" in words(app) and "11 LKS" in words(app)
    press(app, t.NAIK)
    assert meetings.get(by, rapat_id).butir[0]["judul"] == "LKS menurut kluster dan wilayah"


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """A dialog on its own: AppTest reruns the whole script where a browser reruns only the open dialog."""

    def make(call: str, role: str = "lkks") -> AppTest:
        token = sign_in(role, "33.71")
        cookies = {accounts.cookie_name(): token}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        at = AppTest.from_string(DIALOG.format(call=call), default_timeout=30)
        at.session_state["_pilar_actor"] = accounts.actor_of(token)
        return at.run()

    return make


def test_closing_says_what_it_freezes_and_the_frozen_panels_open_again(
    by: Actor, open_page: Opener, dialog: Callable[..., AppTest]
) -> None:
    rapat_id = running(by)
    decisions.add(by, rapat_id, None, "Tanpa butir", "d1")
    at = dialog(f"meeting_dialogs.close(by, meetings.get(by, {rapat_id}))")
    said = words(at)
    assert "9 panel dari 8 butir" in said and "1 keputusan" in said and t.TUTUP_KOSONG in said
    at.button[0].click().run()
    assert meetings.get(by, rapat_id).closed
    again = opened(open_page, by, rapat_id, "kepala_dinas", t.AGENDA)
    assert "Angka beku per" in words(again) and "Tanpa butir" in words(again)
    assert t.CATAT_KEPUTUSAN not in {button.label for button in again.button}


def test_attendance_is_pasted_and_shown(by: Actor, open_page: Opener, dialog: Callable[..., AppTest]) -> None:
    rapat_id = running(by)
    assert t.HADIR_KOSONG in words(opened(open_page, by, rapat_id, part=t.HADIR))
    at = dialog(f"attendance_view.paste(by, {rapat_id})")
    at.text_area[0].input("Satu;Ketua;LKS A\nDua;;LKS B")
    press(at, t.SIMPAN)
    assert t.TEMPEL_ASAL not in words(at) and len(at.error) == 1, "where they come from is asked"
    at.selectbox[0].select("lks")
    press(at, t.SIMPAN)
    assert [row["nama"] for row in meetings.get(by, rapat_id).hadir] == ["Satu", "Dua"]
    assert "2 hadir dari 2 instansi, 0 tidak hadir" in words(opened(open_page, by, rapat_id, part=t.HADIR))
    reader = opened(open_page, by, rapat_id, "operator", t.HADIR)
    assert list(reader.dataframe[0].value[t.KOLOM_HADIR["nama"]]) == ["Satu", "Dua"]


def test_everybody_is_marked_as_present_in_one_press(by: Actor, open_page: Opener) -> None:
    rapat_id = running(by)
    attendance_list.paste(by, rapat_id, "Satu;Ketua;LKS A\nDua;;LKS B", "lks", "h1")
    first, second = meetings.get(by, rapat_id).hadir
    attendance_list.mark(
        by, rapat_id, {row["id"]: {"hadir": False, "keterangan": "izin"} for row in (first, second)}, "h2"
    )
    app = opened(open_page, by, rapat_id, part=t.HADIR)
    press(app, t.SEMUA_HADIR)
    assert [(row["hadir"], row["keterangan"]) for row in meetings.get(by, rapat_id).hadir] == [(True, "izin")] * 2
    app = opened(open_page, by, rapat_id, part=t.HADIR)
    assert t.SEMUA_HADIR not in {button.label for button in app.button}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 dari 3 (33,3%)", ("33,3%", "1 dari 3")),
        ("1.709 dari 1.950 (87,6%)", ("87,6%", "1.709 dari 1.950")),
        ("12", ("12", None)),
        ("73,67 indeks (data lama)", ("73,67 indeks (data lama)", None)),
        ("53,8%", ("53,8%", None)),
    ],
)
def test_a_share_of_a_panel_stands_in_two_lines(text: str, told: tuple[str, str | None]) -> None:
    """On a laptop "1 dari 3 (33,3%)" was cut to "1 dari 3 (3...", so that nobody could read the figure."""
    assert panel_view.in_two(text) == told


def test_a_meeting_is_made_with_the_agenda_of_its_kind(by: Actor, dialog: Callable[..., AppTest]) -> None:
    at = dialog("meeting_dialogs.create(by)")
    press(at, t.SIMPAN)
    assert t.ISIAN["jenis"] in at.error[0].value and t.ISIAN["tanggal"] in at.error[0].value
    at.selectbox[0].select("musda")
    next(line for line in at.text_input if line.label == t.ISIAN["judul"] + t.WAJIB).input("Musda uji")
    at.date_input[0].set_value(TODAY)
    press(at, t.SIMPAN)
    row = max(meetings.listed(by).to_dict("records"), key=lambda row: int(row["id"]))
    assert (row["judul"], row["jenis"], row["wilayah"], row["butir"]) == ("Musda uji", "musda", "33.71", 4)


def test_an_item_is_added_with_an_indicator(by: Actor, dialog: Callable[..., AppTest]) -> None:
    rapat_id = running(by)
    at = dialog(f"agenda_dialogs.add(by, meetings.get(by, {rapat_id}))")
    at.text_input[0].input("Kemiskinan")
    at.multiselect[0].select("indikator").run()
    press(at, t.SIMPAN)
    assert t.ISIAN["panel"] in at.error[0].value, "which indicator is not guessed"
    next(box for box in at.selectbox if box.label == t.PANEL_INDIKATOR).select("p0").run()
    press(at, t.SIMPAN)
    assert meetings.get(by, rapat_id).butir[-1]["panel"] == [PanelSpec("indikator", kode="p0")]


def test_a_meeting_of_another_region_is_not_opened(by: Actor, open_page: Opener, actor: Make) -> None:
    other = meetings.listed(actor("admin", "52.72"))
    label = choosing.label(other.to_dict("records")[0])
    app = open_page("rapat", role="lkks", region="33.71", rapat=label)
    assert not app.exception and "Bima" not in words(app).replace(label, "")

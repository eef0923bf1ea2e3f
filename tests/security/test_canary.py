"""Region leaks: every page, asked for other regions in every way its address allows, sends no name or code of theirs.

What is searched is the whole of every message that the run sends to the browser, not what the screen shows.
"""

from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from data_access.engine import reading
from data_access.queries import records
from data_access.tables import lks as lks_table
from domain.errors import NotFound
from domain.permissions import Actor, Permission, Scope
from services import (
    actions,
    applications,
    audit,
    downloads,
    freezing,
    indicator_rows,
    indicators,
    letters,
    lkks,
    meetings,
    minutes,
    minutes_files,
    panels,
    programs,
    tabular,
    wall,
)
from tests.guard_rows import plant
from tests.ui.conftest import open_page as open_page
from ui.navigation import SCREENS

Opener = Callable[..., AppTest]
ATTEMPTS: tuple[dict[str, str], ...] = (
    {},
    {"lks": "LKS-52.72-0001", "wilayah": "Kota Bima", "kecamatan": "52.72.01", "cari": "panti", "arsip": "true"},
    {"wilayah": "52.72", "berakhir": "180", "koordinat": "true", "kembar_batas": "60"},
)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every message that a run puts into its queue for the browser."""
    from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

    found: list[bytes] = []
    enqueue = ForwardMsgQueue.enqueue

    def note(self: ForwardMsgQueue, message: ForwardMsg) -> None:
        found.append(message.SerializeToString())
        enqueue(self, message)

    monkeypatch.setattr(ForwardMsgQueue, "enqueue", note)
    return found


def _needles(root: str) -> tuple[set[bytes], set[bytes]]:
    """(own, foreign) codes and names of LKS; a name that both sides have is nobody's canary."""
    with reading() as connection:
        ids = [row.id for row in connection.execute(select(lks_table.c.id))]
        rows = list(records.by_ids(connection, Scope(None), ids).values())
    own = [row for row in rows if Scope(root).covers(row["kode_wilayah"])]
    names = {row["nama"] for row in own}
    other = [row for row in rows if not Scope(root).covers(row["kode_wilayah"])]
    foreign = {row["kode_lks"] for row in other} | {row["nama"] for row in other} - names
    return {name.encode() for name in names}, {needle.encode() for needle in foreign}


@pytest.mark.parametrize(("role", "root"), [("operator", "33.71"), ("lkks", "13.76"), ("admin", "33.71")])
def test_no_page_sends_anything_about_an_lks_elsewhere(
    role: str, root: str, seeded_db: Path, open_page: Opener, sent: list[bytes]
) -> None:
    """Somebody of another region who writes codes, names and filters of it into the address learns nothing."""
    own, foreign = _needles(root)
    assert len(own) >= 5 and len(foreign) >= 100
    seen_own = 0
    for screen in SCREENS:
        # A page kept warm by somebody with the whole country in view must not answer for somebody with a part of it.
        open_page(screen.url, role="admin")
        for attempt in ATTEMPTS:
            sent.clear()
            app = open_page(screen.url, role=role, region=root, **attempt)
            assert not app.exception, (screen.url, attempt)
            stream = b"".join(sent)
            for asked in attempt.values():
                stream = stream.replace(asked.encode(), b"")  # an address that comes back as it was sent tells nothing
            leaked = {needle.decode() for needle in foreign if needle in stream}
            assert not leaked, (screen.url, attempt, sorted(leaked)[:5])
            seen_own += sum(name in stream for name in own)
    assert seen_own > 0, "the stream was searched where names do stand"


def test_not_yours_and_not_there_look_alike(seeded_db: Path, open_page: Opener) -> None:
    """A code of another region must not even show that it exists."""
    answers = []
    for code in ("LKS-52.72-0001", "LKS-99.99-9999"):
        app = open_page("profil_lks", role="operator", region="33.71", lks=code)
        answers.append([box.value for box in (*app.error, *app.caption, *app.markdown) if "Uji" not in str(box.value)])
    assert answers[0] == answers[1] and answers[0]


MARK, OWN = "KANARIASING", "KANARISENDIRI"
# What a city's LKKS has met about, which not even the LKKS of its province reads.
MET = [f"{OWN} {what}" for what in ("rapat", "butir", "keputusan", "tindakan", "topik", "hadirin", "catatan", "aula")]
# Every role that looks at a part of the country, and the provincial LKKS beside the city's.
NARROW = [
    *[(role, "33.71") for role in ("kepala_dinas", "operator", "pelatih", "lkks", "admin")],
    ("operator", "33"),
    ("lkks", "33"),
]


@pytest.fixture
def foreign(seeded_db: Path) -> list[dict[str, Any]]:
    """One of everything of the affairs of issue 4 in two other provinces, one meeting of them closed; and of the own city."""
    plant("33.71", OWN)
    return [plant("52.71", MARK), plant("13.71", MARK, meeting="disiapkan", application="dikembalikan")]


def _asking(of: dict[str, Any]) -> dict[str, str]:
    """An address that asks for everything of another region at once."""
    asked = {"rapat": str(of["rapat"]), "agenda": f"1. {MARK} butir", "butir": "1", "pengajuan": str(of["pengajuan"])}
    asked |= {"lks": str(of["lks"]), "lkks": of["wilayah"], "surat": str(of["surat"]), "daerah": of["wilayah"]}
    asked |= {"program": str(of["program_lkks"]), "surat_lkks": of["wilayah"], "psks_lks": str(of["lks"])}
    return asked | {"pengajuan_wilayah": of["wilayah"], "wilayah": of["wilayah"], "lkks_cakupan": of["wilayah"]}


@pytest.mark.parametrize(("role", "root"), NARROW)
def test_no_page_sends_anything_of_the_affairs_of_another_lkks(
    role: str, root: str, foreign: list[dict[str, Any]], open_page: Opener, sent: list[bytes]
) -> None:
    """Meetings, what they decided, actions, programs, letters, officers and applications of elsewhere stay there."""
    seen_own = 0
    for screen in SCREENS:
        open_page(screen.url, role="admin")
        for of in foreign:
            sent.clear()
            app = open_page(screen.url, role=role, region=root, **_asking(of))
            assert not app.exception, (screen.url, of)
            stream = b"".join(sent)
            for asked in (f"1. {MARK} butir", quote_plus(f"1. {MARK} butir")):  # the address comes back as it was sent
                stream = stream.replace(asked.encode(), b"")
            at = stream.find(MARK.encode())
            assert at < 0, (screen.url, stream[max(0, at - 80) : at + 120])
            seen_own += OWN.encode() in stream
            above = [needle for needle in MET if needle.encode() in stream] if (role, root) == ("lkks", "33") else []
            assert above == [], screen.url
    # A provincial LKKS sees the programs and letters of its province, and of its cities' meetings nothing (below).
    assert seen_own > 0, "the stream was searched where the own affairs do stand"


def _told(by: Actor) -> dict[str, str]:
    """Every read of issue 4 that an actor is offered, as text: frames, data, workbooks and documents."""
    P = Permission
    found: dict[str, Any] = {"programs": programs.listed(by), "programs.choices": programs.choices(by, "33.71")}
    for one in indicators.dictionary(by):
        if one.of_actions and not by.may(P.VIEW_MEETINGS):
            with pytest.raises(NotFound):
                indicator_rows.rows_behind(by, one.kode, by.scope.root)
        elif one.jenis == "register" and indicators.stated_for(one, by.scope.root or ""):
            found[f"baris {one.kode}"] = indicator_rows.rows_behind(by, one.kode, by.scope.root).to_csv()
    if by.may(P.VIEW_LKKS):
        found |= {"letters": letters.listed(by), "lkks": lkks.listed(by)}
        found["profile"] = lkks.profile(by, by.scope.root or "")
    if by.may(P.REVIEW_REGISTRATION):
        found["queue"] = applications.queue(by).to_csv()
    if by.may(P.VIEW_AUDIT):
        found["audit"] = audit.trail(by, audit.Filters(), size=500)[0].to_csv()
    if by.may(P.VIEW_MEETINGS):
        frames = {"meetings": meetings.listed(by), "actions": actions.listed(by), "open": actions.open_actions(by)}
        for name, frame in frames.items():
            found[name] = frame.to_csv()
            found[f"{name}.xlsx"] = _unpacked(tabular.workbook(by, name, frame, {}))
        for rapat_id in frames["meetings"]["id"]:
            found |= _meeting(by, int(rapat_id))
    return {name: value if isinstance(value, str) else repr(value) for name, value in found.items()}


def _meeting(by: Actor, rapat_id: int) -> dict[str, Any]:
    whole = meetings.get(by, rapat_id)
    found: dict[str, Any] = {f"rapat {rapat_id}": whole, f"notulen {rapat_id}": minutes.minutes(by, rapat_id)}
    if by.role.id != "lkks" or whole.record["wilayah"] == by.scope.root:
        region = whole.record["wilayah"]
        specs = [spec for item in whole.butir for spec in item["panel"]]
        found[f"panel {rapat_id}"] = [panels.panel(by, region, spec).as_data() for spec in specs]
        found[f"layar {rapat_id}"] = [asdict(wall.screen(by, rapat_id, n)) for n in range(len(whole.butir) + 1)]
    if whole.closed:
        found[f"potret {rapat_id}"] = [panel.as_data() for panel in freezing.snapshot(by, rapat_id).values()]
    if by.user_id is not None and whole.closed:
        for ending, make in (("docx", minutes_files.minutes_docx), ("pdf", minutes_files.minutes_pdf)):
            kept = downloads.get(by, make(by, rapat_id).removeprefix("/unduh/")).path.read_bytes()
            found[f"{ending} {rapat_id}"] = _unpacked(kept) if ending == "docx" else _pages(kept)
    return found


def _unpacked(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def _pages(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.parametrize(("role", "root"), NARROW)
def test_no_read_table_or_document_tells_of_another_lkks(
    role: str, root: str, foreign: list[dict[str, Any]], actor: Callable[..., Actor]
) -> None:
    """What stands behind the screens: drill-down rows, panels, the wall, frozen panels, minutes in Word and PDF, Excel."""
    meetings.close(actor("admin"), foreign[0]["rapat"], 1, "t-tutup")
    own = actor("admin", "33.71")
    [ours] = [int(row) for row in meetings.listed(own).query("judul.str.contains(@OWN)")["id"]]
    meetings.close(own, ours, 1, "t-tutup-sendiri")
    told = _told(actor(role, root, 1))
    for name, text in told.items():
        at = text.find(MARK)
        assert at < 0, (name, text[max(0, at - 80) : at + 120])
    assert any(OWN in text for text in told.values())
    if (role, root) == ("lkks", "33"):
        assert [(name, needle) for name, text in told.items() for needle in MET if needle in text] == []
    if actor(role, root).may(Permission.VIEW_MEETINGS) and (role, root) != ("lkks", "33"):
        assert all(OWN in told[f"{kind} {ours}"] for kind in ("rapat", "notulen", "layar", "docx", "pdf"))
        assert OWN in told["meetings.xlsx"] and OWN in told["actions.xlsx"]


def test_a_provincial_lkks_learns_nothing_of_the_meetings_of_a_city(
    foreign: list[dict[str, Any]], actor: Callable[..., Actor]
) -> None:
    """None stands above another: not even that a city's LKKS has met."""
    city, province = actor("lkks", "33.71"), actor("lkks", "33")
    mine = [int(row) for row in meetings.listed(city)["id"]]
    assert mine
    for rapat_id in mine:
        for read in (meetings.get, minutes.minutes, minutes_files.minutes_docx, minutes_files.minutes_pdf):
            with pytest.raises(NotFound):
                read(province, rapat_id)
        with pytest.raises(NotFound):
            wall.screen(province, rapat_id, 0)
        with pytest.raises(NotFound):
            freezing.snapshot(province, rapat_id)
    assert OWN in actions.listed(city).to_csv()
    assert OWN not in actions.listed(province).to_csv() + meetings.listed(province).to_csv()

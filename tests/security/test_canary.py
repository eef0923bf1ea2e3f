"""Region leaks: every page, asked for other regions in every way its address allows, sends no name or code of theirs.

What is searched is the whole of every message that the run sends to the browser, not what the screen shows.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from data_access.engine import reading
from data_access.queries import records
from data_access.tables import lks
from domain.permissions import Scope
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
        ids = [row.id for row in connection.execute(select(lks.c.id))]
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

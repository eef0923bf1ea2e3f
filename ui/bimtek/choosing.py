"""The event that a Bimtek screen is about, chosen once and kept in the URL."""

from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from domain import figures
from domain.permissions import Actor
from services import events
from ui.text import hasil as t

EVENT = "kegiatan"  # the name in the URL; an event's number and title hold no person's data


def label(row: dict[Any, Any]) -> str:
    """ "22 Mei 2025 · Bimtek LKS (no. 3)": unique, because the number is."""
    return t.PILIHAN_KEGIATAN.format(
        tanggal=figures.date_long(row["mulai"]), judul=row["judul"], nomor=row["id"]
    )  # fmt: skip


def event(by: Actor) -> int | None:
    """The id of the chosen event, the latest one at first; None, with a designed empty state, when there is none."""
    rows = {int(row["id"]): row for row in events.listed(by).to_dict("records")}
    if not rows:
        st.info(t.BELUM_ADA_KEGIATAN_URAIAN, title=t.BELUM_ADA_KEGIATAN, icon=":material/event:")
        return None
    return st.selectbox(
        t.KEGIATAN,
        list(rows),
        format_func=lambda id: label(rows[id]),
        key=EVENT,
        bind="query-params",
        persist_state="session",
    )


def own_address() -> str:
    """The address that this browser reached the server under, to begin links with."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

"""One meeting on the screen: its heading with the steps that may be taken, and the way to its wall."""

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from domain import figures
from domain.permissions import Actor
from services import meetings, wilayah
from services.meeting_store import Meeting
from services.meeting_words import word
from ui import feedback
from ui.bimtek.choosing import own_address
from ui.rapat import meeting_dialogs
from ui.rapat.writing import attempt
from ui.text import rapat as t


def header(by: Actor, found: Meeting) -> None:
    """Title, state, day and place of a meeting, and the buttons of whoever runs it."""
    row = found.record
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(feedback.escape(row["judul"]), anchor=False, width="stretch")
        colour: Any = t.WARNA[row["status"]]
        st.badge(word("status_rapat", row["status"]), color=colour)
        if row["contoh"]:
            st.badge(t.CONTOH, color="orange")
    hours = "-".join(part for part in (row["mulai"], row["selesai"]) if part)
    hours = f"{hours} {figures.zone_of(row['wilayah'])}" if hours else ""
    place = wilayah.name(row["wilayah"] or None)
    words = [word("jenis", row["jenis"]), place, figures.date_long(row["tanggal"]), hours, row["tempat"]]
    st.caption(feedback.escape(" · ".join(part for part in words if part)))
    with st.container(horizontal=True):
        query = urlencode({"embed": "true", "rapat": row["id"]})
        address = f"{own_address()}/rapat?{query}"
        st.link_button(t.LAYAR, address, icon=":material/cast:", help=t.LAYAR_BANTUAN)
        if meetings.manages(by, found):
            _steps(by, found)


def _steps(by: Actor, found: Meeting) -> None:
    row = found.record
    if st.button(t.UBAH_RAPAT, icon=":material/edit:", key="ubah_rapat"):
        meeting_dialogs.edit(by, found)
    if row["status"] == "disiapkan":
        if st.button(t.MULAI_RAPAT, icon=":material/play_arrow:", type="primary", key="mulai_rapat"):
            _move(by, row, "berjalan", t.DIMULAI)
        if not found.keputusan and not found.tindak_lanjut:
            if st.button(t.HAPUS_RAPAT, icon=":material/delete:", key="hapus_rapat"):
                meeting_dialogs.remove(by, found)
    else:
        if st.button(t.KEMBALI_SIAPKAN, icon=":material/undo:", key="kembali_rapat"):
            _move(by, row, "disiapkan", t.DIKEMBALIKAN)
        if st.button(t.TUTUP_RAPAT, icon=":material/lock:", type="primary", key="tutup_rapat"):
            meeting_dialogs.close(by, found)


def _move(by: Actor, row: dict[str, Any], to: str, done: str) -> None:
    attempt(f"ke_{to}_{row['id']}", lambda token: meetings.move(by, row["id"], row["versi"], to, token), done)

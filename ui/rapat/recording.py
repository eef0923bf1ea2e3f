"""Writing down while the meeting runs: a decision is text and one press, an action text, its duty and the press that dates it.

Counted in tests/pages/test_rapat.py: a decision takes two clicks (into the text, on the button), an action three (into
the text, on the duty, on the button that names the due date and stores); institutions and names are reached by Tab.
"""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from domain.bimtek import months_after
from domain.permissions import Actor
from services import actions, clock, decisions
from services.meeting_store import Meeting
from ui import feedback
from ui.profile import entry
from ui.rapat import action_lines
from ui.rapat.meeting_dialogs import text
from ui.rapat.writing import attempt, fresh
from ui.text import rapat as t

Row = dict[str, Any]


def section(by: Actor, found: Meeting, item: Row | None, manages: bool) -> None:
    """Decisions and actions of an agenda item (None: of no item), with their forms for whoever runs the meeting."""
    item_id = item["id"] if item else None
    st.subheader(t.KEPUTUSAN, anchor=False)
    if manages:
        _decide(by, found, item_id)
    _decisions(by, found, item_id, manages)
    st.subheader(t.TINDAK_LANJUT, anchor=False)
    if manages:
        _agree(by, found, item_id)
    _actions(by, found, item_id, manages)


def due_dates(today: date) -> dict[str, date]:
    """The quick due dates: in a week, in a month, at the end of the year."""
    return {"minggu": today + timedelta(days=7), "bulan": months_after(today, 1), "tahun": date(today.year, 12, 31)}


def _decide(by: Actor, found: Meeting, item_id: int | None) -> None:
    key = f"keputusan_{found.record['id']}_{item_id}"
    with st.form(key, border=True, enter_to_submit=False):
        isi = entry.text(t.ISIAN["isi"], fresh(key), most=2000, long=True)
        if st.form_submit_button(t.CATAT_KEPUTUSAN, icon=":material/gavel:", type="primary"):
            attempt(key, lambda token: decisions.add(by, found.record["id"], item_id, isi or "", token), t.TERCATAT)


def _decisions(by: Actor, found: Meeting, item_id: int | None, manages: bool) -> None:
    mine = [row for row in found.keputusan if row["butir_id"] == item_id]
    numbers = {row["id"]: n for n, row in enumerate((r for r in found.keputusan if r["dibatalkan_pada"] is None), 1)}
    if not mine:
        st.caption(t.BELUM_ADA_KEPUTUSAN)
    for row in mine:
        gone = row["dibatalkan_pada"] is not None
        with st.container(horizontal=True, vertical_alignment="center"):
            words = feedback.escape(row["isi"])
            st.markdown(f"~~{words}~~ ({t.BATAL_DICORET})" if gone else f"{numbers[row['id']]}\\. {words}")
            if manages:
                _undo(gone, "keputusan", row, by, found)


def _undo(gone: bool, kind: str, row: Row, by: Actor, found: Meeting) -> None:
    label, icon = (t.PULIHKAN, "undo") if gone else (t.BATALKAN, "block")
    key = f"undo_{kind}_{row['id']}_{row['versi']}"
    if not st.button(label, key=key, icon=f":material/{icon}:", type="tertiary"):
        return
    rapat_id, row_id, version = found.record["id"], row["id"], row["versi"]
    done = t.DIPULIHKAN if gone else t.DIBATALKAN
    if kind == "keputusan":
        write = decisions.restore if gone else decisions.withdraw
        attempt(key, lambda token: write(by, rapat_id, row_id, version, token), done)
    elif gone:
        attempt(key, lambda token: actions.restore(by, row_id, version, token), done)
    else:
        attempt(key, lambda token: actions.withdraw(by, row_id, version, token), done)


def _agree(by: Actor, found: Meeting, item_id: int | None) -> None:
    key = f"tindak_{found.record['id']}_{item_id}"
    prefix = fresh(key)
    dates = due_dates(clock.today())
    due: date | None = None
    pressed = None
    with st.form(key, border=True, enter_to_submit=False):
        given: Row = {"apa": text("apa", prefix, None)}
        left, right = st.columns(2)
        with left:
            given["pic"] = text("pic", prefix, None)
        with right:
            given["pic_instansi"] = text("pic_instansi", prefix, None)
        duties, kinds, bodies = (t.pilihan(part) for part in ("tugas", "jenis_tindak_lanjut", "badan"))
        given["tugas"] = st.pills(
            t.ISIAN["tugas"], list(duties), format_func=lambda c: duties[c], key=f"{prefix}_tugas"
        )
        with st.expander(t.TENGGAT_LAIN + ", " + t.ISIAN["jenis"].lower()):
            kind = st.pills(t.ISIAN["jenis"], list(kinds), format_func=lambda c: kinds[c], key=f"{prefix}_jenis")
            given["pic_jenis"] = st.pills(
                t.ISIAN["pic_jenis"], list(bodies), format_func=lambda c: bodies[c], key=f"{prefix}_badan"
            )
            other = entry.day(t.ISIAN["tenggat"], f"{prefix}_tenggat")
            if st.form_submit_button(t.TENGGAT_TANGGAL, key=f"{key}_lain"):
                pressed, due = "lain", other
        with st.container(horizontal=True):
            for code, label in t.TENGGAT_CEPAT.items():
                if st.form_submit_button(label, key=f"{key}_{code}", type="primary"):
                    pressed, due = code, dates[code]
        st.caption(t.TINDAK_PETUNJUK)
    if pressed == "lain" and due is None:
        st.warning(t.TENGGAT_BELUM, icon=":material/event_busy:")
    elif pressed:
        given |= {"jenis": kind or "tugas", "tenggat": due, "rapat_id": found.record["id"], "butir_id": item_id}
        attempt(key, lambda token: actions.add(by, given, token), t.TERCATAT)


def _actions(by: Actor, found: Meeting, item_id: int | None, manages: bool) -> None:
    mine = [row for row in found.tindak_lanjut if row["butir_id"] == item_id]
    if not mine:
        st.caption(t.BELUM_ADA_TINDAK)
    for row in mine:
        gone = row["dibatalkan_pada"] is not None
        if gone:
            st.markdown(f"~~{feedback.escape(row['apa'])}~~ ({t.BATAL_DICORET})")
        else:
            action_lines.line(by, row, f"tl_{row['id']}")
        if manages:
            _undo(gone, "tindak", row, by, found)

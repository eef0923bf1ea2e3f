"""The lists of an event as grids to type in: aims, speakers, sessions; each saved as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from domain.permissions import Actor
from services import events
from services.events import Event
from ui import fragments
from ui.bimtek.events_saving import attempt
from ui.text import bimtek as t
from ui.text import umum

Row = dict[str, Any]
_AIM, _SPEAKER = ("kode", "nama"), ("nama", "instansi", "jabatan")
_SESSION = ("tanggal", "mulai", "selesai", "materi", "narasumber", "jp", "dihitung")


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The typed rows as plain dicts, None where a cell is empty; rows without anything typed are left out."""
    found = []
    for record in frame.to_dict("records"):
        row = {str(name): _plain(value) for name, value in record.items()}
        if any(value not in (None, "", [], False) for name, value in row.items() if name not in ("id", "dihitung")):
            found.append(row)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return list(value)
    if value is None or value != value:  # the empty cell of a grid is unequal to itself
        return None
    if isinstance(value, pd.Timestamp | datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return value.item() if hasattr(value, "item") else value


def session_rows(frame: pd.DataFrame, speakers: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The typed sessions with the ids of their speakers; a name that nobody bears stays and is refused when saved."""
    ids = {person["nama"]: person["id"] for person in speakers}
    rows = rows_of(frame)
    for row in rows:
        row["narasumber"] = [ids[name] for name in row.get("narasumber") or [] if name in ids]
        row["id"] = None if row.get("id") is None else int(row["id"])
        row["jp"] = None if row.get("jp") is None else float(row["jp"])
    return rows


def _frame(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=list(names), dtype=object)


def _save() -> bool:
    return st.button(t.SIMPAN, key="simpan_daftar", type="primary", width="stretch")


@fragments.dialog(t.TUJUAN_UBAH, width="large", icon=":material/flag:")
def aims(by: Actor, found: Event) -> None:
    """Asks for the aims of an event as a whole."""
    row = found.record
    key = f"tujuan_{row['id']}_{row['versi']}"
    st.caption(t.TUJUAN_PETUNJUK)
    columns = {
        "kode": st.column_config.TextColumn(t.ISIAN["kode"], required=True, max_chars=24, width=140),
        "nama": st.column_config.TextColumn(t.ISIAN["nama"], required=True, max_chars=500, width=420),
    }
    typed = st.data_editor(
        _frame(found.aims, _AIM),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config=columns,
        alt=t.TUJUAN_ALT,
        placeholder=umum.TIDAK_ADA,
    )
    if _save():
        attempt(key, lambda token: events.set_aims(by, row["id"], row["versi"], rows_of(typed), token))


@fragments.dialog(t.NARASUMBER_UBAH, width="large", icon=":material/record_voice_over:")
def speakers(by: Actor, found: Event) -> None:
    """Asks for the speakers of an event as a whole."""
    row = found.record
    key = f"narasumber_{row['id']}_{row['versi']}"
    columns: dict[str, Any] = {
        name: st.column_config.TextColumn(t.KOLOM_NARASUMBER[name], required=name == "nama", max_chars=200)
        for name in _SPEAKER
    }
    typed = st.data_editor(
        _frame(found.speakers, ("id", *_SPEAKER)),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_order=_SPEAKER,
        column_config=columns,
        alt=t.NARASUMBER_ALT,
        placeholder=umum.TIDAK_ADA,
    )
    if _save():
        attempt(key, lambda token: events.set_speakers(by, row["id"], row["versi"], rows_of(typed), token))


@fragments.dialog(t.SESI_UBAH, width="large", icon=":material/edit_calendar:")
def sessions(by: Actor, found: Event) -> None:
    """Asks for the timetable of an event as a whole."""
    row = found.record
    key = f"sesi_{row['id']}_{row['versi']}"
    names = {person["id"]: person["nama"] for person in found.speakers}
    stored = [
        session
        | {"narasumber": [names[number] for number in session["narasumber"]]}
        # hours that nobody stated are left open, so that they follow the clock times once these are typed
        | ({} if session["jp"] or session["mulai"] else {"jp": None})
        for session in found.sessions
    ]
    st.caption(t.SESI_PETUNJUK)
    frame = _frame(stored, ("id", *_SESSION)).astype({"jp": "Float64", "dihitung": "boolean"})
    titles = t.KOLOM_SESI
    config = st.column_config
    columns = {
        "tanggal": config.DateColumn(
            titles["tanggal"], format="DD/MM/YYYY", required=True, min_value=row["mulai"], max_value=row["selesai"]
        ),
        "mulai": config.TextColumn(titles["mulai"], max_chars=5, width=70),
        "selesai": config.TextColumn(titles["selesai"], max_chars=5, width=70),
        "materi": config.TextColumn(titles["materi"], required=True, max_chars=300, width=260),
        "narasumber": config.MultiselectColumn(titles["narasumber"], options=list(names.values()), width=200),
        "jp": config.NumberColumn(titles["jp"], min_value=0, max_value=24, step=0.5, width=60),
        "dihitung": config.CheckboxColumn(titles["dihitung"], default=True, width=80),
    }
    typed = st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_order=_SESSION,
        column_config=columns,
        alt=t.SESI_ALT,
        placeholder=umum.TIDAK_ADA,
    )
    if _save():
        rows = session_rows(typed, found.speakers)
        attempt(key, lambda token: events.set_sessions(by, row["id"], row["versi"], rows, token))

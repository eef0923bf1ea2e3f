"""Paper answers typed into a grid by keyboard alone: once, or twice with the differences decided before saving."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.errors import InvalidInput
from domain.forms import entered
from domain.forms.definition import Form
from domain.permissions import Actor
from services import kiosk, live, wording
from services.kiosk import Difference, Line
from ui import feedback, state
from ui.bimtek.kiosk import pick_form, print_blank
from ui.text import pelaksanaan as t

_ENTRY = "_kertas"
_TOKEN = "kertas"
_HEIGHT = 560
Cells = dict[int, dict[str, str]]


@dataclass
class _Entry:
    """Where the typing of one pile of papers stands."""

    form_id: int
    people: tuple[int, ...]
    step: int = 1  # 1 first entry, 2 second entry, 3 differences
    first: Cells = field(default_factory=dict)
    second: Cells = field(default_factory=dict)
    saved: str = ""


def _again() -> None:
    """Starts over; a callback of the button."""
    for key in [key for key in st.session_state if str(key).startswith(_ENTRY)]:
        del st.session_state[key]
    state.renew_token(_TOKEN)


def section(by: Actor, event_id: int) -> None:
    """The step that the entry stands at."""
    st.caption(t.KERTAS_URAIAN)
    form_id = pick_form(by, event_id, "kertas_formulir")
    if form_id is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        twice = st.toggle(t.DUA_KALI, value=True, key="kertas_dua_kali", help=t.DUA_KALI_BANTUAN)
        everybody = st.toggle(t.TAMPILKAN_SEMUA, key="kertas_semua")
        print_blank(by, event_id, form_id)
    said = st.session_state.pop("_kertas_pesan", None)
    if said:
        st.success(said, icon=":material/task_alt:")
    lines = {line.id: line for line in kiosk.people(by, event_id, form_id)}
    entry = st.session_state.get(_ENTRY)
    wanted = tuple(one for one, line in lines.items() if everybody or not line.sudah)
    if not isinstance(entry, _Entry) or entry.form_id != form_id or (entry.step == 1 and entry.people != wanted):
        _again()
        entry = st.session_state[_ENTRY] = _Entry(form_id, wanted)
    if not entry.people:
        st.info(t.KERTAS_SEMUA_SUDAH_URAIAN, title=t.KERTAS_SEMUA_SUDAH, icon=":material/task_alt:")
        return
    form = live.definition(by, event_id, form_id)
    if entry.step == 3:
        _compare(by, event_id, entry)
        return
    st.header(t.ENTRI_PERTAMA if entry.step == 1 else t.ENTRI_KEDUA)
    cells = _grid(form, entry, lines)
    with st.container(horizontal=True):
        labels = {1: t.LANJUT_KEDUA if twice else t.SIMPAN, 2: t.LANJUT_BANDING}
        pressed = st.button(labels[entry.step], type="primary", icon=":material/arrow_forward:", key="_kertas_lanjut")
        st.button(t.ULANGI, on_click=_again, icon=":material/undo:")
    if pressed:
        _go_on(by, event_id, entry, lines, cells, twice)


def _grid(form: Form, entry: _Entry, lines: dict[int, Line]) -> Cells:
    """The grid of this step; what is typed, by participant and column, without the empty cells."""
    columns = entered.columns(form)
    blank = {column.key: [""] * len(entry.people) for column in columns}
    names = [lines[one].nama if one in lines else "-" for one in entry.people]
    frame = pd.DataFrame({t.KERTAS_NAMA: names, **blank}, dtype=object)
    shown: dict[str, Any] = {t.KERTAS_NAMA: st.column_config.TextColumn(disabled=True, width="medium")}
    for column in columns:
        hint = entered.hint(column.item)
        told = t.PETUNJUK_KOLOM.format(teks=column.label, boleh=hint) if hint else column.label
        shown[column.key] = st.column_config.TextColumn(column.key, help=told, width="small" if hint else "medium")
    edited = st.data_editor(
        frame,
        key=f"{_ENTRY}_kisi_{entry.form_id}_{entry.step}_{len(entry.people)}",
        column_config=shown,
        hide_index=True,
        num_rows="fixed",
        height=min(38 + 35 * len(frame), _HEIGHT),
        alt=t.TABEL_KERTAS,
        on_change="ignore",  # whoever types fast must not wait for a rerun per cell; a button brings everything along
    )
    typed: Cells = {}
    for place, one in enumerate(entry.people):
        row = {column.key: edited[column.key].iloc[place] for column in columns}
        row = {key: str(value) for key, value in row.items() if value is not None and str(value).strip()}
        if row:
            typed[one] = row
    return typed


def _problems(by: Actor, event_id: int, form_id: int, lines: dict[int, Line], cells: Cells) -> bool:
    """Says cell by cell what cannot be an answer; True when there is any."""
    found = kiosk.grid_problems(by, event_id, form_id, cells)
    said = [
        f"- **{feedback.escape(lines[one].nama)}, {feedback.escape(problem.column)}**: "
        f"{feedback.escape(str(wording.of_problem(problem)))}"
        for one, problems in found.items()
        for problem in problems
    ]
    if said:
        st.error("\n".join(said), icon=":material/error:")
    return bool(said)


def _go_on(by: Actor, event_id: int, entry: _Entry, lines: dict[int, Line], cells: Cells, twice: bool) -> None:
    """The next step, unless nothing was typed or some of it is no answer."""
    if entry.step == 1 and not cells:
        st.info(t.KERTAS_KOSONG, icon=":material/info:")
    elif _problems(by, event_id, entry.form_id, lines, cells):
        return
    elif entry.step == 2:
        entry.second, entry.step = cells, 3
        st.rerun()
    elif twice:
        entry.first, entry.step = cells, 2
        st.rerun()
    else:
        _save(by, event_id, entry.form_id, cells)


def _compare(by: Actor, event_id: int, entry: _Entry) -> None:
    """The differences, each to be decided, and then the saving."""
    st.header(t.BANDINGKAN)
    found = kiosk.differences(by, event_id, entry.form_id, entry.first, entry.second)
    cells = {one: dict(typed) for one, typed in entry.first.items()}
    undecided = 0
    if not found:
        st.success(t.TIDAK_BEDA, icon=":material/task_alt:")
    else:
        st.warning(t.ADA_BEDA.format(jumlah=figures.integer(len(found))), icon=":material/compare:")
        used = _decide(entry, found)
        undecided = sum(not value for value in used)
        for difference, value in zip(found, used, strict=True):
            cells.setdefault(difference.participant_id, {})[difference.key] = value
        names = {line.id: line for line in kiosk.people(by, event_id, entry.form_id)}
        _problems(by, event_id, entry.form_id, names, cells)
        if undecided:
            st.caption(t.BEDA_BELUM.format(jumlah=figures.integer(undecided)))
    with st.container(horizontal=True):
        words = t.SIMPAN_KERTAS.format(jumlah=figures.integer(len(cells)))
        if st.button(words, type="primary", icon=":material/save:", disabled=bool(undecided) or not cells):
            _save(by, event_id, entry.form_id, cells)
        st.button(t.ULANGI, on_click=_again, icon=":material/undo:")


def _decide(entry: _Entry, found: list[Difference]) -> list[str]:
    """What was typed as decided for each difference; a dash is a blank on the paper."""
    rows = [[one.nama, one.key, one.first or "-", one.second or "-", ""] for one in found]
    frame = pd.DataFrame(rows, columns=list(t.KOLOM_BEDA.values()), dtype=object)
    fixed = [words for name, words in t.KOLOM_BEDA.items() if name != "dipakai"]
    edited = st.data_editor(
        frame,
        key=f"{_ENTRY}_beda_{entry.form_id}_{len(found)}",
        disabled=fixed,
        hide_index=True,
        num_rows="fixed",
        height=min(38 + 35 * len(frame), _HEIGHT),
        alt=t.BANDINGKAN,
    )
    return [str(value or "").strip() for value in edited[t.KOLOM_BEDA["dipakai"]]]


def _save(by: Actor, event_id: int, form_id: int, cells: Cells) -> None:
    with feedback.shown():
        try:
            saved = kiosk.save_grid(by, event_id, form_id, cells, state.one_time_token(_TOKEN))
        except InvalidInput as error:
            if any("nama" not in problem.facts for problem in error.problems):
                raise
            return  # the cells are named above already
        words = t.KERTAS_TERSIMPAN.format(tersimpan=figures.integer(saved.stored), sudah=figures.integer(saved.already))
        if saved.refused:
            st.error(t.KERTAS_GAGAL.format(jumlah=len(saved.refused)), icon=":material/error:")
            for refusal in saved.refused.values():
                feedback.show(refusal)
            return
        _again()
        st.session_state["_kertas_pesan"] = words
        st.rerun()

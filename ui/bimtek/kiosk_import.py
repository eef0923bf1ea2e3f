"""Answers from another tool's file: upload, columns, whose row it is, preview, save."""

import pandas as pd
import streamlit as st

from domain import figures
from domain.impor import responses
from domain.permissions import Actor
from services import answer_import, wording
from services.answer_import import Preview, Read
from ui import draw, feedback
from ui.bimtek.kiosk import pick_form
from ui.bimtek.labels import apart
from ui.text import pelaksanaan as t

_FILE, _MAPPING, _PEOPLE, _SHEET, _ROUND, _SAID = (
    f"_impor_jawaban_{name}" for name in ("berkas", "kolom", "orang", "lembar", "putaran", "pesan")
)
_SHOWN = 300


def _forget() -> None:
    """Another file; a callback of the button."""
    for key in (_FILE, _MAPPING, _PEOPLE, _SHEET):
        st.session_state.pop(key, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def section(by: Actor, event_id: int) -> None:
    """The upload, and once a file is there its preview and the way to save."""
    st.caption(t.IMPOR_URAIAN)
    form_id = pick_form(by, event_id, "impor_formulir")
    if form_id is None:
        return
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(said, icon=":material/task_alt:")
    with feedback.shown():
        file = st.session_state.get(_FILE)
        if not isinstance(file, Read):
            given = st.file_uploader(
                t.UNGGAH, type=["xlsx", "csv"], key=f"_impor_jawaban_unggah_{st.session_state.get(_ROUND, 0)}"
            )
            if given is None:
                return
            st.session_state[_FILE] = answer_import.read(by, given.getvalue(), given.name)
            st.rerun()
        st.button(t.BERKAS_LAIN, on_click=_forget, icon=":material/undo:")
        found = answer_import.preview(
            by, event_id, form_id, file,
            sheet=st.session_state.get(_SHEET),
            mapping=st.session_state.get(_MAPPING),
            people=st.session_state.get(_PEOPLE),
        )  # fmt: skip
        st.header(feedback.escape(found.file_name), divider="gray")
        _columns(found)
        _choose_people(found)
        _preview(found)
        _save(by, found)


def _columns(found: Preview) -> None:
    """What each column was taken for, to be mended and read again."""
    for warning in found.warnings:
        st.caption(f":material/info: {feedback.escape(str(wording.of_problem(warning)))}")
    with st.expander(f"{t.KOLOM_JUDUL} · {len(found.mapping)}/{len(found.proposals)}"):
        st.caption(t.KOLOM_URAIAN.format(baris=found.header_row))
        with st.form("impor_jawaban_kolom", enter_to_submit=False, border=False):
            sheet = found.sheet
            if len(found.sheets) > 1:
                sheet = st.selectbox(t.LEMBAR, found.sheets, index=found.sheets.index(found.sheet))
            mapping: dict[int, str] = {}
            words: dict[str | None, str] = {kind: t.target(kind, found.targets) for kind in found.targets}
            labels: dict[str | None, str] = apart({None: t.TIDAK_DIPAKAI, **words})
            options = list(labels)
            with st.grid("auto", min_column_width=220):
                for proposal in found.proposals:
                    if proposal.header:
                        chosen = st.selectbox(
                            feedback.escape(_header(found, proposal)),
                            options,
                            index=options.index(found.mapping.get(proposal.index)),
                            format_func=labels.__getitem__,
                            key=f"_impor_jawaban_{found.digest[:8]}_{found.sheet}_{proposal.index}",
                        )
                        if chosen:
                            mapping[proposal.index] = chosen
            if st.form_submit_button(t.BACA_ULANG, icon=":material/refresh:"):
                if sheet != found.sheet:
                    st.session_state[_SHEET] = sheet
                    st.session_state.pop(_MAPPING, None)
                else:
                    st.session_state[_MAPPING] = mapping
                st.rerun()


def _header(found: Preview, proposal: responses.Proposal) -> str:
    if proposal.how == "mirip" and proposal.target and proposal.target not in found.mapping.values():
        return t.MIRIP.format(judul=proposal.header, butir=t.target(proposal.target, found.targets))
    return proposal.header


def _choose_people(found: Preview) -> None:
    """For each row in doubt the people whose name is nearly the row's; nobody is chosen beforehand."""
    doubtful = [verdict for verdict in found.verdicts if verdict.kind == "ragu"][:50]
    if not doubtful:
        return
    with st.form("impor_jawaban_orang", enter_to_submit=False):
        chosen = dict(st.session_state.get(_PEOPLE) or {})
        for verdict in doubtful:
            words: dict[int | None, str] = apart({None: t.BUKAN_SIAPA_PUN, **dict(verdict.near)})
            one = st.selectbox(
                feedback.escape(t.PILIH_UNTUK_BARIS.format(baris=verdict.row, nama=verdict.nama)),
                list(words),
                format_func=words.__getitem__,
                key=f"_impor_jawaban_orang_{found.digest[:8]}_{verdict.row}",
            )
            if one is not None:
                chosen[verdict.row] = one
        if st.form_submit_button(t.TERAPKAN_PILIHAN, icon=":material/how_to_reg:"):
            st.session_state[_PEOPLE] = chosen
            st.rerun()


def _preview(found: Preview) -> None:
    counts = found.counts()
    with st.grid(4, min_column_width=120):
        for kind, words in t.HASIL_IMPOR.items():
            st.metric(words, figures.integer(counts[kind]), border=True)
    tables = {kind: _rows(found, kind) for kind in ("ditolak", "ragu", "baru", "sama")}
    titles = [t.TAB_IMPOR.format(kata=t.HASIL_IMPOR[kind], jumlah=counts[kind]) for kind in tables]
    for tab, table in zip(st.tabs(titles), tables.values(), strict=True):
        with tab:
            draw.table(table.head(_SHOWN), alt=t.TABEL_IMPOR)


def _rows(found: Preview, kind: str) -> pd.DataFrame:
    """One line per reason of the rows of a kind; one line without reason for a row that has none."""
    rows = []
    for verdict in found.verdicts:
        if verdict.kind != kind:
            continue
        reasons = [*verdict.problems, *verdict.doubts]
        if not reasons:
            rows.append([verdict.row, verdict.nama, None, None, None, None])
        for problem in reasons:
            words = wording.of_problem(problem)
            rows.append([verdict.row, verdict.nama, problem.column, problem.value, words.reason, words.remedy])
    return pd.DataFrame(rows, columns=list(t.KOLOM_IMPOR.values()))


def _save(by: Actor, found: Preview) -> None:
    new = found.counts()["baru"]
    if not new:
        st.info(t.TIDAK_ADA_IMPOR, icon=":material/info:")
        return
    if st.button(t.SIMPAN_IMPOR.format(jumlah=figures.integer(new)), type="primary", icon=":material/save:"):
        saved = answer_import.save(by, found)
        st.session_state[_SAID] = t.IMPOR_TERSIMPAN.format(
            tersimpan=figures.integer(saved.stored),
            sudah=figures.integer(saved.already),
            gagal=figures.integer(len(saved.refused)),
        )
        _forget()
        st.rerun()

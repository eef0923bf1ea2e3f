"""Buttons that make the papers of an event: what is reported afterwards, and what is printed for the room."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from services import bimtek_documents as documents
from ui import feedback, fragments
from ui.bimtek.labels import apart
from ui.text import dokumen_bimtek as t

Row = Mapping[str, Any]


@fragments.fragment()
def reports(by: Actor, event_id: int, speakers: Sequence[Row]) -> None:
    """Report, scores and what is handed to a speaker, for whoever may see the results."""
    st.header(t.JUDUL, anchor=False)
    st.caption(t.URAIAN if by.may(Permission.VIEW_PERSON_RESULTS) else f"{t.URAIAN} {t.TANPA_NAMA}")
    with st.grid(4, min_column_width=200):
        _button("laporan_pdf", t.LAPORAN_PDF)
        _button("laporan_docx", t.LAPORAN_WORD)
        _button("nilai_pdf", t.NILAI_PDF)
        _button("nilai_xlsx", t.NILAI_EXCEL)
    _made("laporan_pdf", t.LAPORAN_PDF, lambda: documents.report_pdf(by, event_id))
    _made("laporan_docx", t.LAPORAN_WORD, lambda: documents.report_docx(by, event_id))
    _made("nilai_pdf", t.NILAI_PDF, lambda: documents.scores_pdf(by, event_id))
    _made("nilai_xlsx", t.NILAI_EXCEL, lambda: documents.scores_xlsx(by, event_id))
    if speakers:
        names = apart({row["id"]: row["nama"] for row in speakers})
        chosen = st.selectbox(
            t.NARASUMBER,
            list(names),
            None,
            names.__getitem__,
            key=f"dokumen_narasumber_{event_id}",
            placeholder=t.NARASUMBER_PILIH,
            help=t.NARASUMBER_URAIAN,
        )
        _button("narasumber_pdf", t.NARASUMBER_PDF, disabled=chosen is None)
        if chosen is not None:
            _made("narasumber_pdf", t.NARASUMBER_PDF, lambda: documents.speaker_pdf(by, event_id, chosen))


@fragments.fragment()
def papers(by: Actor, event_id: int, sessions: Sequence[Row], forms: Sequence[Row]) -> None:
    """Attendance lists and tests to print, for whoever enters answers; each list says what it lacks."""
    if not by.may(Permission.ENTER_ANSWERS):
        return
    st.header(t.JUDUL, anchor=False)
    if sessions:
        _attendance(by, event_id, sessions)
    else:
        st.caption(t.TANPA_SESI)
    if not forms:
        st.caption(t.TANPA_FORMULIR)
        return
    names = apart({row["id"]: row["judul"] for row in forms})
    chosen = st.selectbox(
        t.FORMULIR,
        list(names),
        None,
        names.__getitem__,
        key=f"dokumen_formulir_{event_id}",
        placeholder=t.FORMULIR_PILIH,
        help=t.KERTAS_URAIAN,
    )
    with st.grid(2, min_column_width=200):
        _button("soal_pdf", t.SOAL, disabled=chosen is None)
        _button("jawaban_pdf", t.JAWABAN, disabled=chosen is None)
    if chosen is not None:
        _made("soal_pdf", t.SOAL, lambda: documents.questions_pdf(by, event_id, chosen))
        _made("jawaban_pdf", t.JAWABAN, lambda: documents.answer_sheet_pdf(by, event_id, chosen))


def _attendance(by: Actor, event_id: int, sessions: Sequence[Row]) -> None:
    words = apart({row["id"]: f"{figures.date_short(row['tanggal'])} · {row['materi']}" for row in sessions})
    one = st.selectbox(
        t.SESI, list(words), None, words.__getitem__, key=f"dokumen_sesi_{event_id}", placeholder=t.SEMUA_SESI
    )
    wanted = None if one is None else [one]
    with st.grid(2, min_column_width=200):
        _button("hadir_kosong", t.HADIR_KOSONG)
        _button("hadir_terisi", t.HADIR_TERISI)
    _made("hadir_kosong", t.HADIR_KOSONG, lambda: documents.attendance_pdf(by, event_id, False, wanted))
    _made("hadir_terisi", t.HADIR_TERISI, lambda: documents.attendance_pdf(by, event_id, True, wanted))


def _button(kind: str, label: str, *, disabled: bool = False) -> None:
    st.button(label, key=f"dokumen_{kind}", icon=":material/description:", width="stretch", disabled=disabled)


def _made(kind: str, label: str, make: Callable[[], str]) -> None:
    """The file whose button was pressed, below the buttons: there it has the whole width of a telephone."""
    if not st.session_state.get(f"dokumen_{kind}"):
        return
    with feedback.shown():
        with st.spinner(t.MENYUSUN):
            address = make()
        st.link_button(t.UNDUH.format(nama=label), address, icon=":material/download:", type="primary", width="stretch")
        st.caption(t.MASA_UNDUH)

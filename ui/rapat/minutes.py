"""The minutes of one meeting as files: made when asked for, and the Word template they are filled into."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from domain.filenames import dated
from domain.permissions import Actor, Permission
from services import clock, minutes_files
from ui import feedback, fragments, readings, state
from ui.profile import saving
from ui.text import notulen as t

_KEEP, _FORGET = "templat_simpan", "templat_hapus"
Make = Callable[[Actor, int], str]


@fragments.fragment()
def section(by: Actor, rapat: Mapping[str, Any]) -> None:
    """Buttons that make the minutes of a meeting (its record: id and status), and the template for those who may."""
    st.subheader(t.JUDUL, anchor=False)
    st.caption(t.URAIAN)
    if rapat["status"] != "ditutup":
        st.caption(t.DRAF)
    word, pdf = st.columns(2)
    with word:
        _file(by, rapat["id"], "docx", t.BUAT_WORD, t.UNDUH_WORD, minutes_files.minutes_docx)
    with pdf:
        _file(by, rapat["id"], "pdf", t.BUAT_PDF, t.UNDUH_PDF, minutes_files.minutes_pdf)
    if by.may(Permission.MANAGE_MEETINGS):
        with st.expander(t.TEMPLAT, icon=":material/edit_document:"):
            _template(by)


def _file(by: Actor, rapat_id: int, ending: str, label: str, fetch: str, make: Make) -> None:
    if not st.button(label, key=f"notulen_{ending}", icon=":material/description:", width="stretch"):
        return
    with feedback.shown():
        with st.spinner(t.MENYUSUN):
            address = make(by, rapat_id)
        st.link_button(fetch, address, icon=":material/download:", type="primary", width="stretch")
        st.caption(t.MASA_UNDUH)


def _template(by: Actor) -> None:
    st.caption(t.TEMPLAT_URAIAN)
    found = minutes_files.template_state(by)
    if found.kept is None:
        st.caption(t.TEMPLAT_BAWAAN)
    else:
        place = readings.path(found.wilayah)[-1] if found.wilayah else None
        st.caption(feedback.escape(t.templat_dipakai(place, found.kept, by.scope.root)))
    st.download_button(
        t.UNDUH_TEMPLAT,
        data=fragments.later(by, lambda: minutes_files.template(by)),
        file_name=dated("templat notulen", readings.path(by.scope.root)[-1], clock.today(), "docx"),
        mime=minutes_files.MIME,
        key="templat_unduh",
        icon=":material/download:",
        on_click="ignore",
    )
    # The key changes once a file was kept, which empties the field.
    given = st.file_uploader(
        t.UNGGAH_TEMPLAT, type=["docx"], key=f"templat_{state.one_time_token(_KEEP)}", max_upload_size=2
    )
    if given is not None and st.button(t.SIMPAN_TEMPLAT, key="templat_pakai", type="primary"):
        content = given.getvalue()
        saving.save(_KEEP, lambda token: minutes_files.keep_template(by, content, token), t.TEMPLAT_TERSIMPAN)
    if found.own and st.button(t.KEMBALI_BAWAAN, key="templat_kembali"):
        saving.save(_FORGET, lambda token: minutes_files.forget_template(by, token), t.TEMPLAT_DIHAPUS)

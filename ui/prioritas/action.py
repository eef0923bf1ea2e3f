"""From a criterion that is met to an action: place, indicator and words are filled in, every decision is left open."""

from typing import Any

import streamlit as st

from domain.lkks import DUTIES, runs
from domain.permissions import Actor
from domain.priority import Area, Criterion
from domain.rapat import ACTION_KINDS, BODIES
from services import actions
from services.meeting_words import words
from ui import feedback, fragments
from ui.profile import entry
from ui.profile.saving import save
from ui.text import prioritas as t

_KEY = "buat_tindak"
_KINDS = tuple(kind for kind in ACTION_KINDS if kind != "tugas")


def _take() -> None:
    st.session_state[f"_{_KEY}"] = st.session_state[_KEY]
    st.session_state[_KEY] = None


def row(by: Actor, area: Area, place: str) -> None:
    """A name for each criterion that is met; one click opens the action."""
    met = {one.kode: one for one in area.kriteria if one.terpenuhi}
    if not met:
        st.caption(t.BUAT_TANPA)
        return
    st.pills(t.BUAT, list(met), format_func=lambda kode: met[kode].nama, key=_KEY, on_change=_take, help=t.BUAT_URAIAN)
    kode = st.session_state.pop(f"_{_KEY}", None)
    if kode in met:
        show(by, area, met[kode], place)


def first_words(area: Area, one: Criterion) -> str:
    """What the action is about: the area, the criterion, its number and its reference."""
    return t.APA_AWAL.format(
        nama=area.nama, kriteria=one.nama, nilai=one.nilai_teks, acuan=one.acuan_teks, asal=one.acuan_nama
    )


@fragments.dialog(t.TINDAK, width="medium")
def show(by: Actor, area: Area, one: Criterion, place: str) -> None:
    """The dialog that adds an action about an area."""
    st.caption(feedback.escape(t.TINDAK_TEMPAT.format(nama=area.nama, kriteria=one.nama)))
    key = f"tindak_{area.kode}_{one.kode}"
    kinds = words("jenis_tindak_lanjut")
    jenis = st.segmented_control(t.JENIS + t.WAJIB, _KINDS, format_func=kinds.__getitem__, key=f"{key}_jenis")
    values: dict[str, Any] = {
        "jenis": jenis,
        "apa": entry.text(t.APA + t.WAJIB, f"{key}_apa", first_words(area, one), most=1000, long=True),
        "sumber_dana": entry.one_of(t.SUMBER_DANA, f"{key}_dana", actions.sources(by)),
        "tenggat": entry.day(t.TENGGAT, f"{key}_tenggat"),
        "pic": entry.text(t.PIC, f"{key}_pic"),
        "pic_instansi": entry.text(t.PIC_INSTANSI, f"{key}_instansi"),
        "pic_jenis": entry.one_of(t.PIC_JENIS, f"{key}_unsur", {code: words("badan")[code] for code in BODIES}),
        "tugas": entry.one_of(t.TUGAS, f"{key}_tugas", {code: words("tugas")[code] for code in DUTIES}),
        "wilayah": area.kode,
        # Service against need is no indicator of the dictionary; its words say what it is.
        "indikator": None if one.jenis == "celah" else one.kode,
        "wilayah_rapat": place if runs(by, place) else None,
    }
    if st.button(t.SIMPAN, type="primary", key=f"{key}_simpan"):
        save(key, lambda token: actions.add(by, values, token), t.TERSIMPAN)

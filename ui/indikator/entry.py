"""Stating values and targets, and importing many at once: for those who keep the register."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.errors import InvalidInput, PilarError, Problem
from domain.filters import Filters
from domain.indikator import Definition
from domain.indikator_isian import entered
from domain.permissions import Actor
from services import clock, indicator_entry, indicator_import, indicators, wording
from services.indicator_import import Preview
from ui import draw, feedback, fragments, state
from ui.profile.saving import say
from ui.text import indikator as t

_FILE, _PREVIEW, _ROUND = "_indikator_berkas", "_indikator_pratinjau", "_indikator_putaran"


def _attempt(key: str, write: Any, done: str) -> None:
    """Carries out a write with its one-time token; the page runs anew when it went well, else says why not."""
    try:
        write(state.one_time_token(key))
    except PilarError as error:
        # Whatever was refused was rolled back with its token; a new one also frees a second try after a stale edit.
        state.renew_token(key)
        _say_why(error)
        return
    state.renew_token(key)
    say(done)
    st.rerun()


def _say_why(error: PilarError) -> None:
    if not isinstance(error, InvalidInput):
        feedback.show(error)
        return
    lines = [
        f"- **{feedback.escape(t.isian(one.column))}**: {feedback.escape(str(wording.of_problem(one)))}"
        for one in error.problems
    ]
    st.error("\n".join(lines), title=wording.of_error(error).reason, icon=":material/error:")


def section(by: Actor, place: str, place_name: str) -> None:
    """The two dialogs and the import."""
    st.caption(t.ISIAN_URAIAN)
    stated = [
        one for one in indicators.dictionary(by) if indicators.stated_for(one, place) and by.scope.covers(place or None)
    ]
    with st.container(horizontal=True):
        if st.button(t.CATAT, icon=":material/edit:", key="indikator_catat", type="primary"):
            _value(by, place, place_name, [one for one in stated if one.jenis == "isian"])
        if st.button(t.TARGET_TETAPKAN, icon=":material/flag:", key="indikator_target"):
            _target(by, place, place_name, [one for one in stated if one.arah != "netral"])
    with st.container(border=True):
        _import(by)


def _pick(stated: list[Definition], key: str) -> Definition:
    by_code = {one.kode: one for one in stated}
    kode = st.selectbox(
        t.PILIH_INDIKATOR,
        list(by_code),
        format_func=lambda code: by_code[code].nama,
        key=key,
        placeholder=t.PILIH_INDIKATOR,
    )
    return by_code[kode]


def _numbers(definition: Definition) -> dict[str, str]:
    """What is typed for the value, by its column."""
    if definition.rule == "persen":
        above = t.ISI_PEMBILANG.format(nama=definition.pembilang)
        below = t.ISI_PENYEBUT.format(nama=definition.penyebut)
        return {
            "pembilang": st.text_input(above, key="isi_pembilang", autocomplete="off"),
            "penyebut": st.text_input(below, key="isi_penyebut", autocomplete="off"),
        }
    label = f"{t.ISI_NILAI}: {definition.satuan}"
    return {"nilai": st.text_input(label, key="isi_nilai", autocomplete="off")}


def _read(typed: dict[str, str]) -> dict[str, float | None]:
    """The typed numbers; InvalidInput for what is none."""
    read = {name: entered(name, text) for name, text in typed.items()}
    problems = [found for found in read.values() if isinstance(found, Problem)]
    if problems:
        raise InvalidInput(problems)
    return {name: found for name, found in read.items() if not isinstance(found, Problem)}


@fragments.dialog(t.CATAT, width="medium")
def _value(by: Actor, place: str, place_name: str, stated: list[Definition]) -> None:
    st.caption(t.CATAT_URAIAN.format(nama=feedback.escape(place_name)))
    if not stated:
        st.info(t.TANPA_INDIKATOR, icon=":material/info:")
        return
    definition = _pick(stated, "isi_indikator")
    periode = st.text_input(t.ISI_PERIODE, key="isi_periode", autocomplete="off").strip()
    seri = ""
    if definition.seri:
        told = st.segmented_control(t.ISI_SERI, list(definition.seri), key="isi_seri")
        seri = str(told or "")
    typed = _numbers(definition)
    about = st.checkbox(t.ISI_SEKITAR, key="isi_sekitar")
    source = st.text_input(t.ISI_SUMBER, key="isi_sumber", autocomplete="off", max_chars=500)
    printed = st.date_input(t.ISI_TANGGAL, value=None, format="DD/MM/YYYY", key="isi_tanggal", max_value=clock.today())
    note = st.text_area(t.ISI_CATATAN, key="isi_catatan", max_chars=1000)
    before = indicator_entry.stored(by, definition.kode, place, periode, seri)
    if before is not None:
        old = figures.decimal(before["nilai"], definition.desimal)
        st.warning(t.SUDAH_ADA.format(nilai=old, sumber=feedback.escape(before["sumber"])), icon=":material/history:")
    if st.button(t.SIMPAN, type="primary", width="stretch", key="isi_simpan"):
        values = {"kode": definition.kode, "wilayah": place, "periode": periode, "seri": seri, "sekitar": about}
        values |= {"sumber": source, "tanggal": printed, "catatan": note}
        values |= {"perubahan": before["perubahan"] if before else None}
        _attempt(
            "indikator_nilai", lambda token: indicator_entry.set_value(by, values | _read(typed), token), t.TERSIMPAN
        )
    if before is not None:
        reason = st.text_input(t.ALASAN, key="isi_alasan", autocomplete="off", max_chars=300)
        if st.button(t.HAPUS, icon=":material/delete:", key="isi_hapus"):
            number = before["perubahan"]
            _attempt(
                "indikator_hapus",
                lambda token: indicator_entry.remove_value(
                    by, definition.kode, place, periode, seri, number, reason, token
                ),
                t.TERHAPUS,
            )


@fragments.dialog(t.TARGET_TETAPKAN, width="medium")
def _target(by: Actor, place: str, place_name: str, stated: list[Definition]) -> None:
    st.caption(t.CATAT_URAIAN.format(nama=feedback.escape(place_name)))
    definition = _pick(stated, "target_indikator")
    year = int(
        st.number_input(
            t.ISI_TAHUN, min_value=1990, max_value=2100, value=clock.today().year, step=1, key="target_tahun"
        )
    )
    typed = st.text_input(t.ISI_TARGET.format(satuan=definition.satuan), key="target_nilai", autocomplete="off")
    basis = st.text_input(t.ISI_DASAR, key="target_dasar", autocomplete="off", max_chars=500)
    if st.button(t.SIMPAN, type="primary", width="stretch", key="target_simpan"):

        def write(token: str) -> int:
            value = _read({"nilai": typed})["nilai"] or 0.0
            return indicator_entry.set_target(by, definition.kode, place, year, value, basis, token)

        _attempt("indikator_target", write, t.TARGET_TERSIMPAN)


# --- import -----------------------------------------------------------------------------------------------------------


def _forget() -> None:
    """Starts over with another file; a callback of the button."""
    for key in (_FILE, _PREVIEW):
        st.session_state.pop(key, None)
    state.renew_token("indikator_impor")
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _import(by: Actor) -> None:
    st.header(t.IMPOR)
    st.caption(t.IMPOR_JANJI)
    found: Preview | None = st.session_state.get(_PREVIEW)
    if found is not None:
        _show(by, found)
        return
    st.download_button(
        t.TEMPLAT,
        data=fragments.later(by, lambda: indicator_import.template(by)),
        file_name=t.NAMA_TEMPLAT,
        mime=draw.XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="indikator_templat",
    )
    key = f"indikator_unggah_{st.session_state.get(_ROUND, 0)}"
    given = st.file_uploader(t.UNGGAH, type=["xlsx", "csv"], key=key, max_upload_size=5)
    if given is not None:
        try:
            st.session_state[_PREVIEW] = indicator_import.preview(by, given.getvalue(), given.name)
        except PilarError as error:
            feedback.show(error)
            st.button(t.BERKAS_LAIN, on_click=_forget, icon=":material/undo:", key="indikator_lain")
        else:
            st.rerun()
    _earlier(by)


def verdict_table(found: Preview) -> pd.DataFrame:
    """Every row of a file with what becomes of it, why, and how to mend it."""
    names = t.HASIL_BARIS
    rows = []
    for one in found.verdicts:
        said = [(t.isian(problem.column), wording.of_problem(problem)) for problem in one.problems]
        reasons = " ".join(f"{column}: {sentence.reason}" for column, sentence in said)
        remedies = " ".join(dict.fromkeys(sentence.remedy for _, sentence in said))
        kept = [one.raw.get(name) for name in ("kode", "wilayah", "periode", "seri", "nilai")]
        rows.append([one.row, t.JENIS_BARIS[one.kind], reasons or None, remedies or None, *kept])
    columns = [*names.values(), *(t.KOLOM[n] for n in ("kode", "tempat", "periode", "seri", "nilai"))]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _show(by: Actor, found: Preview) -> None:
    counts = found.counts()
    st.subheader(feedback.escape(found.file_name))
    st.info(t.KODE_BERKAS[found.codes], icon=":material/pin_drop:")
    for warning in found.warnings:
        st.caption(feedback.escape(str(wording.of_problem(warning))))
    with st.grid(4, min_column_width=110):
        for kind, name in t.JENIS_BARIS.items():
            st.metric(name, figures.integer(counts[kind]))
    frame = verdict_table(found)
    draw.table(frame.head(500), alt=t.ALT_PRATINJAU)
    chosen = Filters(wilayah=by.scope.root)
    draw.excel(by, lambda: frame, kind="hasil_indikator", title=t.ALT_PRATINJAU, chosen=chosen, label=t.UNDUH_HASIL)
    wanted = counts["baru"] + counts["berubah"]
    with st.container(horizontal=True):
        pressed = st.button(
            t.SIMPAN_BARIS.format(jumlah=figures.integer(wanted)),
            type="primary",
            disabled=wanted == 0,
            key="indikator_simpan_impor",
        )
        st.button(t.BERKAS_LAIN, on_click=_forget, icon=":material/undo:", key="indikator_lain")
    if pressed:

        def write(token: str) -> None:
            indicator_import.store(by, found, token)
            st.session_state.pop(_PREVIEW, None)
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1

        _attempt("indikator_impor", write, t.IMPOR_TERSIMPAN)


def _earlier(by: Actor) -> None:
    st.subheader(t.IMPOR_TERDAHULU)
    rows = indicator_import.batches(by)
    if not rows:
        st.caption(t.TANPA_IMPOR)
    for row in rows[:20]:
        with st.container(horizontal=True, vertical_alignment="center"):
            told = t.BARIS_IMPOR.format(
                berkas=row["berkas"],
                waktu=figures.moment(row["pada"], row["wilayah"] or None),
                **{name: row[name] for name in ("baru", "berubah", "ditolak")},
            )
            st.markdown(feedback.escape(told), width="stretch")
            if row["dibatalkan_pada"] is not None:
                st.badge(t.SUDAH_BATAL, color="gray")
            elif st.button(t.BATALKAN, key=f"indikator_batal_{row['id']}", icon=":material/undo:"):
                _undo(by, row["id"])


def _undo(by: Actor, batch_id: int) -> None:
    key = f"indikator_batal_{batch_id}"
    try:
        done = indicator_import.undo(by, batch_id, state.one_time_token(key))
    except PilarError as error:
        state.renew_token(key)
        feedback.show(error)
        return
    state.renew_token(key)
    say(t.DIBATALKAN.format(hapus=done.removed, kembali=done.restored, tetap=done.kept))
    st.rerun()

"""The steps of the import page, one function each: upload, check the columns, preview, save, take back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.errors import PilarError
from domain.impor.columns import FIELDS
from domain.permissions import Actor
from services import importing, jobs, uploads, wording
from services.importing import Preview
from ui import feedback, fragments, state
from ui.text import impor as t

_SHOWN_ROWS = 500
_LABELS = {field.id: field.label for field in FIELDS}
_JOB, _FILE, _PREVIEW, _SAVED = "_impor_job", "_impor_file", "_impor_preview", "_impor_saved"


def step() -> int:
    """Which of the four steps the session stands at, from 1."""
    if _PREVIEW in st.session_state:
        return 3
    return 2 if _JOB in st.session_state else 1


def progress_line(now: int) -> None:
    """The four steps in a row, the present one marked by word and weight."""
    with st.container(horizontal=True, gap="small"):
        for number, name in enumerate(t.LANGKAH, start=1):
            st.badge(f"{number}. {name}", color="primary" if number == now else "gray")


def forget() -> None:
    """Starts over; a callback of the button."""
    kept = st.session_state.pop(_FILE, None)
    if kept:
        uploads.forget(Path(kept["path"]))
    for key in (_JOB, _PREVIEW, _SAVED):
        st.session_state.pop(key, None)
    state.renew_token("impor")
    st.session_state["_impor_round"] = st.session_state.get("_impor_round", 0) + 1


def upload(by: Actor) -> None:
    """Step 1: the template, and the file to read; reading begins as a job once per uploaded file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t.TEMPLAT_URAIAN, width="stretch")
        st.download_button(
            t.UNDUH_TEMPLAT,
            data=fragments.later(by, lambda: importing.template(by)),
            file_name=t.NAMA_TEMPLAT,
            icon=":material/download:",
            on_click="ignore",
        )
    given = st.file_uploader(
        t.UNGGAH, type=["xlsx", "csv"], key=f"impor_berkas_{st.session_state.get('_impor_round', 0)}"
    )
    if given is not None:
        path = uploads.keep(by, given.getvalue(), given.name)
        st.session_state[_FILE] = {"path": str(path), "name": given.name}
        _read(by)
        st.rerun()


def _read(by: Actor, mapping: dict[str, str] | None = None, sheet: str | None = None) -> None:
    kept = st.session_state[_FILE]
    path, name = Path(kept["path"]), kept["name"]
    for stale in (_PREVIEW, _SAVED):  # the receipt of the file before would read as this one's
        st.session_state.pop(stale, None)
    st.session_state[_JOB] = jobs.start(
        by, lambda progress: importing.preview(by, path, name, mapping=mapping, sheet=sheet, on_progress=progress)
    )


@fragments.fragment(run_every=0.5)
def wait_for_reading(by: Actor) -> None:
    """Step 2: how far the reading is; goes on by itself when it is done."""
    name = st.session_state[_FILE]["name"]
    job = jobs.look(by, st.session_state[_JOB])
    if not job.finished.is_set():
        words = t.MEMBACA.format(berkas=name)
        if job.total:
            done, total = figures.integer(job.done), figures.integer(job.total)
            words = t.MEMBACA_BARIS.format(berkas=name, selesai=done, semua=total)
        st.progress(job.done / job.total if job.total else 0.0, text=feedback.escape(words))
        return
    try:
        st.session_state[_PREVIEW] = job.outcome()
    except PilarError as error:
        feedback.show(error)
        st.button(t.BERKAS_LAIN, on_click=forget, icon=":material/undo:")
        return
    jobs.drop(by, st.session_state.pop(_JOB))
    st.rerun()


def columns(by: Actor, found: Preview) -> None:
    """Step 2, afterwards: sheet and column mapping as they were taken, to be corrected and read again."""
    parsed = found.parsed
    for warning in parsed.warnings:
        st.caption(f":material/info: {feedback.escape(str(wording.of_problem(warning)))}")
    with st.expander(f"{t.KOLOM_JUDUL} · {len(parsed.mapping)}/{len(parsed.proposals)}"):
        st.caption(t.KOLOM_URAIAN.format(baris=parsed.header_row))
        with st.form("impor_kolom", enter_to_submit=False, border=False):
            sheet = parsed.sheet
            if len(parsed.sheets) > 1:
                sheet = st.selectbox(t.LEMBAR, parsed.sheets, index=parsed.sheets.index(parsed.sheet))
            mapping: dict[str, str] = {}
            with st.grid("auto", min_column_width=220):
                for proposal in parsed.proposals:
                    if not proposal.header:
                        continue
                    options = [None, *_LABELS]
                    chosen = st.selectbox(
                        feedback.escape(proposal.header),
                        options,
                        index=options.index(parsed.mapping.get(proposal.header)),
                        format_func=lambda field: t.TIDAK_DIPAKAI if field is None else _LABELS[field],
                        key=f"impor_kolom_{found.digest[:8]}_{proposal.index}",
                    )
                    if chosen:
                        mapping[proposal.header] = chosen
            if st.form_submit_button(t.BACA_ULANG, icon=":material/refresh:"):
                _read(by, mapping, sheet)
                st.rerun()


def _label(column: str) -> str:
    return _LABELS.get(column, column)


def _capped(frame: pd.DataFrame) -> None:
    shown = frame.head(_SHOWN_ROWS)
    height = min(38 + 35 * max(len(shown), 1), 420)
    st.dataframe(shown, hide_index=True, height=height, alt=t.ALT_TABEL)
    if len(frame) > len(shown):
        st.caption(t.LEBIH.format(tampil=figures.integer(len(shown)), semua=figures.integer(len(frame))))


def _listed(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return figures.date_short(value) if hasattr(value, "strftime") else figures.missing(value)


def _problems(found: Preview, kind: str | None, column: str) -> pd.DataFrame:
    rows = []
    for verdict in found.verdicts:
        if kind is None or verdict.kind == kind:
            problems: Sequence[Any] = getattr(verdict, column)
            for problem in problems:
                sentence = wording.of_problem(problem)
                rows.append((verdict.row, _label(problem.column), problem.value, sentence.reason, sentence.remedy))
    return pd.DataFrame(rows, columns=[t.BARIS, t.KOLOM, t.NILAI, t.MASALAH, t.CARA_MEMPERBAIKI])


def preview(by: Actor, found: Preview) -> None:
    """Step 3: how many rows are new, changed, the same, refused, and each of them with its reasons."""
    counts = found.counts()
    with st.grid(4, min_column_width=120):
        for kind, words in t.HASIL.items():
            st.metric(words, figures.integer(counts[kind]), border=True)
    refused = _problems(found, "ditolak", "problems")
    changed = pd.DataFrame(
        [
            (v.row, (v.record or {})["kode_lks"], v.values.get("nama"), _label(name), _listed(before), _listed(after))
            for v in found.verdicts
            if v.kind == "berubah"
            for name, (before, after) in ((n, _masked(n, pair)) for n, pair in v.changes.items())
        ],
        columns=[t.BARIS, t.KODE, t.NAMA, t.KOLOM, t.SEBELUM, t.SESUDAH],
    )
    new = pd.DataFrame(
        [(v.row, v.values.get("nama"), v.values.get("kabkota")) for v in found.verdicts if v.kind == "baru"],
        columns=[t.BARIS, t.NAMA, t.KABKOTA],
    )
    repairs = pd.DataFrame(
        [(row.row, _label(r.column), r.before, r.after) for row in found.parsed.rows for r in row.repairs],
        columns=[t.BARIS, t.KOLOM, t.SEBELUM, t.SESUDAH],
    )
    doubts = pd.concat([_problems(found, kind, "doubts") for kind in ("baru", "berubah", "sama")])
    labels = (
        (t.TAB_DITOLAK, counts["ditolak"], refused),
        (t.TAB_BARU, counts["baru"], new),
        (t.TAB_BERUBAH, counts["berubah"], changed),
        (t.TAB_RAGU, len(doubts), doubts),
        (t.TAB_PERBAIKAN, len(repairs), repairs),
    )
    for tab, (_, _, frame) in zip(
        st.tabs([words.format(jumlah=figures.integer(n)) for words, n, _ in labels]), labels, strict=True
    ):
        with tab:
            _capped(frame)
    if counts["ditolak"]:
        st.download_button(
            t.UNDUH_DITOLAK.format(jumlah=figures.integer(counts["ditolak"])),
            data=fragments.later(by, lambda: importing.refused_workbook(by, found)),
            file_name=t.NAMA_DITOLAK,
            icon=":material/download:",
            on_click="ignore",
        )


def _masked(name: str, pair: tuple[Any, Any]) -> tuple[str, tuple[Any, Any]]:
    return name, (importing.masked(name, pair[0]), importing.masked(name, pair[1]))


def save(by: Actor, found: Preview) -> None:
    """Step 4: stores the accepted rows with one press; a second press stores nothing twice."""
    counts = found.counts()
    rows = counts["baru"] + counts["berubah"]
    with st.container(horizontal=True):
        if rows == 0:
            st.info(t.TIDAK_ADA_DISIMPAN, icon=":material/info:")
        elif st.button(t.SIMPAN.format(jumlah=figures.integer(rows)), type="primary", icon=":material/save:"):
            with st.spinner(t.MENYIMPAN):
                token = state.one_time_token("impor")
                job = jobs.wait(by, jobs.start(by, lambda _: importing.store(by, found, token)), 600)
            batch = job.outcome()
            forget()
            st.session_state[_SAVED] = {"batch": batch, **counts}
            st.rerun()
        st.button(t.BERKAS_LAIN, on_click=forget, icon=":material/undo:", key="impor_ulang")


def saved() -> None:
    """The receipt of the last save of this session."""
    done = st.session_state.get(_SAVED)
    if done:
        st.success(t.TERSIMPAN.format(**done), icon=":material/check_circle:")


def found() -> Preview | None:
    """The preview the session holds."""
    return st.session_state.get(_PREVIEW)


@fragments.dialog(t.PILIH_BATCH, icon=":material/undo:")
def _confirm(by: Actor, batch: int, file_name: str) -> None:
    st.write(feedback.escape(t.BATALKAN_TANYA.format(batch=batch, berkas=file_name)))
    if st.button(t.BATALKAN_YA, type="primary"):
        with feedback.shown():
            st.session_state["_impor_undone"] = importing.undo(by, batch)
            st.session_state.pop(_SAVED, None)
            st.rerun()


def earlier(by: Actor) -> None:
    """The batches so far, each of which can be taken back."""
    st.header(t.RIWAYAT)
    undone = st.session_state.pop("_impor_undone", None)
    if undone is not None:
        st.success(t.DIBATALKAN.format(dihapus=undone.removed, dikembalikan=undone.restored), icon=":material/undo:")
        if undone.kept:
            st.warning(t.DIBIARKAN.format(jumlah=len(undone.kept)))
            _capped(pd.DataFrame([(r["kode_lks"], r["nama"]) for r in undone.kept], columns=[t.KODE, t.NAMA]))
    frame = importing.batches(by)
    if frame.empty:
        st.caption(t.RIWAYAT_KOSONG)
        return
    shown = pd.DataFrame(
        {
            t.ANGKA["id"]: frame["id"],
            t.ANGKA["berkas"]: frame["berkas"],
            t.ANGKA["pada"]: [figures.moment(value) for value in frame["pada"]],
            t.ANGKA["oleh"]: frame["oleh"],
            **{words: frame[kind] for kind, words in t.HASIL.items()},
            t.ANGKA["dibatalkan_pada"]: [figures.moment(value) for value in frame["dibatalkan_pada"]],
        }
    )
    _capped(shown)
    for row in frame[frame["dibatalkan_pada"].isna()].head(5).to_dict("records"):
        if st.button(t.BATALKAN.format(batch=row["id"]), key=f"batal_{row['id']}", icon=":material/undo:"):
            _confirm(by, int(row["id"]), str(row["berkas"]))

"""The steps of importing a roster, in place of its table: upload, check the columns, preview, save, take back."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.errors import PilarError
from domain.impor.roster import FIELDS
from domain.permissions import Actor
from services import roster_import, wording
from services.roster_import import Preview
from ui import draw, feedback, fragments, state
from ui.bimtek.roster import Row, attempt
from ui.importing import progress_line
from ui.profile.saving import say
from ui.text import impor as words
from ui.text import peserta as t

_OPEN, _FILE, _PREVIEW, _ROUND = "_peserta_impor", "_peserta_berkas", "_peserta_pratinjau", "_peserta_putaran"
_UNDONE, _REFUSED = "_peserta_batal", "_peserta_berkas_ditolak"
_LABELS = {field.id: field.label for field in FIELDS}
_SHOWN_ROWS = 500


def is_open() -> bool:
    """True while the import stands in place of the table."""
    return bool(st.session_state.get(_OPEN))


def begin() -> None:
    """Puts the import in place of the table; a callback of the button."""
    st.session_state[_OPEN] = True


def leave() -> None:
    """Back to the table; a callback of the button."""
    forget()
    st.session_state.pop(_OPEN, None)


def forget() -> None:
    """Starts over with another file; a callback of the button."""
    for key in (_FILE, _PREVIEW, _REFUSED):
        st.session_state.pop(key, None)
    state.renew_token("peserta_impor")
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def panel(by: Actor, event: Row) -> None:
    """The whole import of one event's roster, at the step where the session stands."""
    st.button(t.KEMBALI, on_click=leave, icon=":material/arrow_back:", type="tertiary")
    found: Preview | None = st.session_state.get(_PREVIEW)
    if found is not None and found.event_id != event["id"]:  # another event was chosen meanwhile
        forget()
        found = None
    progress_line(1 if found is None else 3)
    st.caption(t.IMPOR_JANJI)
    if found is None:
        _upload(by, event)
        _earlier(by, event)
        return
    st.header(feedback.escape(found.file_name), divider="gray")
    _columns(by, event, found)
    _preview(by, found)
    _save(by, found)


def _upload(by: Actor, event: Row) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t.TEMPLAT_URAIAN, width="stretch")
        st.download_button(
            t.UNDUH_TEMPLAT,
            data=fragments.later(by, lambda: roster_import.template(by)),
            file_name=t.NAMA_TEMPLAT,
            mime=draw.XLSX,
            icon=":material/download:",
            on_click="ignore",
        )
    refused: PilarError | None = st.session_state.get(_REFUSED)
    if refused is not None:
        feedback.show(refused)
    key = f"peserta_unggah_{st.session_state.get(_ROUND, 0)}"
    given = st.file_uploader(t.UNGGAH, type=["xlsx", "csv"], key=key, max_upload_size=5)
    if given is not None:
        st.session_state[_FILE] = (given.name, given.getvalue())
        st.session_state.pop(_REFUSED, None)
        try:
            _read(by, event)
        except PilarError as error:
            # A new uploader: the old one would hand the same file over again at every rerun.
            forget()
            st.session_state[_REFUSED] = error
        st.rerun()


def _read(by: Actor, event: Row, mapping: dict[str, str] | None = None, sheet: str | None = None) -> None:
    name, content = st.session_state[_FILE]
    with st.spinner(t.MEMBACA):
        st.session_state[_PREVIEW] = roster_import.preview(by, event["id"], content, name, mapping=mapping, sheet=sheet)


def _columns(by: Actor, event: Row, found: Preview) -> None:
    parsed = found.parsed
    for warning in parsed.warnings:
        st.caption(f":material/info: {feedback.escape(str(wording.of_problem(warning)))}")
    with st.expander(f"{words.KOLOM_JUDUL} · {len(parsed.mapping)}/{len(parsed.proposals)}"):
        st.caption(words.KOLOM_URAIAN.format(baris=parsed.header_row))
        with st.form("peserta_kolom", enter_to_submit=False, border=False):
            sheet = parsed.sheet
            if len(parsed.sheets) > 1:
                sheet = st.selectbox(words.LEMBAR, parsed.sheets, index=parsed.sheets.index(parsed.sheet))
            mapping: dict[str, str] = {}
            with st.grid("auto", min_column_width=220):
                for proposal in parsed.proposals:
                    options = [None, *_LABELS]
                    chosen = st.selectbox(
                        feedback.escape(proposal.header),
                        options,
                        index=options.index(parsed.mapping.get(proposal.header)),
                        format_func=lambda field: words.TIDAK_DIPAKAI if field is None else _LABELS[field],
                        key=f"peserta_kolom_{found.digest[:8]}_{proposal.index}",
                    )
                    if chosen:
                        mapping[proposal.header] = chosen
            if st.form_submit_button(words.BACA_ULANG, icon=":material/refresh:"):
                # Another sheet has other headers: it is read as it describes itself.
                with feedback.shown():
                    _read(by, event, mapping if sheet == parsed.sheet else None, sheet)
                    st.rerun()


def _label(column: str) -> str:
    return _LABELS.get(column) or t.ISIAN.get(column, column)


def _problems(found: Preview, kinds: tuple[str, ...], column: str) -> pd.DataFrame:
    rows = []
    for verdict in found.verdicts:
        if verdict.kind in kinds:
            for problem in getattr(verdict, column):
                sentence = wording.of_problem(problem)
                rows.append((verdict.row, _label(problem.column), problem.value, sentence.reason, sentence.remedy))
    names = [words.BARIS, words.KOLOM, words.NILAI, words.MASALAH, words.CARA_MEMPERBAIKI]
    return pd.DataFrame(rows, columns=names)


def _shown(name: str, value: Any) -> str:
    if name == "jenis" and value:
        return t.JENIS[value]
    return figures.missing(roster_import.shown(name, value))


def _preview(by: Actor, found: Preview) -> None:
    counts = found.counts()
    with st.grid(4, min_column_width=120):
        for kind, label in words.HASIL.items():
            st.metric(label, figures.integer(counts[kind]), border=True)
    new = pd.DataFrame(
        [
            (v.row, v.values["nama"], _shown("jenis", v.values["jenis"]), figures.missing(v.values.get("instansi")))
            for v in found.verdicts
            if v.kind == "baru"
        ],
        columns=[words.BARIS, t.KOLOM["nama"], t.KOLOM["jenis"], t.KOLOM["instansi"]],
    )
    changed = pd.DataFrame(
        [
            (v.row, (v.record or {})["nama"], _label(name), _shown(name, before), _shown(name, after))
            for v in found.verdicts
            if v.kind == "berubah"
            for name, (before, after) in v.changes.items()
        ],
        columns=[words.BARIS, t.KOLOM["nama"], words.KOLOM, words.SEBELUM, words.SESUDAH],
    )
    repairs = pd.DataFrame(
        [(row.row, _label(r.column), r.before, r.after) for row in found.parsed.rows for r in row.repairs],
        columns=[words.BARIS, words.KOLOM, words.SEBELUM, words.SESUDAH],
    )
    doubts = _problems(found, ("baru", "berubah", "sama"), "doubts")
    tabs = (
        (words.TAB_DITOLAK, counts["ditolak"], _problems(found, ("ditolak",), "problems")),
        (words.TAB_BARU, counts["baru"], new),
        (words.TAB_BERUBAH, counts["berubah"], changed),
        (words.TAB_RAGU, len(doubts), doubts),
        (words.TAB_PERBAIKAN, len(repairs), repairs),
    )
    titles = [label.format(jumlah=figures.integer(number)) for label, number, _ in tabs]
    for tab, (label, _, frame) in zip(st.tabs(titles), tabs, strict=True):
        with tab:
            if label == words.TAB_RAGU:
                st.caption(t.RAGU_URAIAN)
            draw.table(frame.head(_SHOWN_ROWS), alt=words.ALT_TABEL)
            if len(frame) > _SHOWN_ROWS:
                st.caption(words.LEBIH.format(tampil=figures.integer(_SHOWN_ROWS), semua=figures.integer(len(frame))))
    if counts["ditolak"]:
        st.download_button(
            words.UNDUH_DITOLAK.format(jumlah=figures.integer(counts["ditolak"])),
            data=fragments.later(by, lambda: roster_import.refused_workbook(by, found)),
            file_name=t.NAMA_DITOLAK,
            mime=draw.XLSX,
            icon=":material/download:",
            on_click="ignore",
        )


def _save(by: Actor, found: Preview) -> None:
    counts = found.counts()
    rows = counts["baru"] + counts["berubah"]
    with st.container(horizontal=True):
        if rows == 0:
            st.info(words.TIDAK_ADA_DISIMPAN, icon=":material/info:")
        elif st.button(words.SIMPAN.format(jumlah=figures.integer(rows)), type="primary", icon=":material/save:"):
            _store(by, found, counts)
        st.button(words.BERKAS_LAIN, on_click=forget, icon=":material/undo:", key="peserta_impor_ulang")


def _store(by: Actor, found: Preview, counts: dict[str, int]) -> None:
    try:
        batch = roster_import.store(by, found, state.one_time_token("peserta_impor"))
    except PilarError as error:
        feedback.show(error)
        return
    leave()
    say(t.IMPOR_TERSIMPAN.format(batch=batch, baru=counts["baru"], berubah=counts["berubah"]))
    st.rerun()


@fragments.dialog(t.BATALKAN_JUDUL, icon=":material/undo:")
def _confirm(by: Actor, event: Row, batch: Row) -> None:
    st.write(feedback.escape(t.BATALKAN_TANYA.format(batch=batch["id"], berkas=batch["berkas"])))
    if st.button(words.BATALKAN_YA, type="primary", width="stretch"):

        def write(token: str) -> None:
            st.session_state[_UNDONE] = roster_import.undo(by, event["id"], batch["id"], token)

        attempt(f"peserta_batal_{batch['id']}", write, "")


def _earlier(by: Actor, event: Row) -> None:
    """The imports so far, each of which can be taken back."""
    undone = st.session_state.pop(_UNDONE, None)
    if undone is not None:
        st.success(t.DIBATALKAN.format(dihapus=undone.removed), icon=":material/undo:")
        if undone.kept:
            st.warning(t.DIBIARKAN.format(jumlah=len(undone.kept)), icon=":material/info:")
            rows = [(r["nama"], r["instansi"], t.karena(r["karena"])) for r in undone.kept]
            columns = [t.KOLOM["nama"], t.KOLOM["instansi"], t.KARENA]
            draw.table(pd.DataFrame(rows, columns=columns), alt=words.ALT_TABEL)
    batches = roster_import.batches(by, event["id"])
    if not batches:
        return
    st.header(words.RIWAYAT)
    columns = list(words.ANGKA.values())
    table = pd.DataFrame(
        [
            {
                words.ANGKA["id"]: batch["id"],
                words.ANGKA["berkas"]: batch["berkas"],
                words.ANGKA["pada"]: figures.moment(batch["pada"], event["wilayah"]),
                words.ANGKA["oleh"]: batch["oleh"],
                **{label: batch[kind] for kind, label in words.HASIL.items()},
                words.ANGKA["dibatalkan_pada"]: figures.moment(batch["dibatalkan_pada"], event["wilayah"]),
            }
            for batch in batches
        ]
    )
    draw.table(table, alt=words.RIWAYAT)
    for batch in [batch for batch in batches if batch["dibatalkan_pada"] is None][:5]:
        label = t.BATALKAN.format(batch=batch["id"])
        if st.button(label, key=f"peserta_batal_{batch['id']}", icon=":material/undo:"):
            _confirm(by, event, batch)

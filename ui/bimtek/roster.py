"""The roster on the screen: its table, and the dialogs that add, mend, strike off and give new codes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zlib import crc32

import pandas as pd
import streamlit as st

from domain import figures
from domain.bimtek import KINDS_OF_PARTICIPANT
from domain.errors import AlreadyDone, InvalidInput, PilarError
from domain.permissions import Actor
from domain.wilayah import level
from services import clock, roster, wilayah, wording
from ui import draw, feedback, fragments, readings, state
from ui.profile.saving import say
from ui.text import peserta as t

SHOW_ONCE = "_peserta_kode"  # (name, code) until the dialog that shows it is closed
Row = dict[str, Any]


def attempt(key: str, write: Callable[[str], Any], done: str | Callable[[Any], str] = t.TERSIMPAN) -> None:
    """Carries out a write with the one-time token of `key`; the page runs anew when it went well, else says why not."""
    try:
        result = write(state.one_time_token(key))
    except PilarError as error:
        if isinstance(error, AlreadyDone):
            state.renew_token(key)
        show(error)
        return
    state.renew_token(key)
    words = done(result) if callable(done) else done
    if words:
        say(words)
    st.rerun()


def show(error: PilarError) -> None:
    """The error as a box; refused values each under the label of their entry."""
    if not isinstance(error, InvalidInput):
        feedback.show(error)
        return
    lines = [
        f"- **{t.ISIAN.get(p.column, t.PESERTA)}**: {feedback.escape(str(wording.of_problem(p)))}"
        for p in error.problems
    ]
    st.error("\n".join(lines), title=wording.of_error(error).reason, icon=":material/error:")


# --- the table -------------------------------------------------------------------------------------------------------


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The table's rows as plain dicts, None where nothing is known."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _notes(row: Row) -> str:
    marks = [t.DI_TEMPAT] if row["di_tempat"] else []
    marks += [t.pernah_ikut(row["kegiatan_lain"])] if row["kegiatan_lain"] else []
    if not row["aktif"]:
        marks.append(t.DIGABUNG if row["digabung_ke"] else t.DICORET)
    marks += [t.CONTOH] if row["contoh"] else []
    return ", ".join(marks)


def worded(rows: list[Row], columns: Mapping[str, str] = t.KOLOM) -> pd.DataFrame:
    """The rows in words, for the screen and for Excel; one column per entry of `columns`."""
    told = [
        row
        | {"jenis": t.JENIS[row["jenis"]], "keterangan": _notes(row)}
        | {"lks": row["lks_nama"] or (t.DI_LUAR_WILAYAH if row["lks_id"] else None)}
        for row in rows
    ]
    table = pd.DataFrame([[row[name] or None for name in columns] for row in told], columns=list(columns.values()))
    return table.astype(object).where(table.notna(), None)


def key_of(name: str, ids: Iterable[Any]) -> str:
    """A widget key for a table of these rows: a selection is kept by position, and must not pass to other rows."""
    return f"{name}_{crc32(repr(list(ids)).encode()):08x}"


def table(rows: list[Row]) -> list[Row]:
    """Draws the roster and returns the rows that are selected."""
    key = key_of("peserta_tabel", (row["id"] for row in rows))
    event = draw.table(worded(rows), alt=t.ALT_TABEL, key=key, on_select="rerun", selection_mode="multi-row")
    return [rows[number] for number in event["selection"]["rows"] if number < len(rows)]


def excel(by: Actor, event: Row, rows: list[Row]) -> None:
    """The button that writes exactly the shown rows as a workbook."""
    title = str(event["judul"])
    about = t.keterangan(title, figures.date_long(clock.today()), len(rows))
    st.download_button(
        t.UNDUH,
        data=fragments.later(by, lambda: roster.export(by, event["id"], t.PESERTA, worded(rows, t.KOLOM_EXCEL), about)),
        file_name=draw.file_name("peserta", title[:40], event["id"], by.role.id, rows),
        mime=draw.XLSX,
        icon=":material/download:",
        on_click="ignore",
    )


# --- dialogs ---------------------------------------------------------------------------------------------------------


def _kind(before: str | None, key: str) -> str | None:
    kinds = list(KINDS_OF_PARTICIPANT)
    index = kinds.index(before) if before in kinds else None
    return st.selectbox(t.ISIAN["jenis"], kinds, index, t.JENIS.__getitem__, key, placeholder=t.PILIH_JENIS)


def _region(by: Actor, event: Row, before: str | None, key: str) -> str | None:
    """A kab/kota of the event's reach, or the one the row already has."""
    reach = str(event["jangkauan"])
    places = {reach: wilayah.name(reach)} if level(reach) == "kabkota" else dict[str, str]()
    if level(reach) == "provinsi":
        places = readings.children(reach)
    elif level(reach) == "kecamatan":
        places = {reach[:5]: wilayah.name(reach[:5])}
    if before and before not in places:
        places = {before: wilayah.name(before), **places}
    index = list(places).index(before) if before else None
    label = t.ISIAN["kabkota_kode"]
    return st.selectbox(label, list(places), index, places.__getitem__, key, placeholder=t.PILIH_KABKOTA)


def _fields(by: Actor, event: Row, before: Row, key: str) -> Row:
    """What was typed; checked by the service."""
    found: Row = {
        "nama": st.text_input(
            t.ISIAN["nama"], before.get("nama") or "", 200, f"{key}_nama", placeholder=t.NAMA_CONTOH, autocomplete="off"
        ),
        "jenis": _kind(before.get("jenis"), f"{key}_jenis"),
        "instansi": st.text_input(
            t.ISIAN["instansi"],
            before.get("instansi") or "",
            200,
            f"{key}_instansi",
            placeholder=t.INSTANSI_CONTOH,
            autocomplete="off",
        ),
    }
    with st.grid(2, min_column_width=220):
        sexes = list(t.KELAMIN)
        index = sexes.index(before["kelamin"]) if before.get("kelamin") else None
        found["kelamin"] = st.selectbox(
            t.ISIAN["kelamin"], sexes, index, t.KELAMIN.__getitem__, f"{key}_kelamin", placeholder=t.TANPA_PILIHAN
        )
        found["kabkota_kode"] = _region(by, event, before.get("kabkota_kode"), f"{key}_kabkota")
        for name in ("jabatan", "telepon", "email", "catatan"):
            found[name] = st.text_input(t.ISIAN[name], before.get(name) or "", key=f"{key}_{name}", autocomplete="off")
    return found


@fragments.dialog(t.TAMBAH, width="large", icon=":material/person_add:")
def add(by: Actor, event: Row) -> None:
    """Asks for somebody new and puts them on the roster."""
    found = _fields(by, event, {}, "tambah")
    if st.button(t.SIMPAN, key="simpan_tambah", type="primary", width="stretch"):
        attempt("peserta_tambah", lambda token: roster.add(by, event["id"], found, token), t.DITAMBAH)


@fragments.dialog(t.UBAH, width="large", icon=":material/edit:")
def edit(by: Actor, event: Row, row: Row) -> None:
    """Asks for the changes to one row and stores those that differ."""
    found = _fields(by, event, row, f"ubah_{row['id']}")
    given = {name: value for name, value in found.items() if (value or None) != (row[name] or None)}
    if st.button(t.SIMPAN, key="simpan_ubah", type="primary", width="stretch"):
        attempt(
            f"peserta_ubah_{row['id']}",
            lambda token: roster.edit(by, event["id"], row["id"], row["versi"], given, token),
            lambda changed: t.TERSIMPAN if changed else t.TIDAK_BERUBAH,
        )


@fragments.dialog(t.WALK_IN, icon=":material/bolt:")
def walk_in(by: Actor, event: Row) -> None:
    """Three entries and the code is there, to be read aloud; then the next one."""
    st.caption(t.WALK_IN_URAIAN)
    with st.form("peserta_langsung", border=False, clear_on_submit=False):
        nama = st.text_input(t.ISIAN["nama"], max_chars=200, autocomplete="off", key="langsung_nama")
        kinds = list(KINDS_OF_PARTICIPANT)
        jenis = st.segmented_control(t.ISIAN["jenis"], kinds, format_func=t.JENIS.__getitem__, key="langsung_jenis")
        instansi = st.text_input(t.ISIAN["instansi"], max_chars=200, autocomplete="off", key="langsung_instansi")
        pressed = st.form_submit_button(t.LANGSUNG_SIMPAN, type="primary", width="stretch")
    if pressed:

        def write(token: str) -> None:
            made = roster.walk_in(by, event["id"], nama or "", jenis or "", instansi or "", token)
            st.session_state[SHOW_ONCE] = (nama, made.code)

        attempt("peserta_langsung", write, "")


@fragments.dialog(t.KODE_PRIBADI, icon=":material/key:")
def show_once(by: Actor) -> None:
    """A new code, large enough to be read across a table; gone once the dialog is closed."""
    name, code = st.session_state.pop(SHOW_ONCE)
    st.metric(feedback.escape(t.KODE_UNTUK.format(nama=name)), code, border=True)
    st.caption(t.KODE_URAIAN)


@fragments.dialog(t.GANTI_KODE, icon=":material/lock_reset:")
def reset_code(by: Actor, event: Row, row: Row) -> None:
    """Asks for a reason and gives somebody a new code."""
    st.text(row["nama"])
    st.write(t.GANTI_KODE_URAIAN)
    reason = _reason(f"ganti_{row['id']}")

    def write(token: str) -> None:
        code = roster.reset_code(by, event["id"], row["id"], row["versi"], reason, token)
        st.session_state[SHOW_ONCE] = (row["nama"], code)

    if st.button(t.GANTI_KODE, key="ya_ganti", type="primary", width="stretch"):
        attempt(f"peserta_ganti_{row['id']}", write, "")


def _reason(key: str) -> str | None:
    return st.text_input(t.ALASAN, max_chars=300, key=f"{key}_alasan", placeholder=t.ALASAN_CONTOH, autocomplete="off")


@fragments.dialog(t.CORET, icon=":material/person_remove:")
def strike(by: Actor, event: Row, row: Row) -> None:
    """Asks for a reason and takes somebody off the roster."""
    _turn(by, event, row, roster.strike, t.CORET, t.CORET_URAIAN)


@fragments.dialog(t.PULIHKAN, icon=":material/person_check:")
def restore(by: Actor, event: Row, row: Row) -> None:
    """Asks for a reason and puts somebody back on the roster."""
    _turn(by, event, row, roster.restore, t.PULIHKAN, t.PULIHKAN_URAIAN)


def _turn(by: Actor, event: Row, row: Row, write: Callable[..., None], label: str, rule: str) -> None:
    st.text(row["nama"])
    st.write(rule)
    key = f"{write.__name__}_{row['id']}"
    reason = _reason(key)
    if st.button(label, key=f"ya_{key}", type="primary", width="stretch"):
        attempt(f"peserta_{key}", lambda token: write(by, event["id"], row["id"], row["versi"], reason, token))


def for_one(by: Actor, event: Row, row: Row) -> None:
    """What can be done with the one row that is selected."""
    if row["digabung_ke"]:
        return
    if not row["aktif"]:
        if st.button(t.PULIHKAN, icon=":material/person_check:"):
            restore(by, event, row)
        return
    if st.button(t.UBAH, icon=":material/edit:"):
        edit(by, event, row)
    if st.button(t.GANTI_KODE, icon=":material/lock_reset:"):
        reset_code(by, event, row)
    if st.button(t.CORET, icon=":material/person_remove:"):
        strike(by, event, row)


def when_and_where(event: Row) -> str:
    """The dates and the place of the event, for the line below the title."""
    days = figures.date_long(event["mulai"])
    if event["selesai"] != event["mulai"]:
        days += f" – {figures.date_long(event['selesai'])}"
    return " · ".join([days, *([str(event["tempat"])] if event["tempat"] else [])])

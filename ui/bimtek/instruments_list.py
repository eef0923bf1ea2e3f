"""The list of instruments, the way into one, and the ways to make a new one: on the screen or from a file."""

import hashlib
from typing import Any

import pandas as pd
import streamlit as st

from domain.errors import PilarError
from domain.forms.definition import FORM_KINDS, items
from domain.permissions import Actor, Permission
from services import instruments, wilayah, wording
from services.instruments import Instrument, Read
from ui import draw, feedback, fragments
from ui.bimtek import instruments_builder
from ui.bimtek.events_dialogs import regions
from ui.bimtek.events_saving import attempt, show
from ui.profile import entry
from ui.text import bimtek as t

Row = dict[str, Any]
INSTRUMENT, TABLE, ARCHIVE = "instrumen", "tabel_instrumen", "arsip_instrumen"
_READ, _OPEN, _COUNTRY = "_instrumen_terbaca", "_buka_instrumen", "-"


def label(row: Row) -> str:
    """ "Tes uji (no. 3)": unique, because the number is."""
    return f"{row['judul']} (no. {row['id']})"


def chosen(by: Actor) -> int | None:
    """The id of the instrument of the address, with the picker that leads to others; None for the whole list."""
    rows = {row["id"]: row for row in [*instruments.listed(by), *instruments.listed(by, archived=True)]}
    picked: int | None = st.selectbox(
        t.PILIH_INSTRUMEN,
        list(rows),
        index=None,
        format_func=lambda number: label(rows[number]),
        key=INSTRUMENT,
        bind="query-params",
        placeholder=t.SEMUA_INSTRUMEN,
    )
    return picked


def go_to(instrument_id: int | None) -> None:
    """Opens an instrument, or the list for None; a callback."""
    st.session_state[INSTRUMENT] = instrument_id


def go_soon(instrument_id: int | None) -> None:
    """go_to() after a write, when the picker stands already: at the start of the next run."""
    st.session_state[_OPEN] = instrument_id


def open_soon() -> None:
    """Opens what a write of the run before has made; called before the picker stands."""
    if _OPEN in st.session_state:
        go_to(st.session_state.pop(_OPEN))


def worded(rows: list[Row]) -> pd.DataFrame:
    """The instruments as their table shows them."""
    places = wilayah.names([row["wilayah"] for row in rows if row["wilayah"]])
    shown = [
        {
            "judul": row["judul"],
            "jenis": t.JENIS_INSTRUMEN[row["jenis"]],
            "asal": t.BAWAAN if row["bawaan"] else places.get(row["wilayah"], t.MILIK_PUSAT),
            "versi": None if row["terbit_nomor"] is None else str(row["terbit_nomor"]),
            "draf": t.ADA_DRAF if row["draf_id"] else None,
            "formulir": row["formulir"],
        }
        for row in rows
    ]
    return pd.DataFrame(shown, columns=list(t.KOLOM_INSTRUMEN)).rename(columns=t.KOLOM_INSTRUMEN)


def page(by: Actor) -> None:
    """Everything of the screen while no instrument is open."""
    st.write(t.INSTRUMEN_URAIAN)
    if by.may(Permission.MANAGE_INSTRUMENTS):
        with st.container(horizontal=True):
            if st.button(t.INSTRUMEN_BARU, type="primary", icon=":material/add:", key="instrumen_baru"):
                create(by)
            if st.button(t.UNGGAH, icon=":material/upload_file:", key="unggah_instrumen"):
                upload(by, None)
            st.download_button(
                t.TEMPLAT,
                data=fragments.later(by, lambda: instruments.template(by)),
                file_name="templat_instrumen.xlsx",
                mime=draw.XLSX,
                key="unduh_templat",
                icon=":material/download:",
                on_click="ignore",
            )
    archived = st.toggle(t.TAMPILKAN_ARSIP, key=ARCHIVE, bind="query-params")
    rows = instruments.listed(by, archived=archived)
    if not rows:
        st.info(t.INSTRUMEN_KOSONG, title=t.INSTRUMEN_KOSONG_JUDUL, icon=":material/inventory_2:")
        return
    ids = [row["id"] for row in rows]
    draw.table(
        worded(rows),
        alt=t.TABEL_INSTRUMEN,
        key=TABLE,
        on_select=lambda: _open(ids),
        selection_mode="single-row",
        column_config={t.KOLOM_INSTRUMEN["judul"]: st.column_config.TextColumn(width=360)},
    )
    st.caption(t.PILIH_BARIS_INSTRUMEN)


def _open(ids: list[int]) -> None:
    picked = st.session_state[TABLE]["selection"]["rows"]
    if picked and picked[0] < len(ids):
        go_to(ids[picked[0]])


def region(by: Actor, key: str) -> str | None:
    """For which region an instrument is made; a national account may leave it open, for everybody."""
    places = regions(by)
    if by.scope.root is None:
        places = {_COUNTRY: t.SELURUH_INDONESIA} | places
    picked = entry.one_of(t.UNTUK_WILAYAH, key, places, by.scope.root or _COUNTRY)
    return None if picked == _COUNTRY else picked


@fragments.dialog(t.INSTRUMEN_BARU, width="medium", icon=":material/add:")
def create(by: Actor) -> None:
    """Asks for title and kind of a new instrument and opens its draft."""
    prefix = "instrumen_baru"
    with st.form(prefix, enter_to_submit=False, border=False):
        title = entry.text(t.JUDUL_INSTRUMEN, f"{prefix}_judul", most=200)
        jenis = entry.one_of(t.JENIS_PILIH, f"{prefix}_jenis", {kind: t.JENIS_INSTRUMEN[kind] for kind in FORM_KINDS})
        place = region(by, f"{prefix}_wilayah")
        if st.form_submit_button(t.BUAT_SENDIRI, type="primary", width="stretch"):
            data = instruments_builder.skeleton(title or "", jenis or "")
            attempt(
                prefix,
                lambda token: instruments.add(by, instruments.check(by, data), place, token),
                t.TERSIMPAN,
                go_soon,
            )


def _read(by: Actor, content: bytes, name: str) -> Read | PilarError:
    """The form of an uploaded file, read once per file."""
    digest = hashlib.sha256(content + name.encode()).hexdigest()
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != digest:
        try:
            found: Read | PilarError = instruments.read_file(by, content, name)
        except PilarError as error:
            found = error
        kept = st.session_state[_READ] = (digest, found)
    result: Read | PilarError = kept[1]
    return result


@fragments.dialog(t.UNGGAH, width="large", icon=":material/upload_file:")
def upload(by: Actor, into: Instrument | None) -> None:
    """Reads a TOML file or a filled template, says what is wrong with it, and stores it as a draft.

    Of an instrument it becomes the next version, or replaces the draft that is there.
    """
    given = st.file_uploader(t.UNGGAH, type=["toml", "xlsx"], key="berkas_instrumen", label_visibility="collapsed")
    if given is None:
        st.session_state.pop(_READ, None)
        return
    read = _read(by, given.getvalue(), given.name)
    if isinstance(read, PilarError):
        show(read)
        return
    form = read.form
    st.success(
        feedback.escape(t.BERKAS_TERBACA.format(judul=form.judul, butir=len(items(form)), bagian=len(form.bagian))),
        icon=":material/check:",
    )
    for problem in read.warnings:
        st.caption(feedback.escape(str(wording.of_problem(problem))))
    place = region(by, "unggah_wilayah") if into is None else None
    if not st.button(t.SIMPAN_DRAF, key="simpan_unggahan", type="primary", width="stretch"):
        return
    if into is None:
        attempt("unggah_instrumen", lambda token: instruments.add(by, form, place, token), t.TERSIMPAN, go_soon)
        return
    number, draft = into.record["id"], into.draft
    if draft is None:
        attempt(f"unggah_versi_{number}", lambda token: instruments.new_version(by, number, token, form))
    else:
        key = f"unggah_draf_{draft['id']}_{draft['versi']}"
        attempt(key, lambda token: instruments.save_draft(by, draft["id"], draft["versi"], form, token))

"""One instrument on the screen: its versions, what participants see, the key for those who may, its draft, its files."""

from typing import Any

import pandas as pd
import streamlit as st

from domain.bimtek import ZONES
from domain.filenames import slug
from domain.forms.definition import items
from domain.permissions import Actor, Permission
from services import instruments
from services.instruments import Instrument
from ui import draw, feedback, fragments
from ui.bimtek import instruments_builder, instruments_list
from ui.bimtek.events_saving import attempt
from ui.profile import entry
from ui.text import bimtek as t

Row = dict[str, Any]
VERSION, TAB = "versi_instrumen", "bagian_instrumen"
_ZONE = next(iter(ZONES))


def version_words(version: Row) -> str:
    """ "versi 2, terbit 22/05/2026 09.31 WIB" or "versi 3, draf"."""
    if version["terbit_pada"] is None:
        return t.VERSI_DRAF.format(nomor=version["nomor"])
    return t.VERSI_TERBIT.format(nomor=version["nomor"], tanggal=t.saat(version["terbit_pada"], _ZONE))


def header(by: Actor, found: Instrument) -> Row:
    """Title, kind and origin of an instrument, what may be done to it, and the version that is looked at."""
    row = found.record
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(feedback.escape(row["judul"]), anchor=False, width="stretch")
        st.badge(t.JENIS_INSTRUMEN[row["jenis"]], color="blue")
        if row["bawaan"]:
            st.badge(t.BAWAAN, color="gray")
    versions = {version["id"]: version for version in found.versions}
    key = f"{VERSION}_{row['id']}"
    picked = st.selectbox(
        t.VERSI, list(versions), 0, lambda number: version_words(versions[number]), key=key, width=360
    )
    version = versions[picked] if picked in versions else found.versions[0]
    about = {"butir": version["butir"], "formulir": version["formulir"], "sidik": version["sidik"][:12]}
    st.caption(t.VERSI_RINCIAN.format(**about))
    if by.may(Permission.MANAGE_INSTRUMENTS):
        with st.container(horizontal=True):
            _actions(by, found, version)
        if row["bawaan"]:
            st.caption(t.BAWAAN_URAIAN)
    return version


def _actions(by: Actor, found: Instrument, version: Row) -> None:
    row, draft = found.record, found.draft
    own = instruments.changeable(row, by)
    if own and version["terbit_pada"] is None:
        if st.button(t.TERBITKAN, type="primary", icon=":material/publish:", key="terbitkan"):
            publish(by, version)
        if st.button(t.BUANG, icon=":material/delete:", key="buang_draf"):
            drop(by, version, len(found.versions) == 1)
    if own and draft is None and st.button(t.VERSI_BARU, icon=":material/edit_document:", key="versi_baru"):
        attempt(f"versi_baru_{row['id']}", lambda token: instruments.new_version(by, row["id"], token))
    if own and st.button(t.UNGGAH, icon=":material/upload_file:", key="unggah_versi"):
        instruments_list.upload(by, found)
    if st.button(t.GANDAKAN, icon=":material/content_copy:", key="gandakan"):
        duplicate(by, row, version)
    if own:
        away = row["diarsipkan_pada"] is None
        if st.button(t.ARSIPKAN if away else t.PULIHKAN, icon=":material/archive:", key="arsipkan"):
            act = instruments.archive if away else instruments.restore
            attempt(
                f"arsip_instrumen_{row['id']}_{row['versi']}", lambda token: act(by, row["id"], row["versi"], token)
            )


def tabs(by: Actor, found: Instrument, version: Row) -> None:
    """Preview, key, grid and files of a version, as far as they are for this person."""
    manages = by.may(Permission.MANAGE_INSTRUMENTS)
    builds = instruments.changeable(found.record, by) and version["terbit_pada"] is None
    names = [t.PRATINJAU, *([t.KUNCI] if manages else []), *([t.SUSUN] if builds else []), t.BERKAS]
    for name, part in zip(names, st.tabs(names, key=TAB, on_change="rerun"), strict=True):
        if not part.open:
            continue
        with part:
            if name == t.PRATINJAU:
                preview(by, version)
            elif name == t.KUNCI:
                key_table(by, version)
            elif name == t.SUSUN:
                instruments_builder.builder(by, version, found.published is not None)
            else:
                files(by, found, version)


def preview(by: Actor, version: Row) -> None:
    """A version as participants see it, drawn from what may leave the server and nothing else."""
    st.caption(t.PRATINJAU_URAIAN)
    shown = instruments.preview(by, version["id"])
    with st.container(width=640):
        st.subheader(feedback.escape(shown["judul"]), anchor=False)
        if shown["pengantar"]:
            st.markdown(feedback.escape(shown["pengantar"]))
        number = 0
        for section in shown["bagian"]:
            if section["judul"]:
                st.markdown(f"#### {feedback.escape(section['judul'])}")
            if section["petunjuk"]:
                st.caption(feedback.escape(section["petunjuk"]))
            for item in section["butir"]:
                number += 1
                with st.container(border=True, gap="xsmall"):
                    _item(number, item)


def _item(number: int, item: Row) -> None:
    needed = t.WAJIB_DIISI if item["wajib"] else t.BOLEH_KOSONG
    st.markdown(f"**{number}\\. {feedback.escape(item['teks'])}**")
    st.caption(f"{t.JENIS_BUTIR[item['jenis']]} · {needed}")
    if item["petunjuk"]:
        st.caption(feedback.escape(item["petunjuk"]))
    if item.get("pilihan"):
        mark = "check_box_outline_blank" if item["jenis"] == "pilihan_ganda" else "radio_button_unchecked"
        lines = [f":material/{mark}: {feedback.escape(option['teks'])}" for option in item["pilihan"]]
        st.markdown("  \n".join(lines))
    for row in item.get("baris", ()):
        st.markdown(f"- {feedback.escape(row['teks'])}")
    if item.get("skala"):
        steps = [f"{step['nilai']} {step['teks']}".strip() for step in item["skala"]]
        st.markdown(feedback.escape(" · ".join(steps)))


def key_table(by: Actor, version: Row) -> None:
    """Key, points, aims and pair ids of a version, for those who make instruments."""
    form = instruments.form(by, version["id"])
    aims = {aim.kode: aim.nama for aim in form.tujuan}
    rows = [
        {
            "kode": item.kode,
            "teks": item.teks,
            "jenis": t.JENIS_BUTIR[item.jenis],
            "tujuan": aims.get(item.tujuan or "", item.tujuan),
            "kunci": ", ".join(item.kunci) or None,
            "poin": item.poin if item.kunci else None,
            "pasangan": item.pasangan,
        }
        for item in items(form)
    ]
    columns = {t.KOLOM_KUNCI["teks"]: st.column_config.TextColumn(width=420)}
    draw.table(pd.DataFrame(rows).rename(columns=t.KOLOM_KUNCI), alt=t.KUNCI_ALT, column_config=columns)
    for note in (form.sumber, form.catatan):
        if note:
            st.caption(feedback.escape(note))


def files(by: Actor, found: Instrument, version: Row) -> None:
    """A version as files: with the key for those who make instruments, without it for other collectors."""
    st.caption(t.BERKAS_URAIAN)
    stem = f"{slug(found.record['judul'])[:60] or 'instrumen'}_v{version['nomor']}_{version['sidik'][:6]}"
    number = version["id"]
    with st.container(horizontal=True):
        if by.may(Permission.MANAGE_INSTRUMENTS):
            _file(by, t.UNDUH_TOML, f"{stem}.toml", "application/toml", lambda: instruments.toml(by, number).encode())
            _file(by, t.UNDUH_TEMPLAT, f"{stem}.xlsx", draw.XLSX, lambda: instruments.template(by, number))
        _file(by, t.UNDUH_KOSONG, f"{stem}.html", "text/html", lambda: instruments.blank(by, number))
        _file(by, t.UNDUH_XLSFORM, f"{stem}_xlsform.xlsx", draw.XLSX, lambda: instruments.xlsform(by, number))


def _file(by: Actor, label: str, name: str, mime: str, make: Any) -> None:
    st.download_button(
        label,
        data=fragments.later(by, make),
        file_name=name,
        mime=mime,
        key=f"unduh_{name}",
        icon=":material/download:",
        on_click="ignore",
    )


# --- dialogs ---------------------------------------------------------------------------------------------------------


@fragments.dialog(t.TERBITKAN, width="small", icon=":material/publish:")
def publish(by: Actor, version: Row) -> None:
    """Says that there is no way back, then publishes a draft."""
    st.write(t.TERBITKAN_URAIAN)
    key = f"terbitkan_{version['id']}_{version['versi']}"
    if st.button(t.TERBITKAN, key="ya_terbitkan", type="primary", width="stretch"):
        attempt(key, lambda token: instruments.publish(by, version["id"], version["versi"], token), t.DITERBITKAN)


@fragments.dialog(t.BUANG, width="small", icon=":material/delete:")
def drop(by: Actor, version: Row, last: bool) -> None:
    """Asks once, then throws a draft away; the last version takes its instrument along."""
    st.write(t.BUANG_URAIAN)
    key = f"buang_{version['id']}_{version['versi']}"
    if st.button(t.BUANG, key="ya_buang", type="primary", width="stretch"):
        attempt(
            key,
            lambda token: instruments.drop_draft(by, version["id"], version["versi"], token),
            t.DIHAPUS_DRAF,
            (lambda _: instruments_list.go_soon(None)) if last else None,
        )


@fragments.dialog(t.GANDAKAN, width="medium", icon=":material/content_copy:")
def duplicate(by: Actor, row: Row, version: Row) -> None:
    """Asks for the title of an own copy, makes it as a draft and opens it."""
    prefix = f"gandakan_{version['id']}"
    with st.form(prefix, enter_to_submit=False, border=False):
        proposed = t.SALINAN.format(judul=row["judul"])[:200]
        title = entry.text(t.GANDAKAN_JUDUL, f"{prefix}_judul", proposed, most=200)
        place = instruments_list.region(by, f"{prefix}_wilayah")
        if st.form_submit_button(t.GANDAKAN, type="primary", width="stretch"):
            attempt(
                prefix,
                lambda token: instruments.duplicate(by, version["id"], title or "", place, token),
                t.TERSIMPAN,
                instruments_list.go_soon,
            )

"""One area: its criteria with their references, need and service by kluster, and the way to an action."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Actor, Permission
from domain.priority import Area, Criterion, Need, Priorities
from ui import draw
from ui.indikator import origins
from ui.prioritas import action
from ui.prioritas.ordering import area_key, result
from ui.text import prioritas as t


def section(by: Actor, found: Priorities, on: date) -> None:
    """The choice of an area, and what is known of it."""
    areas = {one.kode: one for one in found.daerah}
    with st.container(border=True):
        st.header(t.RINCIAN)
        kode = st.selectbox(
            t.PILIH_DAERAH,
            list(areas),
            index=None,
            format_func=lambda code: areas[code].nama,
            key=area_key(found),
            bind="query-params",
            placeholder=t.PILIH_DAERAH_ISYARAT,
        )
        if kode is None:
            st.info(t.RINCIAN_KOSONG, icon=":material/touch_app:")
            return
        area = areas[kode]
        draw.table(criteria(area.kriteria), alt=t.ALT_RINCIAN.format(nama=area.nama), column_config=_widths())
        names = {one.kode: one.nama for one in area.kriteria if one.jenis != "celah"}
        if names:
            origins.row(by, names, Filters(wilayah=area.kode), on, "asal_prioritas")
        if by.may(Permission.RECORD_ACTIONS):
            action.row(by, area, found.wilayah)
        _needs(by, found, area)


def criteria(found: Iterable[Criterion]) -> pd.DataFrame:
    """The criteria of an area with value, reference, result and rule, as they are read."""
    names = ("kriteria", "hasil", "nilai_teks", "acuan_teks", "acuan_nama", "periode", "aturan")
    rows = [
        (
            *(one.nama, result(one), one.nilai_teks + (f" ({t.BASI})" if one.basi else ""), one.acuan_teks),
            *(figures.missing(one.acuan_nama), figures.missing(one.periode), one.aturan),
        )
        for one in found
    ]
    frame = pd.DataFrame(rows, columns=list(names), dtype=object)
    return frame.rename(columns=t.KOLOM)


def _widths() -> dict[str, Any]:
    wide = {"kriteria": 320, "nilai_teks": 190, "acuan_teks": 160, "acuan_nama": 220, "aturan": 700}
    return {t.KOLOM[name]: st.column_config.TextColumn(width=width) for name, width in wide.items()}


def _needs(by: Actor, found: Priorities, area: Area) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t.KEBUTUHAN, width="stretch")
        draw.excel(
            by,
            lambda: pd.concat([needs(one) for one in found.daerah], ignore_index=True),
            kind="kebutuhan",
            title=t.KEBUTUHAN,
            chosen=Filters(wilayah=found.wilayah or None),
            label=t.UNDUH_KEBUTUHAN,
        )
    draw.table(on_screen(needs(area)), alt=t.ALT_KEBUTUHAN.format(nama=area.nama))
    st.caption(t.KEBUTUHAN_URAIAN)


def note(one: Need) -> str | None:
    """Why a number is missing."""
    if one.terlindung:
        return t.TERLINDUNG
    told = [t.BELUM_TERDATA] if one.terdata is None else []
    told += [t.TANPA_LKS] if one.lks == 0 else [t.BELUM_MELAPOR] if one.dilayani is None else []
    return ", ".join(told) or None


def needs(area: Area) -> pd.DataFrame:
    """Every kluster of an area as a row of plain values; None is not known."""
    rows = [
        (
            *(area.nama, one.nama, one.terdata, figures.out_of(one.jenis_terdata, one.jenis), one.periode, one.lks),
            *(one.lks_dalam, one.lks_luar, one.melapor, one.dalam, one.luar, one.celah, note(one)),
        )
        for one in area.kebutuhan
    ]
    return pd.DataFrame(rows, columns=list(t.KOLOM_KEBUTUHAN.values()), dtype=object)


def on_screen(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with numbers the Indonesian way, without the name of the one area."""
    names = t.KOLOM_KEBUTUHAN
    shown = frame.drop(columns=[names["tempat"]])
    for name in ("terdata", "lks", "lks_dalam", "lks_luar", "melapor", "dalam", "luar", "celah"):
        shown[names[name]] = [figures.integer(value) for value in shown[names[name]]]
    return shown

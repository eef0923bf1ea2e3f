"""Which regions right below one have an LKKS: a count of how many, and the table."""

import pandas as pd
import streamlit as st

from domain import figures
from domain.permissions import Actor
from domain.wilayah import level
from services import lkks
from ui import draw
from ui.lkks import choose
from ui.lkks.downloads import excel
from ui.text import lkks as t
from ui.text import umum

SHOWN = "lkks_cakupan"


def possible(place: str) -> bool:
    """True for a region that has regions below which may have an LKKS."""
    return level(place or None) in ("nasional", "provinsi")


def section(by: Actor, place: str) -> None:
    """How many of how many have one; those without can be shown alone."""
    found = lkks.coverage(by, place)
    name, kind = choose.place_name(place), t.CAKUPAN_JENIS["provinsi" if place else ""]
    counted = {"ada": figures.integer(int(found["ada"].sum())), "semua": figures.integer(len(found))}
    st.header(t.CAKUPAN_JUMLAH.format(**counted, jenis=kind, tempat=name), anchor=False)
    shown = st.segmented_control(
        t.CAKUPAN_TAMPIL,
        [t.CAKUPAN_SEMUA, t.CAKUPAN_BELUM],
        default=t.CAKUPAN_SEMUA,
        required=True,
        key=SHOWN,
        bind="query-params",
    )
    rows = found[~found["ada"].astype(bool)] if shown == t.CAKUPAN_BELUM else found
    if rows.empty:
        st.success(t.CAKUPAN_LENGKAP, icon=":material/check_circle:")
        return
    frame = worded(rows)
    day = {t.KOLOM["masa_sampai"]: st.column_config.DateColumn(format="DD/MM/YYYY")}
    draw.table(frame, alt=t.ALT_CAKUPAN.format(tempat=name), column_config=day)
    excel(by, frame, kind="cakupan_lkks", title=t.CAKUPAN, place=place, source=t.SUMBER, narrowed=str(shown))


def worded(found: pd.DataFrame) -> pd.DataFrame:
    """The regions with the screen's words."""
    shown = found.assign(
        ada=[t.ADA if there else t.BELUM for there in found["ada"]],
        contoh=[umum.CONTOH if marked else "" for marked in found["contoh"]],
    )
    return shown.rename(columns=t.KOLOM_WILAYAH)

"""The open registration requests: the filters of their screen, and the words of their table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from domain.permissions import Actor
from domain.registration import KINDS, OPEN, URGENCIES
from ui import readings
from ui.text import permohonan as t
from ui.text import profil, umum

REGION, STATUS, KIND, LEFT = "permohonan_wilayah", "permohonan_status", "permohonan_jenis", "permohonan_waktu"


@dataclass(frozen=True)
class Chosen:
    """What the screen is narrowed to."""

    wilayah: str | None = None
    status: tuple[str, ...] = ()
    jenis: str | None = None
    keadaan: str | None = None

    def words(self) -> str:
        """The filters but the region as one line, for the workbook."""
        parts = [profil.STATUS_PERMOHONAN[code] for code in self.status]
        parts += [profil.JENIS_PERMOHONAN[self.jenis]] if self.jenis else []
        parts += [t.KEADAAN[self.keadaan]] if self.keadaan else []
        return ", ".join(parts)

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The requests that are left."""
        kept = pd.Series(True, index=frame.index)
        if self.wilayah:
            inside = frame["kabkota_kode"].str.startswith(self.wilayah + ".")
            kept &= inside | (frame["kabkota_kode"] == self.wilayah)
        if self.status:
            kept &= frame["status"].isin(self.status)
        if self.jenis:
            kept &= frame["jenis"] == self.jenis
        if self.keadaan:
            kept &= frame["keadaan"] == self.keadaan
        return frame[kept]


def clear() -> None:
    """Takes every filter off; a callback of the button."""
    st.session_state[STATUS] = []
    for key in (REGION, KIND, LEFT):
        st.session_state[key] = None


def _one(label: str, options: dict[str, str], key: str, nothing: str = t.SEMUA) -> str | None:
    chosen: str | None = st.selectbox(
        label, list(options), None, lambda code: options[code], key=key, bind="query-params", placeholder=nothing
    )
    return chosen


def filters(by: Actor) -> Chosen:
    """The filters above the table, kept in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wilayah = _one(t.WILAYAH, readings.regions(by), REGION, t.SEMUA_WILAYAH)
        keadaan = _one(t.WAKTU, {code: t.KEADAAN[code] for code in URGENCIES}, LEFT)
        status: Sequence[str] = st.multiselect(
            t.STATUS,
            list(OPEN),
            format_func=lambda code: profil.STATUS_PERMOHONAN[code],
            key=STATUS,
            bind="query-params",
            placeholder=t.SEMUA,
            select_all=False,
        )
        jenis = _one(t.JENIS, {code: profil.JENIS_PERMOHONAN[code] for code in KINDS}, KIND)
    return Chosen(wilayah, tuple(status), jenis, keadaan)


def worded(frame: pd.DataFrame, *, numbers: bool = False) -> pd.DataFrame:
    """The requests as their table shows them; with `numbers` also the columns that only the workbook has."""
    places = {kode: readings.path(kode)[-1] for kode in frame["kabkota_kode"].unique()}
    units = [profil.satuan(working) for working in frame["hari_kerja"]]
    left: list[Any] = frame["sisa"].astype(object).where(frame["sisa"].notna(), None).tolist()
    shown = frame.assign(
        tempat=frame["kabkota_kode"].map(places),
        jenis=frame["jenis"].map(profil.JENIS_PERMOHONAN),
        status=frame["status"].map(profil.STATUS_PERMOHONAN),
        satuan=units,
        sisa_kata=[t.sisa(days, unit) for days, unit in zip(left, units, strict=True)],
        contoh=[umum.CONTOH if marked else "" for marked in frame["contoh"]],
    )
    names = t.KOLOM | (t.EXCEL if numbers else {})
    return shown[list(names)].rename(columns=names)


def columns() -> dict[str, Any]:
    """How the columns are drawn; dates are plain dates in any browser's language."""
    days = {
        name: st.column_config.DateColumn(format="DD/MM/YYYY") for name in ("tenggat", "diajukan_pada", "lengkap_pada")
    }
    return {t.KOLOM["nama"]: st.column_config.TextColumn(width=200)} | {
        t.KOLOM[name]: kind for name, kind in days.items()
    }

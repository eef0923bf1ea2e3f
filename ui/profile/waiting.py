"""The open registration requests: how their list is narrowed, and the words of their table."""

from typing import Any

import pandas as pd
import streamlit as st

from domain.registration import KINDS, OPEN
from ui import readings
from ui.queues import Queue
from ui.text import permohonan as t
from ui.text import profil, umum

QUEUE = Queue(
    "permohonan",
    {code: profil.STATUS_PERMOHONAN[code] for code in OPEN},
    {code: profil.JENIS_PERMOHONAN[code] for code in KINDS},
    "kabkota_kode",
    t.JENIS,
)


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

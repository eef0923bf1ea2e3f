"""The list of recommendation letters: its filters, its words, and how its columns are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from domain.lkks import letter_state
from services import clock
from ui import readings
from ui.text import surat as t
from ui.text import umum

STATE, ISSUER = "surat_status", "surat_lkks"
_DAYS = ("tanggal", "berlaku_sampai", "diajukan_pada")
Row = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to."""

    states: tuple[str, ...] = ()
    issuer: str | None = None

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The letters that are left."""
        today = clock.today()
        return [
            row
            for row in rows
            if (not self.states or letter_state(row, today) in self.states)
            and (self.issuer is None or row["lkks_wilayah"] == self.issuer)
        ]

    def words(self, rows: Sequence[Row]) -> str:
        """The filters as one line, for the workbook."""
        names = {row["lkks_wilayah"]: row["lkks_nama"] for row in rows}
        parts = [t.NAMA_KEADAAN[state] for state in self.states]
        return ", ".join(parts + ([names[self.issuer]] if self.issuer in names else []))


def clear() -> None:
    """Takes every filter off; a callback of the button."""
    st.session_state[STATE] = []
    st.session_state[ISSUER] = None


def filters(rows: Sequence[Row]) -> Chosen:
    """The filters above the list, kept in the address."""
    names = {row["lkks_wilayah"]: row["lkks_nama"] for row in rows}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        states: Sequence[str] = st.multiselect(
            t.KEADAAN,
            list(t.NAMA_KEADAAN),
            format_func=lambda code: t.NAMA_KEADAAN[code],
            key=STATE,
            bind="query-params",
            placeholder=t.SEMUA,
            select_all=False,
        )
        issuer: str | None = st.selectbox(
            t.TERBITAN,
            sorted(names),
            None,
            lambda code: names[code],
            key=ISSUER,
            bind="query-params",
            placeholder=t.SEMUA,
        )
    return Chosen(tuple(states), issuer)


def worded(rows: Sequence[Row]) -> pd.DataFrame:
    """The letters with the screen's words, every column of the workbook."""
    today = clock.today()
    places = {kode: readings.path(kode)[-1] for kode in {row["kabkota_kode"] for row in rows}}
    told = [
        {
            **{name: row.get(name) for name in t.KOLOM},
            "keadaan": t.NAMA_KEADAAN[letter_state(row, today)],
            "tempat": places[row["kabkota_kode"]],
            "contoh": umum.CONTOH if row["contoh"] else "",
        }
        for row in rows
    ]
    return pd.DataFrame(told, columns=list(t.KOLOM), dtype=object).rename(columns=t.KOLOM)


def on_screen(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that the screen has room for."""
    return frame[[t.KOLOM[name] for name in t.DI_LAYAR]]


def columns() -> dict[str, Any]:
    """How the columns are drawn; dates are plain dates in any browser's language."""
    return {t.KOLOM[name]: st.column_config.DateColumn(format="DD/MM/YYYY") for name in _DAYS} | {
        t.KOLOM["lks_nama"]: st.column_config.TextColumn(width=240)
    }

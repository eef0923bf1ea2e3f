"""The programs of a region: filters in the address, figures with how many they rest on, comparisons, and the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.lkks import OWNERS, PROGRAM_STATES
from domain.permissions import Scope
from domain.programs import Totals, by_code, by_partner, by_year, totals
from ui import draw, frame, readings
from ui.charts import program as charts
from ui.charts.theme import as_spec
from ui.text import program as t
from ui.text import umum

YEAR, OWNER, FORM, STATUS = "program_tahun", "program_pemilik", "program_bentuk", "program_status"
Row = dict[str, Any]
Lists = dict[str, dict[str, str]]
_ON_SCREEN = ("nama", "tahun", "pemilik", "wilayah", "bentuk", "status", "anggaran", "realisasi", "contoh")


@dataclass(frozen=True)
class Chosen:
    """What the screen is narrowed to."""

    wilayah: str | None = None
    tahun: int | None = None
    pemilik: str | None = None
    bentuk: str | None = None
    status: tuple[str, ...] = ()

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The programs that are left."""
        place = Scope(self.wilayah)
        return [
            row
            for row in rows
            if place.covers(row["wilayah"] or None)
            and self.tahun in (None, row["tahun"])
            and self.pemilik in (None, row["pemilik"])
            and (self.bentuk is None or self.bentuk in row["bentuk"])
            and (not self.status or row["status"] in self.status)
        ]

    def words(self, lists: Lists) -> str:
        """The filters but the region as one line, for the workbook."""
        parts = [str(self.tahun)] if self.tahun else []
        parts += [t.NAMA_PEMILIK[self.pemilik]] if self.pemilik else []
        parts += [lists["bentuk"].get(self.bentuk, self.bentuk)] if self.bentuk else []
        return ", ".join(parts + [t.NAMA_STATUS[code] for code in self.status])


def clear() -> None:
    """Takes the filters of this screen off; a callback of the button."""
    st.session_state[STATUS] = []
    for key in (YEAR, OWNER, FORM):
        st.session_state[key] = None


def _one(label: str, options: dict[Any, str], key: str) -> Any:
    return st.selectbox(
        label, list(options), None, lambda code: options[code], key=key, bind="query-params", placeholder=t.SEMUA
    )


def filters(rows: Sequence[Row], wilayah: str | None, lists: Lists) -> Chosen:
    """The filters above the figures, kept in the address."""
    years = {year: str(year) for year in sorted({row["tahun"] for row in rows}, reverse=True)}
    with st.grid(4, min_column_width=150):
        tahun = _one(t.TAHUN, years, YEAR)
        pemilik = _one(t.PEMILIK, {code: t.NAMA_PEMILIK[code] for code in OWNERS}, OWNER)
        bentuk = _one(t.BENTUK, lists["bentuk"], FORM)
        status: Sequence[str] = st.multiselect(
            t.STATUS,
            list(PROGRAM_STATES),
            format_func=lambda code: t.NAMA_STATUS[code],
            key=STATUS,
            bind="query-params",
            placeholder=t.SEMUA,
            select_all=False,
        )
    return Chosen(wilayah, tahun, pemilik, bentuk, tuple(status))


def headline(rows: Sequence[Row]) -> None:
    """Count, budget, realisation and its share, each with the number of programs under it."""
    found = totals(rows)
    states = {code: sum(row["status"] == code for row in rows) for code in PROGRAM_STATES}
    known = {"ada": figures.integer(found.budget_known), "semua": figures.integer(found.count)}
    spent = {"ada": figures.integer(found.realised_known), "semua": figures.integer(found.count)}
    both = {"ada": figures.integer(found.both), "semua": figures.integer(found.count)}
    with st.grid(4, min_column_width=210):
        line = t.STATUS_DARI.format(selesai=states["selesai"], berjalan=states["berjalan"])
        frame.figure(t.JUMLAH, figures.integer(found.count), t.JUMLAH_ATURAN, line)
        frame.figure(t.ANGGARAN, figures.rupiah(found.budget), t.ANGGARAN_ATURAN, t.DARI_PROGRAM.format(**known))
        frame.figure(t.REALISASI, figures.rupiah(found.realised), t.REALISASI_ATURAN, t.DARI_PROGRAM.format(**spent))
        worth = figures.percent(found.both_realised, found.both_budget)
        frame.figure(t.SERAPAN, worth, t.SERAPAN_ATURAN, t.DARI_PROGRAM.format(**both))
    if found.both:
        st.caption(_share(found))


def _share(found: Totals) -> str:
    return t.SERAPAN_DARI.format(
        realisasi=figures.rupiah(found.both_realised),
        anggaran=figures.rupiah(found.both_budget),
        ada=figures.integer(found.both),
        semua=figures.integer(found.count),
    )


def chart(rows: Sequence[Row], lists: Lists) -> None:
    """How many programs use each of the four service forms."""
    counts = by_code(rows, "bentuk", list(lists["bentuk"]))
    told = {lists["bentuk"][code]: count for code, count in counts.items()}
    data = pd.DataFrame({"label": list(told), "jumlah": list(told.values())})
    st.header(t.PER_BENTUK, anchor=False)
    alt = t.ALT_BENTUK.format(isi=", ".join(f"{name} {count}" for name, count in told.items()))
    draw.chart(as_spec(charts.forms(data, t.JUMLAH)), key="program_bentuk_grafik", alt=alt)
    st.caption(t.PER_BENTUK_URAIAN)


def years(rows: Sequence[Row]) -> pd.DataFrame:
    """The totals of each year side by side, newest first."""
    names = t.KOLOM_TAHUN
    told = [
        (
            *(str(year), found.count, found.budget, figures.out_of(found.budget_known, found.count)),
            *(found.realised, figures.out_of(found.realised_known, found.count)),
            figures.percent(found.both_realised, found.both_budget),
        )
        for year, found in by_year(rows)
    ]
    return pd.DataFrame(told, columns=list(names.values()), dtype=object)


def partners(rows: Sequence[Row]) -> pd.DataFrame:
    """The partners of each kind with what they put in, where they said so."""
    told = [(t.NAMA_MITRA[one.kind], one.names, one.programs, one.value, one.stated) for one in by_partner(rows)]
    return pd.DataFrame(told, columns=list(t.KOLOM_MITRA.values()), dtype=object)


def worded(rows: Sequence[Row], lists: Lists) -> pd.DataFrame:
    """The programs with the screen's words, every column of the workbook."""
    places = {kode: readings.path(kode or None)[-1] for kode in {row["wilayah"] for row in rows}}
    told = []
    for row in rows:
        forms, funds = lists["bentuk"], lists["sumber_dana"]
        kept = {name: row[name] for name in ("nama", "sasaran", "anggaran", "realisasi", "catatan")}
        told.append(
            kept
            | {
                "tahun": str(row["tahun"]),
                "pemilik": t.NAMA_PEMILIK[row["pemilik"]],
                "wilayah": places[row["wilayah"]],
                "bentuk": ", ".join(forms.get(code, code) for code in row["bentuk"]),
                "kegiatan": ", ".join(t.NAMA_KEGIATAN[code] for code in row["kegiatan"]),
                "pendekatan": t.NAMA_PENDEKATAN.get(row["pendekatan"] or ""),
                "kluster": lists["kluster"].get(row["kluster"] or "", row["kluster"]),
                "sumber_dana": funds.get(row["sumber_dana"] or "", row["sumber_dana"]),
                "status": t.NAMA_STATUS[row["status"]],
                "mitra": "; ".join(_partner(one) for one in row["mitra"]),
                "contoh": umum.CONTOH if row["contoh"] else "",
            }
        )
    return pd.DataFrame(told, columns=list(t.KOLOM), dtype=object).rename(columns=t.KOLOM)


def _partner(one: Row) -> str:
    worth = f" {figures.rupiah(one['nilai'])}" if one["nilai"] is not None else ""
    return f"{one['nama']} ({t.NAMA_MITRA[one['jenis']]}){worth}"


def on_screen(found: pd.DataFrame) -> pd.DataFrame:
    """The columns that the screen has room for, money the Indonesian way; the workbook keeps numbers."""
    shown = found[[t.KOLOM[name] for name in _ON_SCREEN]].copy()
    return money(shown)


def money(found: pd.DataFrame) -> pd.DataFrame:
    """A table with its columns of rupiah as words."""
    shown = found.copy()
    for name in shown:
        if str(name).endswith("(Rp)"):
            shown[name] = [figures.integer(None if value is None else float(value)) for value in shown[name]]
    return shown

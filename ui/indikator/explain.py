"""One click on a figure: its definition, what it is made of, how complete and how old it is, and the rows behind it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Actor
from services import indicator_lkks, indicator_rows, indicators
from services.indicators import Figure
from ui import draw, feedback, fragments
from ui.indikator import words
from ui.indikator.marks import marks
from ui.text import indikator as t
from ui.text import kelola, nilai

MOST = 500


@fragments.dialog(t.PENJELASAN, width="large")
def show(by: Actor, kode: str, place: str, on: date, filters: Filters | None = None) -> None:
    """The dialog of one figure, of what the filters leave."""
    with feedback.shown():
        figure = indicators.value(by, kode, place, on, filters=filters)
        st.subheader(feedback.escape(figure.definition.nama))
        st.markdown(f"**{feedback.escape(words.value(figure))}** · {feedback.escape(words.of_what(figure))}")
        _flags(figure)
        if filters is not None and not filters.open:
            st.info(t.TERSARING, icon=":material/filter_alt:")
        _facts(figure)
        _versions(by, figure)
        _rows(by, figure, place, on, filters)


def _flags(figure: Figure) -> None:
    with st.container(horizontal=True, gap="small"):
        marks(figure)
    warnings = [t.BASI_URAIAN] * figure.basi + [t.KURANG_URAIAN] * figure.kurang_lengkap
    if warnings:
        st.warning(" ".join(warnings), icon=":material/warning:")


def facts(figure: Figure) -> dict[str, str]:
    """What explains a figure, line by line under its label."""
    definition = figure.definition
    told = {t.DEFINISI: definition.definisi, t.RUMUS: definition.rumus}
    if definition.pembilang:
        told[t.PEMBILANG] = _with(definition.pembilang, figure.pembilang)
    if definition.penyebut:
        told[t.PENYEBUT] = _with(definition.penyebut, figure.penyebut)
    told[t.ARAH] = t.NAMA_ARAH[definition.arah]
    if figure.target is not None:
        told[t.KOLOM["target"]] = f"{words.goal(figure)} ({figure.target_dasar or definition.sumber})"
    if figure.periode:
        told[t.PERIODE] = words.when(figure)
    told |= {
        t.TANGGAL: figures.date_long(figure.tanggal),
        t.SUMBER: figure.sumber or definition.sumber,
        t.PEMILIK: definition.pemilik,
        t.KELENGKAPAN: figures.share(*figure.lengkap) if figure.lengkap else figures.MISSING,
        t.TERAKHIR: last_change(figure.siapa_terakhir, figure),
    }
    if figure.catatan:
        told[t.CATATAN] = figure.catatan
    since = definition.berlaku_mulai
    number = {"nomor": definition.nomor}
    told[t.VERSI] = (
        t.VERSI_SEJAK.format(**number, tanggal=figures.date_long(since)) if since else t.VERSI_PERTAMA.format(**number)
    )
    return told


def _with(sentence: str, count: float | None) -> str:
    return sentence if count is None else f"{sentence}: {figures.approx(count, False)}"


def last_change(change: Mapping[str, Any] | None, figure: Figure) -> str:
    """Who changed last what the figure rests on."""
    if change is None:
        return t.TERBITAN if figure.definition.jenis == "isian" and figure.periode else t.BELUM_DIUBAH
    when = figures.moment(change["pada"], figure.wilayah or None)
    return t.TERAKHIR_OLEH.format(aksi=kelola.aksi(change["aksi"]), pelaku=change["pelaku"], waktu=when)


def _facts(figure: Figure) -> None:
    lines = [f"**{label}**: {feedback.escape(str(text))}" for label, text in facts(figure).items()]
    st.markdown("  \n".join(lines))


def _versions(by: Actor, figure: Figure) -> None:
    others = [one for one in indicators.versions(by, figure.kode) if one.nomor != figure.versi]
    if others:
        with st.expander(t.VERSI_LAMA):
            for one in others:
                st.markdown(f"**{one.nomor}** · {feedback.escape(one.definisi)} ({feedback.escape(one.rumus)})")


def _rows(by: Actor, figure: Figure, place: str, on: date, filters: Filters | None) -> None:
    st.subheader(t.BARIS)
    if figure.terlindung:
        st.info(t.BARIS_TERLINDUNG, icon=":material/shield_person:")
        return
    rows = indicator_rows.rows_behind(by, figure.kode, place, on, filters=filters)
    if rows.empty:
        st.info(t.TANPA_BARIS, icon=":material/inbox:")
        return
    again = words.number(figure, indicator_rows.recounted(figure.definition, rows))
    st.markdown(feedback.escape(t.HITUNG_ULANG.format(jumlah=figures.integer(len(rows)), hasil=again)))
    shown = worded(rows)
    draw.table(on_screen(shown.head(MOST)), alt=t.ALT_BARIS.format(nama=figure.definition.nama))
    if len(shown) > MOST:
        st.caption(t.SEBAGIAN.format(jumlah=MOST))
    draw.excel(
        by,
        lambda: shown,
        kind=f"baris_{figure.kode}",
        title=t.BARIS,
        chosen=replace(filters or Filters(), wilayah=place or None),
        label=t.UNDUH_BARIS,
        about=facts(figure),
    )


def worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows behind a figure with the screen's words; columns that say nothing are left out."""
    frame = rows.drop(columns=[name for name in ("id", "wilayah") if name in rows]).astype(object)
    told: dict[str, list[str | None]] = {}
    if "peran" in frame:
        told["peran"] = [t.BAGIAN_BARIS.get(role, role) for role in frame["peran"]]
    if "keterangan" in frame:
        told["nama"] = [_name(*pair) for pair in zip(frame["nama"], frame["keterangan"], strict=True)]
        told["keterangan"] = [_reason(note) for note in frame["keterangan"]]
        told["contoh"] = [t.YA if value else t.TIDAK for value in frame["contoh"]]
    for name, words_ in told.items():
        frame[name] = pd.Series(words_, index=frame.index, dtype=object)  # None stays None among the words
    empty = [name for name in frame if frame[name].isna().all() or (frame[name] == "").all()]
    return frame.drop(columns=empty).rename(columns=t.KOLOM)


def on_screen(frame: pd.DataFrame) -> pd.DataFrame:
    """The worded rows with days and decimals the Indonesian way; the workbook keeps real ones."""
    shown = frame.copy()
    for name in shown:
        values = [value for value in shown[name] if value is not None]
        if any(isinstance(value, date) for value in values):
            shown[name] = [figures.date_short(value) for value in shown[name]]
        elif any(isinstance(value, float) and not value.is_integer() for value in values):
            shown[name] = [figures.decimal(value) for value in shown[name]]
    return shown


def _name(name: str | None, note: str | None) -> str | None:
    kind, _, of = (note or "").partition(":")
    return t.GABUNGAN.format(jumlah=of) if kind == indicator_rows.TOGETHER else name


def _reason(note: str | None) -> str | None:
    """The words for why a row counts: a value of an axis, a paper, the state of an action."""
    kind, _, of = (note or "").partition(":")
    if kind == indicator_rows.PAPER:
        return nilai.PAPERS[of]
    if kind == indicator_lkks.STATE:
        return t.KEADAAN_TINDAK[of]
    if kind == indicator_lkks.NOTE:
        return of
    return nilai.axis_value(kind, of) if kind in nilai.AXIS_VALUES else None

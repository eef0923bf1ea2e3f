"""The figures of one group: as cards where there are few, as one table where there are many."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain.filters import Filters
from domain.permissions import Actor
from services.indicators import Compared, Figure, plain
from ui import draw, feedback
from ui.indikator import explain, words
from ui.indikator.marks import marks
from ui.text import indikator as t
from ui.text import umum

TABLES = ("kluster", "ppks_jenis", "psks")
GROUP = "kelompok_indikator"


def groups(found: Sequence[Figure]) -> list[str]:
    """The groups that have figures here, in the order of the dictionary."""
    return list(dict.fromkeys(figure.definition.kelompok for figure in found))


def picker(found: Sequence[Figure]) -> list[Figure]:
    """The choice of a group in the address, and its figures."""
    names = groups(found)
    chosen = st.segmented_control(
        t.KELOMPOK,
        names,
        default=names[0],
        required=True,
        format_func=lambda name: t.NAMA_KELOMPOK.get(name, name),
        key=GROUP,
        bind="query-params",
    )
    return [figure for figure in found if figure.definition.kelompok == chosen]


def section(by: Actor, place: str, found: Sequence[Figure], beside: Mapping[str, Sequence[Compared]], on: date) -> None:
    """One group: its cards, or its table."""
    if not found:
        st.info(t.TINGKAT_TANPA, icon=":material/info:")
        return
    if found[0].definition.kelompok in TABLES:
        _table(by, place, found, on)
        return
    grid = st.grid(3, min_column_width=260)
    for figure in found:
        with grid.container(border=True, height="stretch"):
            _card(by, place, figure, beside.get(figure.kode, ()), on)


def _card(by: Actor, place: str, figure: Figure, beside: Sequence[Compared], on: date) -> None:
    definition = figure.definition
    st.markdown(f"**{feedback.escape(definition.nama)}**")  # the label of a metric is cut off where a name is long
    st.metric(
        definition.nama,
        words.value(figure),
        delta=words.of_what(figure),
        delta_color="off",
        delta_arrow="off",
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, gap="small"):
        marks(figure)
    first = [words.when(figure)] if figure.definition.is_share and figure.nilai is not None else []
    first += [told for told in (words.goal(figure) or _aimless(figure),) if told]
    lines = [" · ".join(first)] if first else []
    lines += [words.beside(one) for one in beside]
    lines += [f"{t.SUMBER}: {figure.sumber}"] if figure.nilai is not None and definition.jenis == "isian" else []
    lines.append(f"{t.RUMUS}: {definition.rumus}")
    st.caption("  \n".join(feedback.escape(line) for line in lines))
    if st.button(t.JELASKAN, key=f"jelaskan_{figure.kode}", icon=":material/help:", width="stretch"):
        explain.show(by, figure.kode, place, on)


def _aimless(figure: Figure) -> str | None:
    """That a figure with a good and a bad side has no target; nothing where a target would make no sense."""
    aims = figure.definition.arah != "netral" and figure.definition.jenis != "turunan"
    return t.TANPA_TARGET if aims and figure.status is None and figure.nilai is not None else None


def _table(by: Actor, place: str, found: Sequence[Figure], on: date) -> None:
    flags = [
        ", ".join([t.BASI] * figure.basi + [t.KURANG] * figure.kurang_lengkap) or umum.TIDAK_ADA for figure in found
    ]
    frame = pd.DataFrame(
        {
            t.KOLOM["nama"]: [figure.definition.nama for figure in found],
            t.KOLOM["nilai"]: [words.value(figure) for figure in found],
            t.KOLOM["periode"]: [words.when(figure) for figure in found],
            t.KOLOM["sumber"]: [figure.sumber or figure.definition.sumber for figure in found],
            t.KOLOM["keterangan"]: flags,
        }
    )
    draw.table(frame, alt=t.NAMA_KELOMPOK[found[0].definition.kelompok])
    names = {figure.kode: figure.definition.nama for figure in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kode = st.selectbox(
            t.JELASKAN_YANG,
            list(names),
            format_func=names.__getitem__,
            key=f"pilih_{found[0].definition.kelompok}",
            placeholder=t.PILIH_INDIKATOR,
        )
        if st.button(t.JELASKAN, key="jelaskan_tabel", icon=":material/help:") and kode:
            explain.show(by, kode, place, on)


def table(found: Sequence[Figure], beside: Mapping[str, Sequence[Compared]]) -> pd.DataFrame:
    """Every figure as a row of plain values with its rule, source and flags, and each region beside it as its own row."""
    rows: list[dict[str, Any]] = []
    for figure in found:
        rows.append(plain(figure) | {"tempat": None, "selisih": None})
        for one in beside.get(figure.kode, ()):
            # The difference is the asked region's minus this one's, as on the screen.
            rows.append(plain(one.figure) | {"tempat": one.nama, "selisih": one.selisih})
    names = [
        *("kode", "nama", "tempat", "nilai", "satuan", "kategori", "selisih", "pembilang", "penyebut", "aturan"),
        *("periode", "seri", "tanggal", "sumber", "sekitar", "terlindung", "kelengkapan", "basi"),
        *("target", "capaian", "status", "versi"),
    ]
    frame = pd.DataFrame([[row[name] for name in names] for row in rows], columns=names, dtype=object)
    for name in ("sekitar", "terlindung", "basi"):
        frame[name] = [t.YA if value else t.TIDAK for value in frame[name]]
    return frame.rename(columns=t.KOLOM)


def download(
    by: Actor, place: str, place_name: str, found: Sequence[Figure], beside: Mapping[str, Sequence[Compared]]
) -> None:
    """The button for all figures of the region as a workbook."""

    def make() -> pd.DataFrame:
        frame = table(found, beside)
        column = t.KOLOM["tempat"]
        frame[column] = frame[column].fillna(place_name)
        return frame

    chosen = Filters(wilayah=place or None)
    draw.excel(by, make, kind="indikator", title=t.JUDUL, chosen=chosen, label=t.UNDUH_SEMUA)

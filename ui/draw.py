"""Putting charts and tables on the screen, each with its name for screen readers and its download."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from domain.filenames import dated
from domain.filters import Filters
from domain.permissions import Actor
from services import clock, tabular
from ui import fragments, readings
from ui.text import pantau as t
from ui.text import umum

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROW, _HEAD, _MAX = 35, 38, 560


def chart(spec: dict[str, Any], *, key: str, alt: str, select: bool = False) -> str | None:
    """Draws a finished specification; with `select` gives back the code that was clicked, once per click."""
    event: Any = st.vega_lite_chart(
        spec=spec, key=key, alt=alt, theme=None, width="stretch", on_select="rerun" if select else "ignore"
    )
    if not select:
        return None
    picked = event["selection"].get("pilih") or []
    kode = str(picked[0]["kode"]) if picked and picked[0].get("kode") else None
    # The selection stays in the browser over reruns: only a change of it is a click.
    seen = f"_klik_{key}"
    if kode == st.session_state.get(seen):
        return None
    st.session_state[seen] = kode
    return kode


def table(frame: pd.DataFrame | pa.Table, *, alt: str, **more: Any) -> Any:
    """A table as high as its rows, at most about sixteen of them; "-" where nothing is known."""
    height = min(_HEAD + _ROW * max(len(frame), 1), _MAX)
    return st.dataframe(frame, hide_index=True, height=height, alt=alt, placeholder=umum.TIDAK_ADA, **more)


def file_name(kind: str, place: str, *parts: object, ending: str = "xlsx") -> str:
    """A dated file name that also tells contents apart, because Streamlit hands out files of one name as one file."""
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:6]
    stem, _, _ = dated(kind, place, clock.today(), ending).rpartition(".")
    return f"{stem}_{digest}.{ending}"


def excel(
    by: Actor,
    make: Callable[[], pd.DataFrame],
    *,
    kind: str,
    title: str,
    chosen: Filters,
    label: str = umum.UNDUH_EXCEL,
    about: Mapping[str, str] | None = None,
) -> None:
    """A button that writes the table as a workbook when pressed, with what it shows and from when on its own sheet."""
    place = readings.path(chosen.wilayah or by.scope.root)[-1]
    told = {**umum.keterangan(place, clock.today(), chosen), **(about or {})}
    st.download_button(
        label,
        data=fragments.later(by, lambda: tabular.workbook(by, title, make(), told)),
        file_name=file_name(kind, place, readings.revision(), by.scope.root, chosen),
        mime=XLSX,
        key=f"unduh_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )


def list_columns() -> dict[str, Any]:
    """How the columns of Daftar LKS are drawn; dates are plain dates in any browser's language."""
    names = t.KOLOM_DAFTAR
    return {
        names["nama"]: st.column_config.TextColumn(width=300),
        names["kluster"]: st.column_config.TextColumn(width=180),
        names["kelengkapan"]: st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        names["binaan"]: st.column_config.NumberColumn(format="%d"),
        **{
            names[name]: st.column_config.DateColumn(format="DD/MM/YYYY")
            for name in ("daftar_sampai", "akreditasi_sampai", "diverifikasi_pada")
        },
    }

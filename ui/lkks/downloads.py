"""The Excel button of the LKKS's tables: the rows as they stand, named by what they hold."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from domain.filters import Filters
from domain.permissions import Actor, Permission
from services import clock, tabular
from ui import draw, fragments, readings
from ui.text import umum


def excel(
    by: Actor, frame: pd.DataFrame, *, kind: str, title: str, place: str, source: str, narrowed: str = ""
) -> None:
    """A button that writes the table as a workbook; nothing for those who may not take data out."""
    if not by.may(Permission.EXPORT_REGISTER):
        return
    name = readings.path(place or None)[-1]
    told: Mapping[str, str] = umum.keterangan(name, clock.today(), Filters(wilayah=place or None))
    told = {**told, umum.SUMBER: source} | ({umum.SARINGAN: narrowed} if narrowed else {})
    st.download_button(
        umum.UNDUH_EXCEL,
        data=fragments.later(by, lambda: tabular.workbook(by, title, frame, dict(told))),
        file_name=draw.file_name(kind, name, by.scope.root, frame.to_csv()),
        mime=draw.XLSX,
        key=f"unduh_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )

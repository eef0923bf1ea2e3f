"""The download beside a table of meetings or actions: the workbook of what stands there now."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from domain.permissions import Actor, Permission
from services import clock, tabular
from ui import draw, fragments, readings
from ui.text import rapat as t
from ui.text import umum


def button(by: Actor, make: Callable[[], pd.DataFrame], kind: str, title: str, narrowed: str = "") -> None:
    """A button that writes the table when pressed; nothing for a role that exports nothing."""
    if not by.may(Permission.EXPORT_REGISTER):
        return
    place = readings.path(by.scope.root)[-1]
    about = {"Sumber": t.SUMBER_EXCEL, "Wilayah": place, "Keadaan per": clock.today().isoformat()}
    about |= {umum.SARINGAN: narrowed} if narrowed else {}
    st.download_button(
        umum.UNDUH_EXCEL,
        data=fragments.later(by, lambda: tabular.workbook(by, title, make(), about)),
        # Meetings change without the register's revision: the moment keeps a fresh file from being an old one.
        file_name=draw.file_name(kind, place, clock.now(), by.scope.root, narrowed),
        mime=draw.XLSX,
        key=f"unduh_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )

"""The download beside every table of an event."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from domain.permissions import Actor
from services import clock, tabular
from ui import draw, fragments
from ui.text import hasil as t
from ui.text import umum


def excel(
    by: Actor,
    make: Callable[[], pd.DataFrame],
    *,
    kind: str,
    title: str,
    event: Mapping[str, Any],
    parts: tuple[Hashable, ...],
) -> None:
    """A button that writes the table as a workbook when pressed, with event, source and date on a sheet of its own.

    `parts` is whatever the rows depend on besides the event: files of equal names would be taken for equal.
    """
    told = t.keterangan(event, clock.now())
    st.download_button(
        umum.UNDUH_EXCEL,
        data=fragments.later(by, lambda: tabular.workbook(by, title, make(), told)),
        file_name=draw.file_name(kind, str(event["judul"])[:40], event["id"], *parts),
        mime=draw.XLSX,
        key=f"unduh_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )

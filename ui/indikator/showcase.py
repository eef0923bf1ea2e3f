"""The printable showcase: the figures of a region that have a value, worded as on the screen."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from domain import figures
from domain.permissions import Actor
from services import indicator_sheet
from services.indicator_sheet import Shown
from services.indicators import Compared, Figure
from ui import draw, fragments
from ui.indikator import words
from ui.text import indikator as t

HTML = "text/html"


def groups(found: Sequence[Figure], beside: Mapping[str, Sequence[Compared]]) -> list[tuple[str, list[Shown]]]:
    """The figures with a value by the name of their group; protected and missing ones are left out."""
    made: dict[str, list[Shown]] = {}
    for figure in found:
        if figure.nilai is None:
            continue
        name = t.NAMA_KELOMPOK.get(figure.definition.kelompok, figure.definition.kelompok)
        made.setdefault(name, []).append(_shown(figure, beside.get(figure.kode, ())))
    return list(made.items())


def _shown(figure: Figure, beside: Sequence[Compared]) -> Shown:
    marks = [words.category(figure), t.STATUS[figure.status][0] if figure.status else None, words.goal(figure)]
    marks += [t.BASI if figure.basi else None, t.KURANG if figure.kurang_lengkap else None]
    return Shown(
        nama=figure.definition.nama,
        nilai=words.value(figure),
        dari=words.of_what(figure),
        aturan=figure.definition.rumus,
        sumber=f"{figure.sumber or figure.definition.sumber}, {words.when(figure)}",
        tanda=[mark for mark in marks if mark],
        pembanding=[words.beside(one) for one in beside],
    )


def download(
    by: Actor,
    place_name: str,
    found: Sequence[Figure],
    beside: Mapping[str, Sequence[Compared]],
    on: date,
    sample: bool,
) -> None:
    """The button for the printable file."""
    st.download_button(
        t.CETAK,
        data=fragments.later(
            by,
            lambda: indicator_sheet.sheet(by, place_name, figures.date_long(on), groups(found, beside), sample),
        ),
        file_name=draw.file_name("indikator", place_name, [figure.nilai for figure in found], ending="html"),
        mime=HTML,
        icon=":material/print:",
        on_click="ignore",
        key="indikator_cetak",
    )

"""One small row under the figures of a screen: a click on a name opens what its figure is made of."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from domain.filters import Filters
from domain.permissions import Actor
from services.indicators import Figure
from ui.indikator import explain, words
from ui.text import indikator as t


def _take(key: str) -> None:
    """Remembers what was clicked and frees the row for the next click; a callback of the row."""
    st.session_state[f"_{key}"] = st.session_state[key]
    st.session_state[key] = None


def row(by: Actor, names: Mapping[str, str], chosen: Filters, on: date, key: str = "asal_angka") -> None:
    """A name for each indicator (by its code); one click opens the explanation of its figure under these filters."""
    st.pills(
        t.ASAL_ANGKA,
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=_take,
        args=(key,),
        help=t.ASAL_ANGKA_URAIAN,
    )
    kode = st.session_state.pop(f"_{key}", None)
    if kode in names:
        explain.show(by, kode, chosen.wilayah or by.scope.root or "", on, chosen)


def flags(figure: Figure) -> str:
    """What a figure must be read with, short enough for the line under it; empty when nothing."""
    told = [t.TANDA_BASI] * figure.basi + [t.TANDA_KURANG] * figure.kurang_lengkap
    return " · ".join(told)


def line(figure: Figure) -> str:
    """The line under a figure: of how many, and what it must be read with."""
    told = [words.of_what(figure)] if figure.definition.is_share else []
    return " · ".join([*told, *filter(None, [flags(figure)])])

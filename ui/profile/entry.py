"""Form entries for record fields: each field gets the widget of its kind, filled with what is stored, never pre-chosen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import streamlit as st

from domain.permissions import Actor
from services import entries
from services.profile import REFERENCE_LISTS
from ui.profile.words import Labels, word
from ui.text import profil as t

EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)
_LONG_HEIGHT = 120


def day(label: str, key: str, value: date | None = None) -> date | None:
    """A date as typed or picked; None when it was left empty."""
    st.session_state.setdefault(key, value)
    picked = st.date_input(label, None, EARLIEST, LATEST, key=key, format="DD/MM/YYYY")
    return picked if isinstance(picked, date) else None


def one_of(label: str, key: str, options: dict[str, str], value: str | None = None) -> str | None:
    """One code of a list, or None; a stored code that the list no longer has stays on offer."""
    offered = options if value is None or value in options else options | {value: value}
    st.session_state.setdefault(key, value)
    chosen: str | None = st.selectbox(
        label, list(offered), None, lambda code: offered[code], key=key, placeholder=t.PILIH
    )
    return chosen


def text(label: str, key: str, value: str | None = None, *, most: int = 200, long: bool = False) -> str | None:
    """A line or a paragraph of text; None when empty."""
    st.session_state.setdefault(key, value or "")
    if long:
        typed = st.text_area(label, key=key, max_chars=most, height=_LONG_HEIGHT)
    else:
        typed = st.text_input(label, key=key, max_chars=most, autocomplete="off")
    return typed.strip() or None if typed else None


def count(label: str, key: str, value: int | None = None) -> int | None:
    """A whole number from 0, or None."""
    st.session_state.setdefault(key, value)
    typed = st.number_input(label, min_value=0, step=1, value=None, key=key)
    return None if typed is None else int(typed)


def _options(by: Actor, name: str, labels: Labels) -> dict[str, str]:
    if name == "akreditasi_aturan":
        return {versi: versi for versi in entries.accreditation_rules(by)}
    codes = labels[name] if name in REFERENCE_LISTS else entries.FIXED[name]
    return {code: word(name, code, labels) for code in codes}


def field(by: Actor, name: str, value: Any, labels: Labels, prefix: str, required: bool = False) -> Any:
    """The entry of one record field under its own label; gives back what the service takes."""
    label, key, kind = t.label(name) + (" *" if required else ""), f"{prefix}_{name}", entries.kind(name)
    if kind == "date":
        return day(label, key, value)
    if kind == "count":
        return count(label, key, value)
    if kind == "choice":
        return one_of(label, key, _options(by, name, labels), value)
    if kind == "multi":
        options = _options(by, name, labels)
        options |= {code: code for code in value or [] if code not in options}
        st.session_state.setdefault(key, list(value or []))
        chosen: list[str] = st.multiselect(
            label, list(options), format_func=lambda code: options[code], key=key, placeholder=t.PILIH, select_all=False
        )
        return chosen
    if kind == "degrees":
        st.session_state.setdefault(key, value)
        typed = st.number_input(label, value=None, step=0.0001, format="%.6f", key=key)
        return None if typed is None else float(typed)
    return text(label, key, value, most=entries.limit(name), long=kind == "long")


def fields(by: Actor, names: Iterable[str], record: dict[str, Any], labels: Labels, prefix: str) -> dict[str, Any]:
    """The entries of several record fields, as a mapping that services.keeping.edit takes."""
    return {name: field(by, name, record.get(name), labels, prefix, name in ("nama", "kluster")) for name in names}

"""A form's definition drawn with Streamlit's widgets: nothing is chosen beforehand, and nothing of the key is here."""

from typing import Any

import streamlit as st

from domain.errors import InvalidInput
from domain.forms.definition import (
    DATE,
    MATRIX,
    MULTIPLE,
    PARAGRAPH,
    SCALE,
    SINGLE,
    TRUE_FALSE,
    Form,
    Item,
    choices,
    items,
)
from services import wording
from ui import feedback
from ui.text import pelaksanaan as t

Values = dict[str, Any]
_SIDE_BY_SIDE = 6  # steps of a scale that stand in one row


def draw(form: Form, key: str, blanks: bool) -> Values:
    """What is filled in so far, by item id; items without an answer are left out. `blanks`: nothing is required."""
    if form.pengantar:
        st.write(feedback.escape(form.pengantar))
    st.caption(t.PROGRES.format(jumlah=len(items(form))))
    found: Values = {}
    number = 0
    for section in form.bagian:
        if section.judul:
            st.subheader(feedback.escape(section.judul))
        if section.petunjuk:
            st.caption(feedback.escape(section.petunjuk))
        for item in section.butir:
            number += 1
            optional = "" if blanks or item.wajib else f" ({t.BOLEH_KOSONG})"
            value = _ask(item, f"{number}. {feedback.escape(item.teks)}{optional}", f"{key}_{item.kode}")
            if value not in (None, "", [], {}):
                found[item.kode] = value
    return found


def _ask(item: Item, label: str, key: str) -> Any:
    hint = feedback.escape(item.petunjuk) or None
    words = {option.kode: feedback.escape(option.teks) for option in choices(item)}
    if item.jenis in (SINGLE, TRUE_FALSE):
        return st.radio(label, list(words), None, words.__getitem__, key, hint)
    if item.jenis == MULTIPLE:
        st.markdown(label, help=hint)
        return [kode for kode, text in words.items() if st.checkbox(text, False, f"{key}_{kode}")]
    if item.jenis == SCALE:
        return _scale(item, label, key, hint)
    if item.jenis == MATRIX:
        st.markdown(label, help=hint)
        rows = {row.kode: _scale(item, feedback.escape(row.teks), f"{key}_{row.kode}", None) for row in item.baris}
        return {row: value for row, value in rows.items() if value is not None}
    if item.jenis == DATE:
        return st.date_input(label, None, key=key, help=hint, format="DD/MM/YYYY")
    if item.jenis == PARAGRAPH:
        return st.text_area(label, "", max_chars=item.longest, key=key, help=hint)
    # Numbers, too: people write 73,5 here, which a number field of a browser in English refuses.
    return st.text_input(label, "", max_chars=item.longest or 30, key=key, help=hint, autocomplete="off")


def _scale(item: Item, label: str, key: str, hint: str | None) -> int | None:
    assert item.skala is not None
    words = {value: f"{value} {feedback.escape(text)}" if text else str(value) for value, text in item.skala.steps()}
    return st.radio(label, list(words), None, words.__getitem__, key, hint, horizontal=len(words) <= _SIDE_BY_SIDE)


def say_what_is_missing(form: Form, error: InvalidInput) -> None:
    """The refused and missing items by their number on this screen."""
    places = {item.kode: number for number, item in enumerate(items(form), 1)}
    lines = []
    for problem in error.problems:
        kode = problem.column.partition(".")[0]
        words = wording.of_problem(problem)
        lines.append(f"- **{places.get(kode, '-')}.** {feedback.escape(str(words))}")
    st.error(t.BELUM_LENGKAP + "\n" + "\n".join(lines), icon=":material/error:")

"""Named errors become sentences here, and nowhere else on the screens."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from domain.errors import InvalidInput, PilarError
from services import wording

# Bare addresses become links after backslashes are gone: an invisible joiner inside them is what stops that.
_JOINER = "\u2060"
_ADDRESS = re.compile(r"(?:https?:(?=//)|www(?=\.)|@)", re.IGNORECASE)


def escape(text: str) -> str:
    """User text made harmless inside Markdown: no links, images, emphasis or markup come to life."""
    text = _ADDRESS.sub(lambda found: found[0] + _JOINER, text)
    return "".join("\\" + mark if mark in "\\`*_{}[]()<>#+-.!|~$:&=@" else mark for mark in text)


def show(error: PilarError) -> None:
    """The error as a box: what is wrong, what to do, and the code to tell the admin."""
    sentence = wording.of_error(error)
    lines = [escape(sentence.reason), escape(sentence.remedy)]
    if isinstance(error, InvalidInput):
        lines += ["- " + escape(str(wording.of_problem(problem))) for problem in error.problems]
    st.error("\n\n".join(lines[:2]) + "\n" + "\n".join(["", *lines[2:]]), icon=":material/error:")
    st.caption(f"Kode: {error.code}")


@contextmanager
def shown() -> Iterator[None]:
    """Shows a named error that the block raises, instead of a traceback."""
    try:
        yield
    except PilarError as error:
        show(error)

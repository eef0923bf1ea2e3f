"""Writes from the meeting screens, in their words."""

from ui import state
from ui.text import rapat as t
from ui.writing import Writing

_writing = Writing(t.isian, t.TERSIMPAN)
attempt, show, shown = _writing.attempt, _writing.show, _writing.shown


def fresh(key: str) -> str:
    """A key for entries that are empty again once what they hold was stored."""
    return f"{key}_{state.one_time_token(key)[:8]}"

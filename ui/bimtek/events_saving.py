"""Writes from the dialogs of the event and instrument screens, in their words."""

from ui.text import bimtek as t
from ui.writing import Writing

_writing = Writing(t.isian, t.TERSIMPAN)
attempt, show, shown = _writing.attempt, _writing.show, _writing.shown

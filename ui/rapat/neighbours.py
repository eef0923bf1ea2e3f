"""The minutes part of a meeting's screen."""

import importlib
from importlib.util import find_spec

from domain.permissions import Actor
from services.meeting_store import Meeting


def minutes(by: Actor, found: Meeting) -> None:
    """The minutes as files."""
    if find_spec("ui.rapat.minutes"):
        importlib.import_module("ui.rapat.minutes").section(by, found.record)

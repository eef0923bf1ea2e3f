"""What happens once when the server starts: the store is checked, sample roles close beyond loopback, imports warm up."""

import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

import settings
from services import accounts, installation


def _warm() -> None:
    # The first page would otherwise pay about a second for these imports; the sign-in route answers meanwhile.
    import ui.charts.lks
    import ui.charts.maps
    import ui.readings

    ui.readings.warm()


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any] | None]:
    """Refuses to serve an unready store; runs around the life of the server."""
    sys.setswitchinterval(0.0005)  # one heavy page must not make everybody's answers wait (PERFORMANCE 4)
    wrong = settings.wrong_options(st.get_option)
    if wrong:
        raise settings.SettingError("\n".join(wrong))
    installation.ready()
    listening = st.get_option("server.address")
    if not settings.load().loopback or listening not in settings.LOOPBACK:
        accounts.close_sample_sign_in()
    # A moment later: whoever opens the address signs in first, and that route must not queue behind these imports.
    warm_up = threading.Timer(0.3, _warm)
    warm_up.daemon = True
    warm_up.start()
    yield None

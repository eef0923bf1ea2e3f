"""Running the whole app as somebody: a real session in the database, its token as the cookie the browser would send."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import settings
from data_access.commands import accounts as account_commands
from data_access.engine import writing
from services import accounts, clock
from ui.navigation import SCREENS

MAIN = settings.ROOT / "ui" / "main.py"
Opener = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Opener:
    """open_page("ringkasan", role="operator", region="33.71", wilayah="Kota Magelang") runs a page for a fresh account."""

    def run(url: str, role: str | None = "admin", region: str | None = None, **query: str | list[str]) -> AppTest:
        cookies = {}
        if role is not None:
            cookies = {"pilar_sesi": sign_in(role, region)}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        app = AppTest.from_file(MAIN, default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = value
        screen = next(screen for screen in SCREENS if screen.url == url)
        app.switch_page(str(settings.ROOT / "pages" / f"{screen.file}.py"))
        return app.run()

    return run


def sign_in(role: str, wilayah: str | None = None) -> str:
    """A session token of a new account of that role and region."""
    token = f"uji-{role}-{wilayah}-{clock.now().timestamp()}"
    with writing() as connection:
        values = {"nama_pengguna": token[:40], "nama": f"Uji {role}", "peran": role, "wilayah": wilayah}
        user_id = account_commands.add_user(connection, values | {"dibuat_pada": clock.now()})
        account_commands.open_session(connection, accounts.digest(token), user_id, clock.now(), 1)
    return token

"""A running server, the system's Chromium, and what every browser test asks of a page."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, WebSocket

import manage

HERE = Path(__file__).resolve().parent
NO_CHROMIUM = "no Chromium found: install it (Debian: the package chromium), or set CHROMIUM to its path"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # the browser itself must ask nobody anything: a test counts every request
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# One process for all accounts, each with its one-time password exchanged: else every test began on that screen.
ADD_ACCOUNTS = """
import json, sys
from domain.permissions import COMMAND_LINE
from services import accounts, installation
installation.ready()
for username, name, role, wilayah, chosen in json.load(sys.stdin):
    once = accounts.add_user(COMMAND_LINE, username, name, role, wilayah)
    actor = accounts.actor_of(accounts.sign_in(username, once, "127.0.0.1"))
    accounts.change_own_password(actor, once, chosen)
"""
# Upstream: the sections of Streamlit's navigation put headings between list items.
UPSTREAM_FINDINGS = frozenset({"list", "listitem"})


# --- collection: browser tests are marked, skipped with a reason, and run last ---------------------------------------


def is_browser(item: pytest.Item) -> bool:
    return HERE in item.path.parents


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark, and move to the end: Playwright keeps an event loop open that other tests must not meet."""
    without_browser = manage.find_chromium() is None
    for item in items:
        if is_browser(item):
            item.add_marker(pytest.mark.browser)
            if without_browser:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    items.sort(key=is_browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how long the unit and the browser part took."""
    seconds = {"unit + AppTest": 0.0, "browser": 0.0}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                part = "browser" if report.nodeid.startswith("tests/browser/") else "unit + AppTest"
                seconds[part] += report.duration
    terminalreporter.write_line("; ".join(f"{part}: {spent:.1f} s" for part, spent in seconds.items()))


# --- Chromium --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's browser: nothing is downloaded."""
    chromium = manage.find_chromium()
    if chromium is None:
        pytest.skip(NO_CHROMIUM)
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
        "viewport": {"width": 1440, "height": 900},
    }


# --- the server ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class User:
    """An account of the test server."""

    username: str
    role: str
    wilayah: str | None = None
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)


def accounts() -> dict[str, User]:
    """Return one account per role (Indonesia), and an operator of Kota Magelang to see a scope at work."""
    roles = ("admin", "operator", "kepala_dinas", "pelatih", "lkks")
    users = {role: User(f"uji.{role}", role) for role in roles}
    return {**users, "operator_magelang": User("uji.operator.magelang", "operator", "33.71")}


@dataclass
class RunningServer:
    """Pilar served from a data directory of its own, as manage.py serves it."""

    data: Path
    users: dict[str, User] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = self.port or free_port(self.host)

    @property
    def url(self) -> str:
        return manage.address(self.host, self.port)

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def environ(self) -> dict[str, str]:
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("PILAR_", "STREAMLIT_"))}
        return manage.child_environment(self.data, outside, PILAR_HOST=self.host, PILAR_PORT=str(self.port))

    def command_line(self, *arguments: str, given: str = "") -> str:
        """Return the stdout of `manage.py ARGUMENTS` against this data directory; fails the test on an error."""
        return self._child(["-m", manage.CLI_MODULE, *arguments], given)

    def python(self, program: str, given: str = "") -> str:
        """Return the stdout of a program that uses this server's data; fails the test on an error."""
        return self._child(["-c", program], given)

    def _child(self, arguments: list[str], given: str) -> str:
        done = subprocess.run(
            [sys.executable, "-P", *arguments],
            cwd=manage.ROOT,
            env=self.environ(),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def prepare(self, users: dict[str, User]) -> None:
        """Migrate, load the sample and add accounts, all as an office would."""
        self.command_line("prepare")
        rows = [
            [user.username, f"Akun uji {user.role}", user.role, user.wilayah, user.password] for user in users.values()
        ]
        self.python(ADD_ACCOUNTS, given=json.dumps(rows))
        self.users = users

    def start(self) -> None:
        """Serve, and return when the server is healthy; fails the test with the server's log when it is not."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                manage.server_command(Path(sys.executable), self.host, self.port),
                cwd=manage.ROOT,
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if not manage.wait_until_healthy(self.url, self.process.poll, seconds=60.0):
            self.kill()
            pytest.fail(f"the server did not start:\n{self.log.read_text(encoding='utf-8', errors='replace')}")

    def stop(self) -> None:
        """End it as Ctrl-C does; killed after ten seconds."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM if manage.WINDOWS else signal.SIGINT)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """End it as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def restart(self) -> None:
        """Stop and start on the same port with the same data."""
        self.stop()
        self.start()


def free_port(host: str) -> int:
    with socket.create_server((host, 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def make_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], RunningServer]]:
    """A function that starts one more prepared server, for tests that change much or restart; all end with the run."""
    started: list[RunningServer] = []

    def make() -> RunningServer:
        server = RunningServer(tmp_path_factory.mktemp("pilar"))
        started.append(server)
        server.prepare(accounts())
        server.start()
        return server

    yield make
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def server(make_server: Callable[[], RunningServer]) -> RunningServer:
    """The server that tests share, with the sample data and one account per role (`server.users["operator"]`)."""
    return make_server()


@pytest.fixture(autouse=True)
def no_hidden_error(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which the shared server logged a traceback, even when the page looked right."""
    shared: RunningServer | None = request.getfixturevalue("server") if "server" in request.fixturenames else None
    before = shared.log.stat().st_size if shared else 0
    yield
    if shared:
        said = shared.log.read_bytes()[before:].decode("utf-8", errors="replace")
        assert "Traceback (most recent call last)" not in said, f"the server logged:\n{said}"


# --- what tests ask of a page ----------------------------------------------------------------------------------------

QUIET_FOR_A_WHILE = """([selector, quiet]) => {
    const now = performance.now();
    const still = document.querySelector(selector) !== null;
    if (!still) { window.__stillSince = undefined; return false; }
    window.__stillSince ??= now;
    return now - window.__stillSince >= quiet;
}"""


@pytest.fixture(scope="session")
def settled() -> Callable[..., Page]:
    """`settled(page)`: wait until no script has run for a moment, and return the page."""

    def wait(page: Page, quiet_ms: int = 300, timeout_ms: float = 30_000) -> Page:
        selector = "[data-testid=stApp][data-test-script-state=notRunning]"
        page.evaluate("() => { window.__stillSince = undefined; }")
        page.wait_for_function(QUIET_FOR_A_WHILE, arg=[selector, quiet_ms], timeout=timeout_ms)
        return page

    return wait


@pytest.fixture(scope="session")
def watch_requests() -> Callable[[Page, RunningServer], list[str]]:
    """`watch_requests(page, server)`: a list that grows by every address asked of another host than the server."""

    def watch(page: Page, server: RunningServer) -> list[str]:
        own = urlsplit(server.url).netloc
        foreign: list[str] = []

        def note(asked: Request | WebSocket) -> None:
            parts = urlsplit(asked.url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != own:
                foreign.append(asked.url)

        page.context.on("request", note)
        page.on("websocket", note)
        return foreign

    return watch


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """`axe(page)`: one line per accessibility finding, without upstream's known ones; empty when all is well."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def examine(page: Page, known: Sequence[str] = tuple(UPSTREAM_FINDINGS)) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{finding['id']} ({finding['impact']}): {json.dumps([node['target'] for node in finding['nodes']][:5])}"
            for finding in found
            if finding["id"] not in known
        ]

    return examine


@pytest.fixture(scope="session")
def sign_in() -> Callable[[Page, RunningServer, User], None]:
    """`sign_in(page, server, user)`: give the page's browser the cookie of a signed-in user."""

    def enter(page: Page, server: RunningServer, user: User) -> None:
        answer = page.context.request.post(
            f"{server.url}/masuk",
            form={"nama_pengguna": user.username, "kata_sandi": user.password},
            headers={"Origin": server.url},
            max_redirects=0,
        )
        assert answer.status in (302, 303), (
            f"sign-in of {user.username} answered {answer.status}: {answer.text()[:500]}"
        )
        assert page.context.cookies(server.url), "signing in set no cookie"

    return enter

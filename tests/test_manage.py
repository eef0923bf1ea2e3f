"""The way in: what manage.py decides, with helpers that only remember what they were asked to run."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import manage


class Helper:
    """Stands in for uv, pip, venv and apt-get: remembers each command, answers with a chosen exit code."""

    def __init__(self, folder: Path, failing: str = "") -> None:
        self.folder = folder
        self.failing = failing
        self.commands: list[str] = []

    def __call__(self, command: Sequence[str | Path]) -> int:
        line = " ".join(str(part) for part in command)
        self.commands.append(line)
        if self.failing and self.failing in line:
            return 1
        if " venv " in line:
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.folder], check=True)
        return 0

    def asked(self, part: str) -> int:
        return sum(part in line for line in self.commands)


@pytest.fixture
def without_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    found = manage.shutil.which
    monkeypatch.setattr(manage.shutil, "which", lambda name, **more: None if name == "uv" else found(name, **more))


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    """Return a requirements.txt and a requirements-dev.txt that includes it."""
    base, dev = tmp_path / "requirements.txt", tmp_path / "requirements-dev.txt"
    base.write_text("a==1\n", encoding="utf-8")
    dev.write_text("-r requirements.txt\nb==2\n", encoding="utf-8")
    return base, dev


# --- the environment -------------------------------------------------------------------------------------------------


def test_a_second_start_runs_nothing(tmp_path: Path, lists: tuple[Path, Path], without_uv: None) -> None:
    environment, helper = manage.Environment(tmp_path / ".venv"), Helper(tmp_path / ".venv")
    manage.prepare_environment(environment, lists[0], helper)
    assert (helper.asked("-m venv"), helper.asked("pip install")) == (1, 1)
    helper.commands.clear()
    manage.prepare_environment(environment, lists[0], helper)
    assert helper.commands == []


def test_a_changed_list_is_installed_into_the_same_environment(
    tmp_path: Path, lists: tuple[Path, Path], without_uv: None
) -> None:
    environment, helper = manage.Environment(tmp_path / ".venv"), Helper(tmp_path / ".venv")
    manage.prepare_environment(environment, lists[1], helper)
    lists[0].write_text("a==2\n", encoding="utf-8")
    assert not manage.installed(environment, lists[1]), "a change in the included list counts"
    manage.prepare_environment(environment, lists[1], helper)
    assert (helper.asked("-m venv"), helper.asked("pip install")) == (1, 2)


def test_the_development_list_brings_the_running_one_along(
    tmp_path: Path, lists: tuple[Path, Path], without_uv: None
) -> None:
    environment, helper = manage.Environment(tmp_path / ".venv"), Helper(tmp_path / ".venv")
    manage.prepare_environment(environment, lists[1], helper)
    assert manage.installed(environment, lists[0]), "`run` after `test` must work without a network"


def test_a_refused_installation_leaves_no_stamp_and_the_next_start_tries_again(
    tmp_path: Path, lists: tuple[Path, Path], without_uv: None
) -> None:
    environment = manage.Environment(tmp_path / ".venv")
    with pytest.raises(manage.Stop, match=r"requirements\.txt"):
        manage.prepare_environment(environment, lists[0], Helper(tmp_path / ".venv", failing="pip install"))
    assert not manage.installed(environment, lists[0])
    helper = Helper(tmp_path / ".venv")
    manage.prepare_environment(environment, lists[0], helper)
    assert (helper.asked("-m venv"), helper.asked("pip install")) == (0, 1), "the empty environment was sound"


def test_an_environment_cut_off_while_installing_is_made_anew(
    tmp_path: Path, lists: tuple[Path, Path], without_uv: None
) -> None:
    environment, helper = manage.Environment(tmp_path / ".venv"), Helper(tmp_path / ".venv")
    manage.prepare_environment(environment, lists[0], helper)
    environment.half_made.touch()  # what a kill -9 in the middle leaves behind
    (environment.folder / "rest").touch()
    manage.prepare_environment(environment, lists[0], helper)
    assert helper.asked("-m venv") == 2
    assert not (environment.folder / "rest").exists()
    assert not environment.half_made.exists()


def test_an_environment_of_another_python_is_not_sound(tmp_path: Path) -> None:
    environment = manage.Environment(tmp_path / ".venv")
    assert not environment.sound()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment.folder], check=True)
    assert environment.sound()
    configuration = environment.folder / "pyvenv.cfg"
    configuration.write_text(
        configuration.read_text(encoding="utf-8").replace(f"version = 3.{sys.version_info.minor}", "version = 3.1"),
        encoding="utf-8",
    )
    assert not environment.sound(), "the system's Python was upgraded underneath"


@pytest.mark.skipif(manage.WINDOWS, reason="nothing waits on Windows")
def test_two_starts_at_once_install_once(tmp_path: Path, lists: tuple[Path, Path], without_uv: None) -> None:
    """The second would otherwise take the first one's half-made folder for a broken one and delete it underneath."""
    environment, helper = manage.Environment(tmp_path / ".venv"), Helper(tmp_path / ".venv")
    second = Thread(target=manage.prepare_environment, args=(environment, lists[0], helper))
    with manage.only_one(environment):
        second.start()
        second.join(timeout=0.3)
        assert second.is_alive(), "it waits"
        manage.make_and_install(environment, lists[0], helper)
    second.join(timeout=10)
    assert (second.is_alive(), helper.asked("-m venv"), helper.asked("pip install")) == (False, 1, 1)


def test_uv_is_used_when_present_and_pip_when_uv_fails(
    tmp_path: Path, lists: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage.shutil, "which", lambda name, **more: "/bin/uv" if name == "uv" else None)
    environment, helper = manage.Environment(tmp_path / "a"), Helper(tmp_path / "a")
    manage.prepare_environment(environment, lists[0], helper)
    assert (helper.asked("/bin/uv venv"), helper.asked("/bin/uv pip install"), helper.asked("-m pip")) == (1, 1, 0)
    environment, helper = manage.Environment(tmp_path / "b"), Helper(tmp_path / "b", failing="/bin/uv")
    manage.prepare_environment(environment, lists[0], helper)
    assert (helper.asked("-m venv"), helper.asked("-m pip install")) == (1, 1)


def test_a_python_without_ensurepip_names_the_package(
    tmp_path: Path, without_uv: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(manage, "may_apt", lambda: False)
    with pytest.raises(manage.Stop, match=rf"apt install python3\.{sys.version_info.minor}-venv"):
        manage.make_venv(manage.Environment(tmp_path / ".venv"), Helper(tmp_path / ".venv"))
    monkeypatch.setattr(manage, "may_apt", lambda: True)
    helper = Helper(tmp_path / ".venv")
    manage.make_venv(manage.Environment(tmp_path / ".venv"), helper)
    assert helper.asked(f"install -y -q --no-install-recommends {manage.venv_package()}") == 1


# --- run -------------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_refused_and_the_next_free_one_named() -> None:
    taken = {8501, 8502}
    assert manage.choose_port("127.0.0.1", 8600, lambda host, port: port not in taken) == 8600
    with pytest.raises(manage.Stop, match="--port 8503"):
        manage.choose_port("127.0.0.1", 8501, lambda host, port: port not in taken)
    with pytest.raises(manage.Stop, match="8501 sampai 8600"):
        manage.choose_port("127.0.0.1", 8501, lambda host, port: False)


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert not manage.port_is_free("127.0.0.1", port)
    assert manage.port_is_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_explained() -> None:
    with pytest.raises(manage.Stop, match=r"203\.0\.113\.7"):  # a documentation address, nobody's
        manage.port_is_free("203.0.113.7", 8501)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501"),
        ("0.0.0.0", "http://127.0.0.1:8501"),
        ("::", "http://[::1]:8501"),
        ("192.168.1.5", "http://192.168.1.5:8501"),
    ],
)
def test_the_printed_address_can_be_opened(host: str, url: str) -> None:
    assert manage.address(host, 8501) == url


def test_windows_is_served_by_uvicorn_and_the_others_by_streamlit() -> None:
    assert manage.server_command(Path("py"), "127.0.0.1", 8501, windows=True)[1:4] == ["-m", "uvicorn", "app:app"]
    command = manage.server_command(Path("py"), "0.0.0.0", 8502, windows=False)
    assert command[1:5] == ["-m", "streamlit", "run", "app.py"]
    assert "--server.address 0.0.0.0 --server.port 8502 --server.headless true" in " ".join(command)


def test_the_children_get_absolute_places_and_keep_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert manage.data_directory("di sini", {}) == tmp_path.resolve() / "di sini"
    assert manage.data_directory(None, {"PILAR_DATA": "x"}) == tmp_path.resolve() / "x"
    assert manage.data_directory("y", {"PILAR_DATA": "x"}) == tmp_path.resolve() / "y"
    assert manage.data_directory(None, {}) == manage.ROOT / "data"
    base = {"PYTHONPATH": "lain", "PILAR_DATABASE_URL": "postgresql://basis"}
    environ = manage.child_environment(tmp_path, base, PILAR_PORT="1")
    assert environ["PILAR_DATABASE_URL"] == "postgresql://basis"
    assert environ["PYTHONPATH"].split(os.pathsep) == [str(manage.ROOT), "lain"]
    assert (environ["PILAR_DATA"], environ["PILAR_PORT"]) == (str(tmp_path), "1")


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({}, "linux", False),
        ({"WAYLAND_DISPLAY": "w"}, "linux", True),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", False),
        ({"SSH_CONNECTION": "1"}, "darwin", False),
        ({}, "win32", True),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sees_it(
    environ: dict[str, str], platform: str, expected: bool
) -> None:
    assert manage.has_desktop(environ, platform) is expected


def test_waiting_ends_when_the_server_is_healthy_or_has_ended() -> None:
    answers = iter([None, 503, 200])
    assert manage.wait_until_healthy("http://x", lambda: None, 5.0, lambda url: next(answers))
    assert not manage.wait_until_healthy("http://x", lambda: 1, 5.0, lambda url: 200)
    assert not manage.wait_until_healthy("http://x", lambda: None, 0.1, lambda url: None)


def test_fetching_goes_around_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office proxy in the environment once answered for 127.0.0.1, and the health check never saw the server."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/ada" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        assert (manage.fetch(f"{url}/ada"), manage.fetch(f"{url}/tidak")) == (200, 404)
        server.shutdown()
    assert manage.fetch(f"{url}/ada") is None


@pytest.mark.skipif(manage.WINDOWS, reason="signals of this kind do not exist on Windows")
def test_a_stop_that_was_asked_for_is_no_failure_and_a_crash_is() -> None:
    """Runs real processes: one that waits for the signal, one that ends by itself with 7."""
    waiting = manage.Server([sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
    time.sleep(0.2)
    waiting.stop(signal.SIGTERM)
    assert waiting.wait() == 0
    assert waiting.process.returncode == -signal.SIGTERM
    crashed = manage.Server([sys.executable, "-c", "raise SystemExit(7)"], os.environ)
    assert crashed.wait() == 7


@pytest.mark.skipif(manage.WINDOWS, reason="no such limit on Windows")
def test_the_limit_of_open_files_is_raised_never_lowered() -> None:
    """In a process of its own: the limit of the test run stays as it was."""
    program = (
        "import resource as r, manage; hard = r.getrlimit(r.RLIMIT_NOFILE)[1];"
        "r.setrlimit(r.RLIMIT_NOFILE, (64, hard));"
        "manage.raise_file_limit(); print(r.getrlimit(r.RLIMIT_NOFILE)[0] == min(65536, hard if hard > 0 else 65536))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=manage.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True", done.stderr


# --- test ------------------------------------------------------------------------------------------------------------


def test_chromium_is_taken_from_the_variable_then_from_the_path(tmp_path: Path) -> None:
    browser = tmp_path / ("chromium.exe" if manage.WINDOWS else "chromium")
    browser.write_text("", encoding="utf-8")
    browser.chmod(0o755)
    assert manage.find_chromium({"CHROMIUM": str(browser), "PATH": ""}) == str(browser)
    assert manage.find_chromium({"PATH": str(tmp_path)}) == str(browser)
    assert manage.find_chromium({"CHROMIUM": str(tmp_path / "tidak-ada"), "PATH": str(tmp_path)}) is None


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({}, False), ({"CI": "true"}, True), ({"PILAR_CI": "1"}, True), ({"CI": "false"}, False), ({"CI": ""}, False)],
)
def test_continuous_integration_is_strict(environ: dict[str, str], expected: bool) -> None:
    assert manage.strict(environ) is expected


def test_skipped_browser_tests_are_counted_from_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert manage.browser_tests(report) == (0, 0)
    report.write_text(
        "<testsuites><testsuite>"
        '<testcase classname="tests.browser.test_peta" name="a"/>'
        '<testcase classname="tests.browser.test_peta" name="b"><skipped message="no Chromium"/></testcase>'
        '<testcase classname="tests.domain.test_lks" name="c"><skipped message="not a browser test"/></testcase>'
        "</testsuite></testsuites>",
        encoding="utf-8",
    )
    assert manage.browser_tests(report) == (2, 1)


@pytest.mark.parametrize(
    ("report", "ci", "arguments", "expected"),
    [
        ('<t><testcase classname="tests.browser.test_a" name="a"/></t>', "1", ["test"], 0),
        ('<t><testcase classname="tests.browser.test_a" name="a"><skipped/></testcase></t>', "1", ["test"], 1),
        ('<t><testcase classname="tests.browser.test_a" name="a"><skipped/></testcase></t>', "", ["test"], 0),
        ("<t/>", "1", ["test"], 1),
        ("<t/>", "1", ["test", "--fast"], 0),
        ("<t/>", "1", ["test", "-k", "impor"], 0),
    ],
    ids=[
        "all ran",
        "one skipped in CI",
        "one skipped at home",
        "none there",
        "left out on purpose",
        "a choice of tests",
    ],
)
def test_ci_fails_when_a_browser_test_was_skipped_or_is_missing(
    report: str, ci: str, arguments: list[str], expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def run(command: Sequence[str | Path], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append([str(part) for part in command])
        if "pytest" in ran[-1]:
            (tmp_path / ".venv" / "pytest-report.xml").write_text(report, encoding="utf-8")
        return subprocess.CompletedProcess([], 0)

    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(manage, "ROOT", tmp_path)
    monkeypatch.setattr(manage, "prepare_environment", lambda *_: None)
    monkeypatch.setattr(manage, "find_chromium", lambda *_: "chromium")
    monkeypatch.setattr(manage.subprocess, "run", run)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PILAR_CI", ci)
    assert manage.main(arguments) == expected
    assert [command[2] for command in ran] == ["ruff", "ruff", "mypy", "pytest"], "the tests come last"
    assert ("not browser" in ran[-1]) is ("--fast" in arguments)
    assert ("impor" in ran[-1]) is ("impor" in arguments)


def test_one_failing_check_fails_the_whole_and_the_others_still_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def run(command: Sequence[str | Path], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(str(command[2]))
        return subprocess.CompletedProcess([], 1 if ran[-1] == "mypy" else 0)

    monkeypatch.setattr(manage, "ROOT", tmp_path)
    monkeypatch.setattr(manage, "prepare_environment", lambda *_: None)
    monkeypatch.setattr(manage.subprocess, "run", run)
    assert manage.main(["test", "--fast"]) == 1
    assert ran == ["ruff", "ruff", "mypy", "pytest"]
    assert "mypy: GAGAL / FAILED (1)" in capfd.readouterr().out


# --- the command line ------------------------------------------------------------------------------------------------


def test_the_options_of_run() -> None:
    options = manage.parser().parse_args(["run"])
    assert (options.port, options.host, options.data, options.no_browser) == (8501, "127.0.0.1", None, False)
    options = manage.parser().parse_args(["run", "--port", "9000", "--host", "::1", "--data", "d", "--no-browser"])
    assert (options.port, options.host, options.data, options.no_browser) == (9000, "::1", "d", True)


@pytest.mark.parametrize("arguments", [["run", "--port", "0"], ["run", "--port", "70000"], ["run", "--port", "x"]])
def test_a_port_that_is_none_is_refused(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        manage.main(arguments)
    assert ended.value.code == 2
    assert "--port" in capfd.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["run", "ringkasan"]])
def test_a_command_line_without_sense_lists_the_commands(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert manage.main(arguments) == 2
    assert "import-lks" in capfd.readouterr().err


def test_an_unknown_command_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        manage.main(["jalankan"])
    assert ended.value.code == 2


@pytest.mark.parametrize("arguments", [["--data", "d", "summary", "--json"], ["summary", "--data=d", "--json"]])
def test_an_admin_command_is_handed_on_from_the_callers_directory(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []

    def replace_process(path: str, command: list[str], environ: dict[str, str]) -> None:
        seen.append((command, environ))
        raise SystemExit(5)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(manage, "WINDOWS", False)
    monkeypatch.setattr(manage, "prepare_environment", lambda *_: None)
    monkeypatch.setattr(manage.os, "execve", replace_process)
    with pytest.raises(SystemExit):
        manage.main(arguments)
    command, environ = seen[0]
    assert command[1:] == ["-P", "-m", "services.cli", "summary", "--json"]
    assert environ["PILAR_DATA"] == str(tmp_path.resolve() / "d")
    assert Path.cwd() == tmp_path.resolve()


def test_an_option_without_its_value_is_explained(capfd: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["summary", "--data"]) == 2
    assert "--data" in capfd.readouterr().err

#!/usr/bin/env python3
"""The way in: makes the environment, then runs, tests or administers Pilar. Standard library only, Python 3.11+.

python3 manage.py run     siapkan dan jalankan Pilar / set up and serve
python3 manage.py test    semua pemeriksaan dan uji / every check and test
python3 manage.py         daftar perintah / the list of commands
"""

from __future__ import annotations  # so that an older Python reaches the sentence about its version

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
MINIMUM = (3, 11)
DEFAULT_PORT = 8501
START_SECONDS = 120.0
STOP_SECONDS = 15.0
WANTED_FILES = 65_536

# What the outside may ask for; the README names each (tests/test_house.py checks it).
COMMANDS: dict[str, str] = {
    "run": "siapkan dan jalankan Pilar / set up and serve",
    "test": "semua pemeriksaan dan uji / every check and test",
    "migrate": "perbarui skema basis data / bring the schema up to date",
    "sample": "load | remove: muat atau hapus data contoh / load or remove the sample data",
    "summary": "ringkasan satu wilayah / figures of one region (--wilayah 33.71 --json)",
    "indicator": "indikator satu wilayah dengan asal-usulnya / indicators of one region (--wilayah 52.72 --json)",
    "export-lks": "ekspor daftar LKS ke buku kerja / write the register as a workbook",
    "import-lks": "periksa atau impor buku kerja LKS / check or import a workbook (FILE [--apply] [--json])",
    "user": "add | reset | disable: akun pengguna / accounts",
    "links": "tautan formulir dan kode peserta / links and codes of an event (--event N [--json])",
    "analyse": "analisis jawaban dari buku kerja / evaluate answers collected elsewhere (WORKBOOK.xlsx [--json])",
    "report": "dokumen bernomor sebagai PDF atau Excel / a document (KIND --wilayah 33.71 --out DIR --format pdf,xlsx)",
    "doctor": "periksa pengaturan dan sebutkan tindakannya / check the settings and say what to do",
}
CLI_MODULE = "services.cli"
HAS_PIP = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)


class Stop(Exception):
    """A sentence for the person at the terminal, and the exit code that goes with it."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def say(message: str) -> None:
    """Print to stderr, so that stdout of `summary --json` stays what the caller asked for."""
    print(message, file=sys.stderr, flush=True)


# --- the environment -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Environment:
    """The project's own .venv, and the stamps that say what was installed into it."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def half_made(self) -> Path:
        """Exists only while something is being made or installed."""
        return self.folder / ".pilar-sedang-memasang"

    def stamp(self, requirements: Path) -> Path:
        return self.folder / f".pilar-{requirements.stem}.sha256"

    def sound(self) -> bool:
        """True when the interpreter exists and is still the version that the folder was made for."""
        configuration = self.folder / "pyvenv.cfg"
        if not self.python.exists() or not configuration.is_file() or self.half_made.exists():
            return False
        made_for = ""
        for line in configuration.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            if key.strip() in ("version", "version_info"):
                made_for = ".".join(value.strip().split(".")[:2])
        asked = subprocess.run(
            [self.python, "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        return asked.returncode == 0 and asked.stdout.strip() == made_for


def with_included(requirements: Path) -> list[Path]:
    """Return a requirements file and the ones it includes by `-r`."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    included = [requirements.parent / line[3:].strip() for line in lines if line.startswith("-r ")]
    return [requirements, *(path for other in included for path in with_included(other))]


def fingerprint(requirements: Path) -> str:
    """Return the SHA-256 of a requirements file together with the files it includes, the same on every system."""
    digest = hashlib.sha256()
    for path in with_included(requirements):
        for line in path.read_text(encoding="utf-8").splitlines():
            digest.update(line.strip().encode() + b"\n")
    return digest.hexdigest()


def installed(environment: Environment, requirements: Path) -> bool:
    """True when the last finished installation was of exactly this list; touches no network."""
    stamp = environment.stamp(requirements)
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == fingerprint(requirements)


def run_quietly(command: Sequence[str | Path]) -> int:
    """Run a helper with its output on stderr and return its exit code (127 when it does not exist)."""
    try:
        return subprocess.run([str(part) for part in command], stdout=sys.stderr, check=False).returncode
    except FileNotFoundError:
        return 127


def may_apt() -> bool:
    """True for root on a Debian-like system: only then are system packages installed, and it is said."""
    return not WINDOWS and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(package: str, run: Callable[[Sequence[str | Path]], int] = run_quietly) -> bool:
    """Install one Debian package without questions; True when it worked."""
    say(f"Memasang paket sistem / installing system package: {package}")
    prefix = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    run([*prefix, "update", "-q"])  # a stale mirror list may still do, so only the installation decides
    return run([*prefix, "install", "-y", "-q", "--no-install-recommends", package]) == 0


def venv_package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def make_venv(environment: Environment, run: Callable[[Sequence[str | Path]], int] = run_quietly) -> None:
    """Make .venv afresh, with uv when present; raises Stop naming the missing system package."""
    say("Menyiapkan lingkungan .venv / making .venv")
    shutil.rmtree(environment.folder, ignore_errors=True)
    uv = shutil.which("uv")
    # inside an activated .venv sys.executable is the very one being replaced
    base = getattr(sys, "_base_executable", sys.executable)
    if uv and run([uv, "venv", "--quiet", "--python", base, environment.folder]) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None and not (may_apt() and apt_install(venv_package(), run)):
        raise Stop(
            f"Python ini tidak membawa 'ensurepip'. Pasang dulu: sudo apt install {venv_package()}\n"
            f"This Python lacks ensurepip; install the package {venv_package()} and run the same command again."
        )
    if run([base, "-m", "venv", "--clear", environment.folder]) != 0:
        raise Stop(
            f"Folder .venv tidak dapat dibuat (Debian/Ubuntu: sudo apt install {venv_package()}).\n"
            f"Could not make .venv; on Debian and Ubuntu the package {venv_package()} is usually missing."
        )


def install(
    environment: Environment, requirements: Path, run: Callable[[Sequence[str | Path]], int] = run_quietly
) -> None:
    """Install one list into a sound environment; raises Stop when neither uv nor pip can."""
    say(f"Memasang {requirements.name} (hanya bila berubah) / installing {requirements.name} (only when it changed)")
    python: str | Path = environment.python
    uv = shutil.which("uv")
    # uv leaves the compiling to each start unless told otherwise; that is seconds where bytecode may not be written
    fast = ["pip", "install", "--quiet", "--compile-bytecode", "--python", python, "-r", requirements]
    if uv and run([uv, *fast]) == 0:
        return
    if run([python, "-c", HAS_PIP]) != 0 and run([python, "-m", "ensurepip", "--default-pip"]) != 0:
        raise Stop(
            "pip tidak ada di .venv; hapus folder .venv lalu ulangi. / .venv has no pip; delete .venv and repeat."
        )
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if run([*pip, "-r", requirements]) != 0:
        raise Stop(
            f"Pemasangan {requirements.name} gagal; periksa sambungan internet lalu ulangi.\n"
            f"Installing {requirements.name} failed; check the network and repeat. What was there still works offline."
        )


def prepare_environment(
    environment: Environment, requirements: Path, run: Callable[[Sequence[str | Path]], int] = run_quietly
) -> None:
    """Bring .venv to the given list: made when missing, made anew when half-made, untouched when the stamp agrees."""
    if environment.sound() and installed(environment, requirements):
        return
    with only_one(environment):
        if not (environment.sound() and installed(environment, requirements)):
            make_and_install(environment, requirements, run)


@contextmanager
def only_one(environment: Environment) -> Iterator[None]:
    """Hold the right to change .venv; a second manage.py waits for it (on Windows nothing waits)."""
    with environment.folder.with_name(f"{environment.folder.name}.lock").open("w") as lock:
        if importlib.util.find_spec("fcntl") is not None:
            import fcntl  # absent on Windows

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_and_install(
    environment: Environment, requirements: Path, run: Callable[[Sequence[str | Path]], int] = run_quietly
) -> None:
    """Make .venv when it is missing or half-made, install the list, and leave the stamps of what was installed."""
    if not environment.sound():
        make_venv(environment, run)
    environment.half_made.touch()
    environment.stamp(requirements).unlink(missing_ok=True)
    try:
        install(environment, requirements, run)
    except Stop:
        # pip and uv undo a refused installation themselves; only a killed one leaves the mark behind
        environment.half_made.unlink(missing_ok=True)
        raise
    for path in with_included(requirements):
        environment.stamp(path).write_text(fingerprint(path) + "\n", encoding="utf-8")
    environment.half_made.unlink(missing_ok=True)


# --- run -------------------------------------------------------------------------------------------------------------


def port_is_free(host: str, port: int) -> bool:
    """True when a server could listen there now; raises Stop for an address this machine does not have."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if not WINDOWS:  # there the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError as error:
        raise Stop(f"Port {port} tidak diizinkan; pakai 1024 ke atas. / Port {port} needs rights: {error}") from error
    except socket.gaierror as error:
        raise Stop(f"Alamat --host {host} tidak dikenal. / Unknown --host {host}: {error}") from error
    except OSError as error:
        if error.errno is not None and error.errno in ADDRESS_NOT_HERE:
            raise Stop(
                f"Alamat {host} bukan milik komputer ini. / {host} is not an address of this machine."
            ) from error
        return False
    return True


ADDRESS_NOT_HERE = {99, 49, 10049}  # EADDRNOTAVAIL on Linux, macOS and Windows


def choose_port(host: str, port: int, free: Callable[[str, int], bool] = port_is_free) -> int:
    """Return the port when free; raises Stop naming the next free one, because a moved address surprises people."""
    if free(host, port):
        return port
    for other in range(port + 1, min(port + 100, 65_536)):
        if free(host, other):
            raise Stop(
                f"Port {port} sedang dipakai. Yang kosong: python3 manage.py run --port {other}\n"
                f"Port {port} is in use; the next free one is {other}."
            )
    raise Stop(f"Port {port} sampai {port + 99} semua dipakai. / All ports from {port} to {port + 99} are in use.")


def address(host: str, port: int) -> str:
    """Return the URL by which this machine itself reaches a server that listens on host and port."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def server_command(python: Path, host: str, port: int, windows: bool = WINDOWS) -> list[str]:
    """Return the command that serves app.py; on Windows uvicorn binds the socket, so that Nagle is off there too."""
    if windows:
        return [str(python), "-m", "uvicorn", "app:app", "--host", host, "--port", str(port), "--log-level", "warning"]
    options = ["--server.address", host, "--server.port", str(port), "--server.headless", "true"]
    silent = ["--logger.hideWelcomeMessage", "true"]  # our own line says it in Indonesian, and only when it is true
    return [str(python), "-m", "streamlit", "run", "app.py", *options, *silent]


def child_environment(data: Path, base: Mapping[str, str], **more: str) -> dict[str, str]:
    """Return the environment of a child: the caller's, our modules importable, the data directory absolute."""
    paths = [str(ROOT), *filter(None, [base.get("PYTHONPATH")])]
    return {**base, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", "PILAR_DATA": str(data), **more}


def data_directory(given: str | None, base: Mapping[str, str]) -> Path:
    """Return the absolute data directory: the option, else PILAR_DATA, else the project's own data folder."""
    chosen = given or base.get("PILAR_DATA")
    return Path(chosen).expanduser().resolve() if chosen else ROOT / "data"


def raise_file_limit() -> None:
    """Allow as many open files (one per connection) as the system grants, up to 65,536; silent where it cannot."""
    if importlib.util.find_spec("resource") is None:
        return
    import resource  # absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(WANTED_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (ValueError, OSError) as error:
            say(f"Batas berkas terbuka tetap {soft}. / The limit of open files stays {soft}: {error}")


def fetch(url: str, timeout: float = 5.0) -> int | None:
    """Return the HTTP status, or None when nobody answers; never goes through a proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=timeout) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def wait_until_healthy(
    url: str,
    ended: Callable[[], int | None],
    seconds: float = START_SECONDS,
    probe: Callable[[str], int | None] = fetch,
) -> bool:
    """True as soon as the health address answers 200; False when the server ended or the time ran out."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ended() is not None:
            return False
        if probe(f"{url}/_stcore/health") == 200:
            return True
        time.sleep(0.05)
    return False


def has_desktop(base: Mapping[str, str], platform: str = sys.platform) -> bool:
    """True when opening a browser would show somebody a window."""
    if base.get("CI") or base.get("SSH_CONNECTION"):
        return False
    return platform in ("win32", "darwin") or bool(base.get("DISPLAY") or base.get("WAYLAND_DISPLAY"))


class Server:
    """The serving process, in a process group of its own so that one Ctrl-C reaches it once."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.asked_to_stop = False
        self.process = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            process_group=None if WINDOWS else 0,
        )

    def stop(self, number: int = signal.SIGTERM, frame: FrameType | None = None) -> None:
        """Pass a signal on; the server then closes its connections and ends."""
        self.asked_to_stop = True
        if self.process.poll() is None:
            if not WINDOWS:
                self.process.send_signal(signal.SIGINT if number == signal.SIGINT else signal.SIGTERM)
            elif number != signal.SIGINT:  # there Ctrl-C has reached the child already
                self.process.terminate()

    def wait(self) -> int:
        """Return the exit code: 0 after a stop that was asked for, else the server's own."""
        while not self.asked_to_stop:
            try:
                self.process.wait(timeout=0.5)
                break
            except subprocess.TimeoutExpired:
                continue
        try:
            code = self.process.wait(timeout=STOP_SECONDS if self.asked_to_stop else None)
        except subprocess.TimeoutExpired:
            say("Server tidak berhenti; diputus. / The server did not stop in time; killed.")
            self.process.kill()
            return 128 + signal.SIGTERM
        if self.asked_to_stop:
            return 0
        return code if code >= 0 else 128 - code


def command_run(options: argparse.Namespace) -> int:
    """Set up, migrate, serve and wait; returns the exit code."""
    port = choose_port(options.host, options.port)
    environment = Environment(ROOT / ".venv")
    prepare_environment(environment, ROOT / "requirements.txt")
    data = data_directory(options.data, os.environ)
    environ = child_environment(data, os.environ, PILAR_HOST=options.host, PILAR_PORT=str(port))
    raise_file_limit()
    prepared = subprocess.run(
        [environment.python, "-P", "-m", CLI_MODULE, "prepare"], cwd=ROOT, env=environ, check=False
    )
    if prepared.returncode != 0:
        say("Persiapan gagal; server tidak dijalankan. / Preparation failed; nothing was started.")
        return prepared.returncode if prepared.returncode > 0 else 1
    server = Server(server_command(environment.python, options.host, port), environ)
    # a closed terminal says SIGHUP, and only to us: without this the server would stay behind and hold the port
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), server.stop)
    url = address(options.host, port)
    if wait_until_healthy(url, lambda: 0 if server.asked_to_stop else server.process.poll()):
        fetch(f"{url}/", timeout=30.0)
        print(f"\n  Pilar siap / ready: {url}\n  Berhenti / stop: Ctrl-C\n", flush=True)
        if not options.no_browser and has_desktop(os.environ):
            webbrowser.open(url)
    elif server.process.poll() is None and not server.asked_to_stop:
        say(f"Server belum menjawab setelah {START_SECONDS:.0f} detik. / No answer after {START_SECONDS:.0f} seconds.")
        server.stop()
        server.wait()
        return 1
    return server.wait()


# --- test ------------------------------------------------------------------------------------------------------------


def find_chromium(base: Mapping[str, str] = os.environ) -> str | None:
    """Return the path of a Chromium-like browser of this machine, or None; CHROMIUM decides when it is set."""
    given = base.get("CHROMIUM")
    if given:
        return given if Path(given).is_file() else shutil.which(given)
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name, path=base.get("PATH")):
            return found
    return next((path for path in map(os.path.expandvars, CHROMIUM_PLACES) if Path(path).is_file()), None)


def strict(base: Mapping[str, str]) -> bool:
    """True where a skipped browser test is a failure: continuous integration."""
    return any(base.get(name, "").lower() not in ("", "0", "false", "no") for name in ("CI", "PILAR_CI"))


def browser_tests(report: Path) -> tuple[int, int]:
    """Return how many browser tests pytest's XML report lists, and how many of these were skipped."""
    if not report.is_file():
        return 0, 0
    cases = [case for case in ElementTree.parse(report).iter("testcase") if ".browser." in f".{case.get('classname')}."]
    return len(cases), sum(case.find("skipped") is not None for case in cases)


def stage(name: str, command: Sequence[str | Path], environ: Mapping[str, str]) -> bool:
    """Run one check, print its line with the seconds it took, and return whether it passed."""
    print(f"--- {name}", flush=True)
    start = time.monotonic()
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=dict(environ), check=False).returncode
    verdict = "lulus / passed" if code == 0 else f"GAGAL / FAILED ({code})"
    print(f"{name}: {verdict}, {time.monotonic() - start:.1f} s", flush=True)
    return code == 0


def command_test(options: argparse.Namespace, pytest_arguments: Sequence[str]) -> int:
    """Run lint, types and all tests; returns 0 only when everything passed (and, in CI, no browser test was skipped).

    The tests run last and pytest's closing line ends the output: whoever reads from outside looks for it there.
    """
    environment = Environment(ROOT / ".venv")
    prepare_environment(environment, ROOT / "requirements-dev.txt")
    environ = child_environment(data_directory(None, {}), os.environ)
    del environ["PILAR_DATA"]  # tests bring their own data directories; the office's is never theirs
    environ.pop("PILAR_DATABASE_URL", None)
    arguments = list(pytest_arguments)
    if options.fast:
        arguments += ["-m", "not browser"]
        say("Uji peramban dilewati (--fast). / Browser tests left out (--fast).")
    else:
        chromium = find_chromium()
        if chromium is None and not os.environ.get("CHROMIUM") and may_apt() and apt_install("chromium"):
            chromium = find_chromium()
        if chromium is None:
            say(
                "Uji peramban dilewati: Chromium tidak ditemukan; pasang paket chromium atau isi CHROMIUM.\n"
                "Browser tests are skipped: no Chromium found; install it, or set CHROMIUM to its path."
            )
        else:
            environ["CHROMIUM"] = chromium
    python: str | Path = environment.python
    checks: dict[str, list[str | Path]] = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
    }
    failed = [name for name, command in checks.items() if not stage(name, command, environ)]
    report = environment.folder / "pytest-report.xml"
    report.unlink(missing_ok=True)
    print("--- pytest", flush=True)
    command = [str(python), "-m", "pytest", f"--junit-xml={report}", *arguments]
    if subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode != 0:
        failed.append("pytest")
    found, skipped = browser_tests(report)
    if strict(os.environ) and not options.fast and not pytest_arguments and (found == 0 or skipped):
        failed.append(f"uji peramban dilewati / browser tests skipped: {skipped} of {found}")
    if failed:
        say("GAGAL / FAILED: " + "; ".join(failed))
    return 1 if failed else 0


# --- the command line ------------------------------------------------------------------------------------------------


def take_option(name: str, arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the value of `name VALUE` or `name=VALUE` (None when absent) and the other arguments in order."""
    value: str | None = None
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        if argument == name:
            value = next(remaining, None)
            if value is None:
                raise Stop(f"{name} perlu nilai. / {name} needs a value.", 2)
        elif argument.startswith(f"{name}="):
            value = argument.partition("=")[2]
        else:
            rest.append(argument)
    return value, rest


def command_administer(arguments: Sequence[str]) -> int:
    """Hand an admin command to the product, from the caller's own working directory, and return its exit code."""
    environment = Environment(ROOT / ".venv")
    given, rest = take_option("--data", arguments)
    prepare_environment(environment, ROOT / "requirements.txt")
    environ = child_environment(data_directory(given, os.environ), os.environ)
    # -P: a folder called "services" where the caller happens to stand must not be imported
    command = [str(environment.python), "-P", "-m", CLI_MODULE, *rest]
    if not WINDOWS:
        os.execve(command[0], command, environ)
    return subprocess.run(command, env=environ, check=False).returncode


def parser() -> argparse.ArgumentParser:
    """Return the parser of `run` and `test`; the other commands are parsed by the product."""
    listing = "\n".join(f"  {name:<12}{line}" for name, line in COMMANDS.items())
    top = argparse.ArgumentParser(
        prog="manage.py",
        description=f"Pilar: pemantauan LKS / monitoring of LKS\n\nperintah / commands:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="python3 manage.py COMMAND [OPTIONS]",
    )
    commands = top.add_subparsers(dest="command", metavar="", help=argparse.SUPPRESS)
    run = commands.add_parser("run", help=COMMANDS["run"], description=COMMANDS["run"])
    run.add_argument("--port", type=port_number, default=DEFAULT_PORT, help="default %(default)s")
    run.add_argument("--host", default="127.0.0.1", help="default %(default)s: hanya komputer ini / this machine only")
    run.add_argument("--data", metavar="DIR", help="direktori data / data directory (default: data/)")
    run.add_argument("--no-browser", action="store_true", help="jangan buka peramban / do not open a browser")
    test = commands.add_parser("test", help=COMMANDS["test"], description=COMMANDS["test"], allow_abbrev=False)
    test.add_argument("--fast", action="store_true", help="tanpa uji peramban / without the browser tests")
    return top


def port_number(text: str) -> int:
    """Return a port between 1 and 65535; argparse turns the ValueError into its own sentence."""
    number = int(text)
    if not 0 < number < 65_536:
        raise ValueError(text)
    return number


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code (2 for a command line that makes no sense)."""
    if sys.version_info < MINIMUM:
        say("Pilar memerlukan Python 3.11 atau lebih baru. / Pilar needs Python 3.11 or newer.")
        return 2
    try:
        _, first = take_option("--data", argv)
        name = first[0] if first else ""
        if name in COMMANDS and name not in ("run", "test"):
            return command_administer(argv)
        options, rest = parser().parse_known_args(argv)
        if options.command == "test":
            return command_test(options, rest)
        if rest or options.command is None:
            parser().print_help(sys.stderr)
            return 2
        return command_run(options)
    except Stop as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        say("Dihentikan. / Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

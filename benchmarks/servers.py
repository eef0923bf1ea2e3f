"""The servers that are measured: Pilar on generated data, and beside it in the same run the floors it is held against."""

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import manage
import settings

HOST = "127.0.0.1"
EMPTY_PAGE = 'import streamlit as st\n\nst.write("kosong")\n'
WRAPPED = 'import streamlit as st\n\napp = st.App("kosong.py")\n'
POLL_SECONDS, WAIT_SECONDS = 0.01, 120.0


@dataclass(frozen=True)
class Kind:
    """How one server is started: its command without the port, the working directory, what else the environment holds."""

    name: str
    command: Sequence[str]
    folder: Path
    more: Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    name: str
    url: str
    pid: int
    started: float  # time.perf_counter() when its process was asked for

    def cpu(self) -> float:
        """Seconds of CPU time that its process has used until now, all threads together."""
        return cpu_seconds(self.pid)


def cpu_seconds(pid: int) -> float:
    """CPU time of another process: from its clock where the system has one for it, else from /proc in ticks of 10 ms."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # Linux: the clock id of a process, see clock_getcpuclockid(3)
    except OSError:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without anything that sets Streamlit or Pilar otherwise than their files do."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("STREAMLIT_", "PILAR_")) and k != "PYTHONPATH"}
    return {**kept, "HOME": str(folder), "USERPROFILE": str(folder), "PYTHONUTF8": "1", **more}


def pilar(data: Path) -> Kind:
    """Pilar as manage.py serves it."""
    command = manage.server_command(Path(sys.executable), HOST, 0, windows=False)
    more = {"PYTHONPATH": str(settings.ROOT), "PILAR_DATA": str(data), "PILAR_HOST": HOST}
    return Kind("Pilar", command, settings.ROOT, more)


def stock_empty(place: Path) -> Kind:
    """An empty page on Streamlit as it is installed, without a line of configuration."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "kosong.py").write_text(EMPTY_PAGE, encoding="utf-8")
    return Kind("empty page, stock", _streamlit("run", "kosong.py"), place, {})


def own_empty(place: Path) -> Kind:
    """An empty page in Pilar's own configuration: its config.toml, served through st.App as Pilar is, without the guard."""
    (place / ".streamlit").mkdir(parents=True, exist_ok=True)
    shutil.copy(settings.ROOT / ".streamlit" / "config.toml", place / ".streamlit" / "config.toml")
    (place / "kosong.py").write_text(EMPTY_PAGE, encoding="utf-8")
    (place / "app.py").write_text(WRAPPED, encoding="utf-8")
    command = manage.server_command(Path(sys.executable), HOST, 0, windows=False)
    return Kind("empty page, own configuration", command, place, {})


def hello(place: Path) -> Kind:
    """`streamlit hello`, in a directory of its own."""
    place.mkdir(parents=True, exist_ok=True)
    return Kind("streamlit hello", _streamlit("hello"), place, {})


def _streamlit(*what: str) -> list[str]:
    # The address is given to the floors too: without it a headless start asks the internet who it is, for up to two seconds.
    return [sys.executable, "-m", "streamlit", *what, "--server.headless", "true", "--server.address", HOST] + [
        "--server.port",
        "0",
    ]


def fetch(url: str, path: str, cookie: str = "", timeout: float = 10.0) -> tuple[int, int] | None:
    """(status, bytes of the body as sent) of a GET that accepts no compression; None when nobody answers."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=timeout)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    except OSError:
        return None
    finally:
        connection.close()


def wait_for(url: str, path: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns as soon as a path answers 200; RuntimeError with the end of its log when the server ended or never did."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = fetch(url, path)
        if found and found[0] == 200:
            return
        time.sleep(POLL_SECONDS)
    raise RuntimeError(f"{url}{path} does not answer\n" + log.read_text(encoding="utf-8", errors="replace")[-2_000:])


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    port = 18_500 + os.getpid() % 1_000
    while not manage.port_is_free(HOST, port):
        port += 1
    return port


@contextmanager
def serving(kind: Kind, logs: Path) -> Iterator[Running]:
    """The server of a kind, healthy; it is ended with the block."""
    port = free_port()
    command = [str(port) if part == "0" else part for part in kind.command]
    log = logs / f"{kind.name.replace(' ', '_').replace(',', '')}.log"
    url = f"http://{HOST}:{port}"
    more = {**kind.more, **({"PILAR_PORT": str(port)} if "PILAR_DATA" in kind.more else {})}
    with log.open("ab") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=kind.folder,
            env=environment(logs, more),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(url, "/_stcore/health", process, log)
            yield Running(kind.name, url, process.pid, started)
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def all_serving(kinds: Sequence[Kind], logs: Path) -> Iterator[list[Running]]:
    """Several servers at once."""
    with ExitStack() as stack:
        yield [stack.enter_context(serving(kind, logs)) for kind in kinds]

"""Measures Pilar on a generated register and prints what the README quotes; started by benchmarks/run.py."""

import argparse
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook

import manage
import settings
from benchmarks import answers, bimtek_papers, generate, panels, papers, servers
from benchmarks.client import PageFailed, Session, query_of
from benchmarks.report import Line, Page, Report, as_json, markdown, median
from data_access import engine
from data_access.commands import lks as lks_commands
from data_access.commands import trail
from data_access.queries import find as find_queries
from data_access.queries import records as record_queries
from domain.errors import PilarError
from domain.permissions import COMMAND_LINE
from services import accounts, clock, importing, installation, samples, search

RESULT = settings.ROOT / "benchmarks" / "hasil.md"
SEARCH_GOAL_MS, IMPORT_GOAL_S = 1_000, 30


@dataclass(frozen=True)
class Size:
    """How much one run measures."""

    rows: int = 25_000
    rounds: int = 7
    warm: int = 5  # warm reruns of each page in a round
    searches: int = 50
    starts: int = 3
    people: int = 500  # participants of the hall
    arrivals: float = 10.0  # seconds in which they send
    kills: int = 50
    acks: int = 100_000  # over all kills together
    replays: int = 20_000
    guesses: int = 10_000
    changes: int = 40  # of the register while walls look on
    samples: int = 1_000  # of what a wall shows
    papers: int = 200  # certificates of one event
    attending: int = 200  # people of the Bimtek whose papers are made


TINY = Size(
    600,
    1,
    2,
    3,
    1,
    people=24,
    arrivals=1.0,
    kills=2,
    acks=120,
    replays=60,
    guesses=300,
    changes=3,
    samples=5,
    papers=8,
    attending=40,
)


@dataclass
class Bench:
    """What the benches share: sizes, a temporary directory, the filled store and the report."""

    size: Size
    place: Path
    report: Report
    records: list[generate.Record] = field(default_factory=list)
    cookie: str = ""
    first_id: int = 0  # the generated LKS have ids from here on, without a gap

    @property
    def data(self) -> Path:
        """The data directory of the filled store."""
        return self.place / "data"

    def log(self, text: str) -> None:
        """Tells whoever waits how far it is."""
        print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)

    def add(self, *lines: Line) -> None:
        """Puts figures into the report."""
        for line in lines:
            self.report.lines.append(line)
            self.log(f"{line.name}: {line.value:.3g} {line.unit}")


def use_store(data: Path) -> None:
    """Makes the store of a data directory the one of this process, migrated and with its reference facts."""
    os.environ.pop("PILAR_DATABASE_URL", None)
    settings.use_data_dir(str(data))
    engine.configure(settings.load().database_url)
    installation.prepare(sample=False)


def fill(bench: Bench) -> None:
    """The filled store with an admin signed in, made once and used again by the benches after."""
    if bench.records:
        use_store(bench.data)
        return
    bench.log(f"generating {bench.size.rows:,} LKS")
    use_store(bench.data)
    bench.records = generate.fill_store(bench.size.rows, clock.today())
    with engine.reading() as connection:
        ids = sorted(row.id for row in find_queries.named(connection))
    bench.first_id = ids[0]
    assert ids == list(range(ids[0], ids[0] + len(bench.records)))
    once = accounts.add_user(COMMAND_LINE, "pengukur", "Pengukur Contoh", "admin", None)
    actor = accounts.actor_of(accounts.sign_in("pengukur", once, servers.HOST))
    assert actor is not None
    password = accounts.one_time_password()
    accounts.change_own_password(actor, once, password)
    bench.cookie = f"{accounts.cookie_name()}={accounts.sign_in('pengukur', password, servers.HOST)}"


def raise_revision() -> None:
    """What any write does: from here on nothing kept of the register is valid."""
    with engine.writing() as connection:
        trail.bump(connection, "register")


def change_one(bench: Bench, number: int) -> None:
    """A real write: another LKS of province 33 changes its activity, its grade and its kluster, so figures move."""
    inside = [n for n, record in enumerate(bench.records) if record["kode_wilayah"].startswith("33.")]
    lks_id = bench.first_id + inside[number % len(inside)]
    with engine.writing() as connection:
        trail.bump(connection, "register")
        record = record_queries.by_ids(connection, COMMAND_LINE.scope, [lks_id])[lks_id]
        fields = {
            "aktif": "tidak_aktif" if record["aktif"] == "aktif" else "aktif",
            "akreditasi": "B" if record["akreditasi"] != "B" else "belum",
            "kluster": ["lansia"] if record["kluster"] != ["lansia"] else ["anak"],
        }
        change = lks_commands.Change(record, fields, "ukur")
        stale = lks_commands.change(connection, [change], at=clock.now(), by=COMMAND_LINE)
    assert not stale


def pages(bench: Bench) -> dict[str, tuple[str, str]]:
    """Name in the report -> (path, query string)."""
    with engine.reading() as connection:
        kode = find_queries.named(connection)[bench.size.rows // 2].kode_lks
    return {
        "ringkasan": ("", ""),  # the first screen lies at the root
        "ringkasan, one province": ("", query_of(wilayah="33")),
        "peta": ("peta", ""),
        "klaster": ("klaster", ""),
        "daftar_lks": ("daftar_lks", ""),
        "profil_lks": ("profil_lks", query_of(lks=kode)),
        "rapat": ("rapat", ""),
        "tindak_lanjut": ("tindak_lanjut", ""),
        "prioritas": ("prioritas", query_of(wilayah="33")),
        "pengajuan": ("pengajuan", ""),
        "jejak_audit": ("jejak_audit", ""),
        "impor": ("impor", ""),
    }


@dataclass
class _Series:
    """The measurements of one page, or of a floor."""

    session: Session
    server: servers.Running
    warm: list[float] = field(default_factory=list)
    warm_cpu: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    cold_cpu: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)

    def run_warm(self, count: int) -> None:
        self.session.rerun()  # not counted: the writes of the pages before have made this one cold
        before = self.server.cpu()
        for _ in range(count):
            rerun = self.session.rerun()
            self.warm.append(rerun.seconds * 1000)
            self.size.append(rerun.size)
        self.warm_cpu.append((self.server.cpu() - before) * 1000 / count)

    def run_cold(self, bench: Bench, number: int) -> None:
        change_one(bench, number)
        before = self.server.cpu()
        self.cold.append(self.session.rerun().seconds * 1000)
        self.cold_cpu.append((self.server.cpu() - before) * 1000)

    def page(self, name: str) -> Page:
        cold = median(self.cold) if self.cold else None
        cold_cpu = median(self.cold_cpu) if self.cold else None
        return Page(name, median(self.warm), median(self.warm_cpu), cold, cold_cpu, int(median(self.size)))


def bench_pages(bench: Bench) -> None:
    """Reruns of every page, warm and cold, interleaved with both floors."""
    fill(bench)
    kinds = [
        servers.stock_empty(bench.place / "stock"),
        servers.own_empty(bench.place / "own"),
        servers.pilar(bench.data),
    ]
    with servers.all_serving(kinds, bench.place) as (stock, own, product):
        series: dict[str, _Series] = {}
        try:
            _open(bench, series, kinds[0].name, stock, "", "", "")
            _open(bench, series, kinds[1].name, own, "", "", "")
            for name, (path, query) in pages(bench).items():
                _open(bench, series, name, product, path, query, bench.cookie)
            for number in range(bench.size.rounds):
                bench.log(f"pages: round {number + 1} of {bench.size.rounds}")
                for place, one in enumerate(series.values()):
                    one.run_warm(bench.size.warm)
                    if one.server is product:
                        one.run_cold(bench, number * len(series) + place)
        finally:
            for one in series.values():
                one.session.__exit__(None, None, None)
    done = {name: one.page(name) for name, one in series.items()}
    bench.report.stock, bench.report.own = done.pop(kinds[0].name), done.pop(kinds[1].name)
    bench.report.pages = list(done.values())


def _open(
    bench: Bench,
    series: dict[str, _Series],
    name: str,
    server: servers.Running,
    path: str,
    query: str,
    cookie: str,
) -> None:
    """Opens a page and runs it until it is warm; one that fails is named in the report and left out."""
    session = Session(server.url, path, query, cookie).__enter__()
    try:
        for _ in range(3):
            session.rerun()
        if cookie and path != session.shown:
            raise PageFailed(f"{name}: the server answered with the page {session.shown!r}")
    except PageFailed as failed:
        session.__exit__(None, None, None)
        bench.report.failures.append(str(failed))
        bench.log(f"FAILED {failed}")
        return
    series[name] = _Series(session, server)


def bench_search(bench: Bench) -> None:
    """Misspelled searches: in the service, and as the whole page that shows the hits."""
    fill(bench)
    asked = generate.queries(bench.records, bench.size.searches)
    raise_revision()
    start = time.perf_counter()
    search.search(COMMAND_LINE, asked[0][0])
    first = (time.perf_counter() - start) * 1000
    spent, found = [], 0
    names = {number: record["nama"] for number, record in enumerate(bench.records, bench.first_id)}
    for text, meant in asked:
        start = time.perf_counter()
        hits = search.search(COMMAND_LINE, text)
        spent.append((time.perf_counter() - start) * 1000)
        found += any(names[hit.id] == meant for hit in hits[:10])
    share = f"{len(asked)} misspelled names, meant one among the first ten: {found} of {len(asked)}"
    bench.add(
        Line("search, median", median(spent), "ms", goal=SEARCH_GOAL_MS, note=share),
        Line("search, slowest", max(spent), "ms", goal=SEARCH_GOAL_MS),
        Line("search, first after a write", first, "ms", goal=SEARCH_GOAL_MS, note="builds the index"),
    )
    with servers.serving(servers.pilar(bench.data), bench.place) as product:
        with Session(product.url, "daftar_lks", "", bench.cookie) as opened:
            opened.rerun()
        shown = []
        for text, _ in asked:
            with Session(product.url, "daftar_lks", query_of(cari=text), bench.cookie) as session:
                shown.append(session.rerun().seconds * 1000)
    bench.add(
        Line("list page with a search never asked before, median", median(shown), "ms", goal=SEARCH_GOAL_MS),
        Line("list page with a search never asked before, slowest", max(shown), "ms", goal=SEARCH_GOAL_MS),
    )


def _bare_read(path: Path) -> float:
    start = time.perf_counter()
    rows = sum(1 for _ in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())
    assert rows > 1
    return time.perf_counter() - start


def _cpu() -> float:
    """CPU time of this process and of the children it has waited for: what a busy machine does not stretch."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def bench_import(bench: Bench) -> None:
    """A workbook from the file to the register and back, against the bare read of the same file."""
    use_store(bench.place / "import")
    today = clock.today()
    bench.log(f"writing a workbook of {bench.size.rows:,} rows")
    content, bad = generate.workbook(bench.size.rows, today)
    path = bench.place / "impor.xlsx"
    path.write_bytes(content)
    bare = median([_bare_read(path) for _ in range(3)])
    steps: list[float] = []

    def preview() -> tuple[importing.Preview, float]:
        steps.clear()
        begun = time.perf_counter()
        found = importing.preview(
            COMMAND_LINE, path, path.name, on_progress=lambda *_: steps.append(time.perf_counter())
        )
        return found, time.perf_counter() - begun

    start, cpu = time.perf_counter(), _cpu()
    first, previewed = preview()
    preview_cpu = _cpu() - cpu
    opened = steps[0] - start
    expected = {"baru": bench.size.rows - bad, "berubah": 0, "sama": 0, "ditolak": bad}
    if first.counts() != expected:
        bench.report.failures.append(f"import: {first.counts()} instead of {expected}")
    start, cpu = time.perf_counter(), _cpu()
    batch = importing.store(COMMAND_LINE, first, "ukur")
    stored, store_cpu = time.perf_counter() - start, _cpu() - cpu
    again, repeated = preview()
    if again.counts()["sama"] != first.counts()["baru"]:
        bench.report.failures.append(f"import of the same file again: {again.counts()}")
    start, cpu = time.perf_counter(), _cpu()
    undone = importing.undo(COMMAND_LINE, batch)
    taken_back, undo_cpu = time.perf_counter() - start, _cpu() - cpu
    if undone.removed != first.counts()["baru"] or undone.kept:
        bench.report.failures.append(f"undo: removed {undone.removed}, kept {len(undone.kept)}")
    note = f"{bench.size.rows:,} rows, {len(content) / 2**20:.1f} MB; cpu {preview_cpu + store_cpu:.1f} s"
    bench.add(
        Line("import: preview + save", previewed + stored, "s", goal=IMPORT_GOAL_S, note=note),
        Line("import: child started, file read and columns found", opened, "s", "bare calamine read", bare, 1.5),
        Line("import: whole preview", previewed, "s", "bare calamine read", bare, note=f"cpu {preview_cpu:.1f} s"),
        Line("import: save", stored, "s", note=f"cpu {store_cpu:.1f} s"),
        Line("import: preview of the same file again", repeated, "s", "bare calamine read", bare),
        Line("import: undo of the batch", taken_back, "s", goal=IMPORT_GOAL_S, note=f"cpu {undo_cpu:.1f} s"),
    )


def _start_pilar(bench: Bench) -> tuple[float, float, float, float]:
    """Seconds of: preparing, then from the server's start to health, to the sign-in page, and to the first dashboard."""
    kind = servers.pilar(bench.data)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-P", "-m", manage.CLI_MODULE, "prepare"],
        cwd=settings.ROOT,
        env=servers.environment(bench.place, kind.more),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    prepared = time.perf_counter() - start
    with servers.serving(kind, bench.place) as server:
        healthy = time.perf_counter() - server.started
        answer = servers.fetch(server.url, "/masuk")
        assert answer is not None and answer[0] == 200, answer
        signing_in = time.perf_counter() - server.started
        with Session(server.url, "", "", bench.cookie) as session:
            session.rerun()
        return prepared, healthy, signing_in, time.perf_counter() - server.started


def _start_floor(bench: Bench, kind: servers.Kind) -> tuple[float, float]:
    """Seconds from a server's start to health and to its first page."""
    with servers.serving(kind, bench.place) as server:
        healthy = time.perf_counter() - server.started
        with Session(server.url) as session:
            session.rerun()
        return healthy, time.perf_counter() - server.started


def bench_start(bench: Bench) -> None:
    """From nothing to health, to the sign-in page and to the first dashboard, against `streamlit hello`."""
    fill(bench)
    engine.engine().dispose()
    hello, empty = servers.hello(bench.place / "hello"), servers.stock_empty(bench.place / "stock")
    ours, theirs, bare = [], [], []
    for number in range(bench.size.starts):
        bench.log(f"start: round {number + 1} of {bench.size.starts}")
        theirs.append(_start_floor(bench, hello))
        ours.append(_start_pilar(bench))
        bare.append(_start_floor(bench, empty))
    prepared, healthy, signing_in, dashboard = (median(column) for column in zip(*ours, strict=True))
    hello_healthy, hello_page = (median(column) for column in zip(*theirs, strict=True))
    empty_healthy, empty_page = (median(column) for column in zip(*bare, strict=True))
    bench.add(
        Line("start: health", healthy, "s", "streamlit hello", hello_healthy, 1.5),
        Line("start: health", healthy, "s", "empty page, stock", empty_healthy, 1.5),
        Line("start: sign-in page", signing_in, "s", "streamlit hello, first page", hello_page, 1.5),
        Line("start: first dashboard", dashboard, "s", "streamlit hello, first page", hello_page, 1.5),
        Line("start: first dashboard", dashboard, "s", "empty page, stock, first page", empty_page, 2.0),
        Line("start: migration check before it (`manage.py run` only)", prepared, "s"),
    )


def bench_bytes(bench: Bench) -> None:
    """What a browser loads for the sign-in page and for the first dashboard, against the same files uncompressed."""
    fill(bench)
    chromium = manage.find_chromium()
    if chromium is None:
        bench.report.failures.append("bytes of a first load: no Chromium found")
        return
    kinds = [servers.stock_empty(bench.place / "stock"), servers.pilar(bench.data)]
    with servers.all_serving(kinds, bench.place) as (stock, product):
        empty = _loaded(chromium, stock.url + "/", "")
        signing_in = _loaded(chromium, product.url + "/masuk", "")
        dashboard = _loaded(chromium, product.url + "/", bench.cookie)
        plain = sum((servers.fetch(product.url, path, bench.cookie) or (0, 0))[1] for path in dashboard)
    kilo = 1024
    bench.add(
        Line("first load: sign-in page", sum(signing_in.values()) / kilo, "KB", note=f"{len(signing_in)} requests"),
        Line(
            "first load: dashboard",
            sum(dashboard.values()) / kilo,
            "KB",
            "the same files as stock Streamlit sends them",
            plain / kilo,
            0.45,
            f"{len(dashboard)} requests",
        ),
        Line(
            "first load: dashboard",
            sum(dashboard.values()) / kilo,
            "KB",
            "empty page, stock",
            sum(empty.values()) / kilo,
        ),
    )


def _loaded(chromium: str, url: str, cookie: str) -> dict[str, int]:
    """Path -> bytes on the wire of everything that a browser with an empty cache loads of one address."""
    from playwright.sync_api import sync_playwright  # only this bench needs it; the others run without a browser

    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        context = browser.new_context()
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url}])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", lambda told: paths.update({told["requestId"]: told["request"]["url"]}))
        wire.on(
            "Network.loadingFinished",
            lambda told: sizes.update({told["requestId"]: int(told["encodedDataLength"])}),
        )
        wire.send("Network.enable")
        page.goto(url, wait_until="load")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1_500)  # charts load their own scripts once they are drawn
        browser.close()
    origin = "/".join(url.split("/")[:3])
    return {
        paths[key].removeprefix(origin): size for key, size in sizes.items() if paths.get(key, "").startswith(origin)
    }


def bench_answers(bench: Bench) -> None:
    """Participants' submissions: a second, beside a bare route; then a hall where everything goes wrong, exactly once."""
    data = bench.place / "answers"
    use_store(data)
    bench.log(f"submissions of {bench.size.people} people")
    bench.add(*answers.throughput(data, bench.place, bench.size.people, 4))
    bench.add(*answers.exactly_once(data, bench.place, bench.size.people, bench.size.arrivals))


def bench_kills(bench: Bench) -> None:
    """kill -9 during submissions, again and again."""
    data = bench.place / "kills"
    use_store(data)
    bench.add(*answers.kills(data, bench.place, bench.size.kills, bench.size.acks))


def bench_replays(bench: Bench) -> None:
    """Every submission several times, shuffled, and again after a restart."""
    data = bench.place / "replays"
    use_store(data)
    bench.add(*answers.replays(data, bench.place, bench.size.replays))


def bench_guessing(bench: Bench) -> None:
    """Guessed codes beside the right ones, behind one address."""
    data = bench.place / "guessing"
    use_store(data)
    bench.add(*answers.guessing(data, bench.place, bench.size.people, bench.size.guesses))


def bench_wall(bench: Bench) -> None:
    """The wall of a meeting: how soon a change is on it, what many screens cost, and whether it counts right."""
    fill(bench)
    bench.add(*panels.live_screens(bench.size.changes))
    use_store(bench.place / "wall")
    samples.load(COMMAND_LINE)
    bench.add(*panels.recounts(bench.size.samples, generate.SEED))


def bench_papers(bench: Bench) -> None:
    """The certificates of a large Bimtek, and every other paper of one with a full hall."""
    bench.add(*papers.measured(bench.place / "papers", bench.size.papers))
    use_store(bench.place / "bimtek")
    bench.add(*bimtek_papers.pack(bench.size.attending))


BENCHES: dict[str, Callable[[Bench], None]] = {
    "pages": bench_pages,
    "search": bench_search,
    "import": bench_import,
    "start": bench_start,
    "bytes": bench_bytes,
    "answers": bench_answers,
    "kills": bench_kills,
    "replays": bench_replays,
    "guessing": bench_guessing,
    "wall": bench_wall,
    "papers": bench_papers,
}


def measure(names: Sequence[str], size: Size, place: Path) -> Report:
    """Runs the named benches in a directory of their own and returns what they measured."""
    random.seed(generate.SEED)
    logging.getLogger().setLevel(logging.ERROR)
    bench = Bench(size, place, Report(size.rows))
    for name in names:
        bench.log(name)
        try:
            BENCHES[name](bench)
        except (RuntimeError, PilarError) as failed:  # the other benches still say something
            bench.report.failures.append(f"{name}: {failed}")
            bench.log(f"FAILED {failed}")
    engine.engine().dispose()
    return bench.report


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints and saves; 1 when something could not be measured or came out wrong."""
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="a few hundred rows, one round: shows only that it works")
    parser.add_argument("--only", action="append", choices=list(BENCHES), help="only this bench; may be repeated")
    parser.add_argument("--json", type=Path, metavar="OUT", help="the figures also as JSON")
    parser.add_argument("--rows", type=int, metavar="N", help="another size of the register")
    options = parser.parse_args(arguments)
    size = TINY if options.tiny else Size(rows=options.rows or Size.rows)
    with tempfile.TemporaryDirectory(prefix="pilar-ukur-", ignore_cleanup_errors=True) as place:
        report = measure(options.only or list(BENCHES), size, Path(place))
    text = markdown(report)
    print(text)
    if options.json:
        options.json.write_text(json.dumps(as_json(report), indent=2), encoding="utf-8")
    if not options.tiny and not options.only and size.rows == Size.rows:
        RESULT.write_text(text, encoding="utf-8")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""The command line behind manage.py: for scripts and for whoever keeps the server. Prints; the rules are elsewhere."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import settings
from domain.errors import InvalidInput, NotFound, PilarError
from domain.permissions import COMMAND_LINE, ROLES
from services import wording


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _json(value: Any) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _words(name: str, **facts: object) -> str:
    """A line for the terminal from assets/teks/pesan_perintah.toml."""
    return str(wording.sentence(name, **facts))


def _prepare(args: argparse.Namespace) -> int:
    from services import installation

    done = installation.prepare(sample=not args.no_sample)
    if done.admin_password:
        _print(_words("perintah_admin_pertama", nama=done.admin, sandi=done.admin_password))
    if done.sample_lks:
        _print(_words("perintah_contoh_dimuat", jumlah=done.sample_lks))
    return 0


def _migrate(args: argparse.Namespace) -> int:
    from services import installation

    done = installation.prepare(sample=False)
    _print(_words("perintah_skema_" + done.found))
    if done.admin_password:
        _print(_words("perintah_admin_pertama", nama=done.admin, sandi=done.admin_password))
    return 0


def _sample(args: argparse.Namespace) -> int:
    from services import installation, samples

    installation.ready()
    if args.action == "load":
        _print(_words("perintah_contoh_dimuat", jumlah=samples.load(COMMAND_LINE)))
    else:
        _print(_words("perintah_contoh_dihapus", jumlah=samples.remove(COMMAND_LINE)))
    return 0


def _must_know(kode: str | None) -> None:
    """Raises NotFound for a code that no region bears: a mistyped one would else count as a region without LKS."""
    from services import wilayah

    if kode is not None and not wilayah.names([kode]):
        raise NotFound("wilayah_tidak_dikenal", kode=kode)


def _summary(args: argparse.Namespace) -> int:
    from services import clock, installation, register

    installation.ready()
    _must_know(args.wilayah)
    found = register.summary_json(COMMAND_LINE, args.wilayah, args.per or clock.today())
    if args.json:
        _json(found)
        return 0
    _print(f"{found['wilayah'] or 'Indonesia'} {found['per_tanggal']}: {found['total']} LKS")
    for kode, jumlah in found["kluster"].items():
        _print(f"  {kode}: {jumlah}")
    for ukuran, share in found["ukuran"].items():
        _print(f"  {ukuran}: {share['pembilang']}/{share['penyebut']}  {share['aturan']}")
    for figure in found["angka_publikasi"]:
        limit = figure.get("batas", "").replace("_", " ")
        about = f"{limit} " if limit else "sekitar " if figure["sekitar"] else ""
        _print(f"  {about}{figure['nilai']:g}  {figure['sumber']}, {figure['tanggal']}")
    return 0


def _indicator(args: argparse.Namespace) -> int:
    from services import indicators, installation

    installation.ready()
    _must_know(args.wilayah)
    found = indicators.overview(COMMAND_LINE, args.wilayah, args.per)
    if args.json:
        _json(found)
        return 0
    _print(f"{found['nama']} {found['per_tanggal']}")
    for one in found["indikator"]:
        if one["nilai"] is None:
            continue
        share = f" ({one['pembilang']:g}/{one['penyebut']:g})" if one["penyebut"] else ""
        about = "sekitar " if one["sekitar"] else ""
        of = " ".join(str(part) for part in (one["periode"], one["seri"], one["kategori"]) if part)
        _print(f"  {one['kode']}: {about}{one['nilai']:g} {one['satuan']}{share}  {of}".rstrip())
        for other in one["perbandingan"]:
            if other["nilai"] is not None:
                _print(f"    {other['nama']}: {other['nilai']:g} {other['kategori'] or ''}  {other['selisih']:+g}")
    return 0


def _export(args: argparse.Namespace) -> int:
    from domain.filters import Filters
    from services import installation, register

    installation.ready()
    _must_know(args.wilayah)
    name, content = register.export(COMMAND_LINE, Filters(wilayah=args.wilayah), None)
    path = Path(args.out) if args.out else Path(name)
    path = path / name if path.is_dir() else path
    path.write_bytes(content)
    _print(str(path))
    return 0


def _import(args: argparse.Namespace) -> int:
    from services import importing, installation

    installation.ready()
    report = importing.command(COMMAND_LINE, Path(args.file), apply=args.apply)
    if args.json:
        _json(report)
    else:
        _print(importing.readable(report))
    return 2 if report["file_error"] else 0


def _analyse(args: argparse.Namespace) -> int:
    from services import analysis

    found = analysis.analyse(Path(args.file), args.cutoff, args.weight)
    if args.json:
        _json(found)
    else:
        _print(analysis.readable(found))
    return 2 if found["galat_berkas"] else 1 if found["masalah"] else 0


def _user(args: argparse.Namespace) -> int:
    from services import accounts, installation

    installation.ready()
    if args.action == "add":
        password = accounts.add_user(COMMAND_LINE, args.name, args.full_name or args.name, args.role, args.wilayah)
        _print(_words("perintah_sandi", nama=args.name, sandi=password))
        return 0
    found = accounts.find_user(COMMAND_LINE, args.name)
    if args.action == "reset":
        _print(_words("perintah_sandi", nama=args.name, sandi=accounts.reset_password(COMMAND_LINE, found["id"])))
        return 0
    change = {"name": found["nama"], "role": found["peran"], "wilayah": found["wilayah"], "reason": None}
    accounts.change_user(COMMAND_LINE, found["id"], found["versi"], active=False, **change)
    _print(_words("perintah_pengguna_mati", nama=args.name))
    return 0


def _links(args: argparse.Namespace) -> int:
    from services import events, installation

    installation.ready()
    found = events.links(COMMAND_LINE, args.event)
    if args.json:
        _json(found)
        return 0
    event = found["kegiatan"]
    _print(f"{event['id']}  {event['judul']}  {event['mulai']} - {event['selesai']}  {event['alamat']}")
    for form in found["formulir"]:
        _print(f"  {form['id']}  {form['alamat']}  {form['status']}  {form['fase']}  {form['judul']}")
    for person in found["peserta"]:
        _print(f"  {person['kode']}  {person['nama']}  ({person['jenis']}, {person['instansi'] or '-'})")
    return 0


def _report(args: argparse.Namespace) -> int:
    import secrets

    from domain.filters import Filters
    from services import documents, installation

    installation.ready()
    formats = list(dict.fromkeys(args.format.split(",")))
    unknown = next((one for one in formats if one not in documents.FORMATS), None)
    if unknown is not None:
        raise NotFound("bentuk_dokumen_tidak_dikenal", bentuk=unknown, pilihan=", ".join(documents.FORMATS))
    _must_know(args.wilayah)
    number = args.id
    if number is None:
        jenis, token = args.kind.replace("-", "_"), secrets.token_urlsafe(18)
        number = documents.issue(COMMAND_LINE, jenis, Filters(wilayah=args.wilayah), token, args.per)
    for one in formats:
        made = documents.files(COMMAND_LINE, number, one, args.kind.replace("-", "_"))
        path = Path(args.out) / made.name
        path.write_bytes(made.content)
        _print(str(path))
    return 0


def _doctor(args: argparse.Namespace) -> int:
    from services import doctor

    findings = doctor.examine()
    if args.json:
        _json([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            _print(f"[{'ok' if finding.good else '!!'}] {finding.text}")
    return 0 if all(finding.good or not finding.grave for finding in findings) else 1


def _score(text: str) -> float:
    """A score between 0 and 100; argparse turns the ValueError into its own sentence."""
    value = float(text)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(prog="manage.py")
    commands = top.add_subparsers(dest="command", required=True)

    def add(name: str, run: Any) -> argparse.ArgumentParser:
        made = commands.add_parser(name)
        made.set_defaults(run=run)
        made.add_argument("--data", help="data directory (default: data/ beside the program)")
        return made

    add("prepare", _prepare).add_argument("--no-sample", action="store_true")
    add("migrate", _migrate)
    add("sample", _sample).add_argument("action", choices=("load", "remove"))
    made = add("summary", _summary)
    made.add_argument("--wilayah", default=None, help="dotted Kemendagri code; none: Indonesia")
    made.add_argument("--per", type=date.fromisoformat, default=None, help="date, YYYY-MM-DD; default today")
    made.add_argument("--json", action="store_true")
    made = add("indicator", _indicator)
    made.add_argument("--wilayah", default=None, help="dotted Kemendagri code; none: Indonesia")
    made.add_argument("--per", type=date.fromisoformat, default=None, help="date, YYYY-MM-DD; default today")
    made.add_argument("--json", action="store_true")
    made = add("export-lks", _export)
    made.add_argument("--wilayah", default=None)
    made.add_argument("--out", default=None, help="file or folder; default: the current folder")
    made = add("import-lks", _import)
    made.add_argument("file")
    made.add_argument("--apply", action="store_true", help="store the accepted rows; without it nothing is stored")
    made.add_argument("--json", action="store_true")
    made = add("analyse", _analyse)
    made.add_argument("file")
    made.add_argument("--cutoff", type=_score, default=70.0, help="the score to pass, 0-100; default 70")
    made.add_argument(
        "--weight", choices=("1/U", "0,111", "0,11"), default="1/U", help="IKM: weight of each of nine unsur"
    )
    made.add_argument("--json", action="store_true")
    made = add("user", _user)
    made.add_argument("action", choices=("add", "reset", "disable"))
    made.add_argument("name")
    made.add_argument("--role", choices=tuple(ROLES), default="operator")
    made.add_argument("--wilayah", default=None)
    made.add_argument("--full-name", default=None)
    made = add("links", _links)
    made.add_argument("--event", type=int, required=True, metavar="N", help="number of the event")
    made.add_argument("--json", action="store_true")
    made = add("report", _report)
    made.add_argument("kind", choices=("daftar-lks", "segera-berakhir", "triwulan"))
    made.add_argument("--id", type=int, default=None, metavar="N", help="a document that was issued before")
    made.add_argument("--wilayah", default=None, help="dotted Kemendagri code; none: Indonesia")
    made.add_argument("--per", type=date.fromisoformat, default=None, help="date, YYYY-MM-DD; default today")
    made.add_argument("--out", default=".", help="folder; default: the current one")
    made.add_argument("--format", default="pdf", help="pdf, xlsx or both with a comma; default pdf")
    add("doctor", _doctor).add_argument("--json", action="store_true")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 refused, 2 usage or an unreadable file."""
    args = parser().parse_args(argv)
    if args.data:
        settings.use_data_dir(args.data)
    for stream in (sys.stdout, sys.stderr):  # Windows consoles start in a legacy code page
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return int(args.run(args))
    except PilarError as error:
        sys.stderr.write(f"{wording.of_error(error)} [{error.code}]\n")
        if isinstance(error, InvalidInput):
            for problem in error.problems:
                sys.stderr.write(f"- {wording.of_problem(problem)}\n")
        return 1
    except (settings.SettingError, OSError) as error:  # OSError: a folder that is not there, a full disk
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())

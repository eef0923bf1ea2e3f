"""Every code that the program raises has its sentence, and every sentence can be filled in."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from domain.errors import FileRefused, NotFound, PilarError, Problem, TooManyAttempts
from domain.lks import MEASURES
from domain.permissions import ROLES
from services import wording

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z][a-z0-9_]*")
FOLDERS = ("domain", "data_access", "services", "ui", "pages", "web", "reports")
# called with a code: at which place among the arguments it stands
CODED = {"PilarError": 0} | {kind.__name__: 0 for kind in PilarError.__subclasses__()}
CODED |= {"sentence": 0, "_words": 0, "refusal": 0, "Note": 0, "doubt": 1, "Problem": 2, "Repair": 3}


@cache
def trees() -> dict[str, ast.Module]:
    found = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found[path.relative_to(ROOT).as_posix()] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def raised() -> Iterator[tuple[str, str]]:
    """(place, code) of every error, problem and sentence that the code names outright."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CODED.get(name)
            arguments: list[ast.expr] = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            if place is not None and len(node.args) > place:
                arguments.append(node.args[place])
            for argument in arguments:
                for option in ast.walk(argument) if isinstance(argument, ast.IfExp) else [argument]:
                    if (
                        isinstance(option, ast.Constant)
                        and isinstance(option.value, str)
                        and CODE.fullmatch(option.value)
                    ):
                        yield f"{path}:{node.lineno}", option.value


def test_every_code_that_is_raised_has_a_sentence() -> None:
    found = list(raised())
    assert {"impor_di_luar_lingkup", "simpanan_rusak", "berkas_terlalu_besar", "telepon_ganda", "sel_gabung"} <= {
        code for _, code in found
    }
    assert len({code for _, code in found}) > 60
    missing = [f"{place} {code}" for place, code in found if code not in wording.messages()]
    assert missing == []


def test_every_kind_of_error_has_a_sentence_of_its_own() -> None:
    codes = {kind.code for kind in PilarError.__subclasses__()}
    assert codes - wording.messages().keys() == set()


@pytest.mark.parametrize(
    "code",
    [
        *("skema_empty", "skema_older", "skema_newer", "skema_foreign"),
        *("perintah_skema_empty", "perintah_skema_older", "perintah_skema_current"),
        *(
            f"doctor_{name}"
            for name in ("python", "tulis", "ruang", "sinkron", "kunci", "skema", "streamlit", "uvloop")
        ),
        *(f"doctor_{name}_buruk" for name in ("python", "tulis", "ruang", "sinkron", "kunci", "skema", "streamlit")),
        *("doctor_sqlite", "doctor_pengaturan_buruk", "doctor_berkas_terbuka", "doctor_berkas_terbuka_buruk"),
    ],
)
def test_codes_that_are_put_together_have_a_sentence(code: str) -> None:
    assert code in wording.messages()


@pytest.mark.parametrize("code", sorted(wording.messages()))
def test_a_sentence_can_be_filled_in(code: str) -> None:
    entry = wording.messages()[code]
    assert set(entry) <= {"reason", "remedy"}
    assert entry["reason"].strip() == entry["reason"] != ""
    blanks = [
        (name, form, convert)
        for part in entry.values()
        for _, name, form, convert in string.Formatter().parse(part)
        if name is not None
    ]
    # facts are text: a number format would fail on them, and a dotted name would reach into an object
    assert [blank for blank in blanks if blank[1] or blank[2] or not str(blank[0]).isidentifier()] == []
    facts = {str(name): f"<{name}>" for name, _, _ in blanks}
    found = wording.sentence(code, **facts)
    assert [name for name in facts if f"<{name}>" not in str(found) and name != "kode_galat"] == []
    assert "{" not in str(found)


def test_no_code_stands_in_two_files() -> None:
    import tomllib

    seen: dict[str, str] = {}
    for path in sorted(wording.TEXTS.glob("pesan*.toml")):
        for code in tomllib.loads(path.read_text(encoding="utf-8")):
            assert code not in seen, f"{code} is in {seen.get(code)} and {path.name}"
            seen[code] = path.name
    assert seen.keys() == wording.messages().keys()


def test_facts_are_never_a_format_themselves() -> None:
    found = wording.of_error(NotFound("wilayah_tidak_dikenal", kode="{0.__class__} {kode_galat}"))
    assert found.reason == "Kode wilayah {0.__class__} {kode_galat} tidak dikenal."


def test_a_missing_fact_shows_as_a_dash_and_an_unknown_code_as_itself() -> None:
    assert wording.sentence("wilayah_tidak_dikenal").reason == "Kode wilayah - tidak dikenal."
    assert wording.sentence("kode_yang_tidak_ada").reason == "Terjadi kesalahan (kode_yang_tidak_ada)."


def test_errors_and_problems_bring_their_facts() -> None:
    error = FileRefused("berkas_terlalu_besar", mb=30, batas=25)
    assert wording.of_error(error).reason == "Berkas berukuran 30 MB; batasnya 25 MB."
    assert wording.of_error(TooManyAttempts(61)).remedy == "Tunggu 2 menit, lalu coba lagi."
    problem = Problem("kabkota", "Kota Solo", "impor_di_luar_lingkup")
    assert wording.of_problem(problem).reason == "Kota Solo berada di luar wilayah kerja Anda."
    own = Problem("nama", "A", "impor_mirip", {"mirip": "B", "skor": "95", "nilai": "C"})
    assert "Mirip dengan B" in wording.of_problem(own).reason


def test_a_sentence_prints_reason_then_remedy() -> None:
    assert str(wording.Sentence("Salah.", "Betulkan.")) == "Salah. Betulkan."
    assert str(wording.Sentence("Salah.", "")) == "Salah."
    assert str(wording.Sentence("Sandi", "\nCatat.")) == "Sandi\nCatat."


@pytest.mark.parametrize("measure_id", [measure.id for measure in MEASURES])
def test_every_measure_has_a_title_and_a_rule(measure_id: str) -> None:
    found = wording.measure(measure_id)
    assert found["judul"] and found["aturan"].endswith(".")


@pytest.mark.parametrize("role_id", list(ROLES))
def test_every_role_is_described(role_id: str) -> None:
    found = wording.role(role_id)
    assert found["judul"] and found["uraian"]

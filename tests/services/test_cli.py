"""The commands that scripts rely on: exact JSON shapes, exit codes, and refusals as sentences on stderr."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access import engine as engine_module
from data_access.engine import reading
from data_access.tables import lks, metadata
from data_access.workbooks import write_lks
from services import accounts, cli
from tests.bimtek_rows import store_event

KOTA = {"provinsi": "Jawa Tengah", "kabkota": "Kota Magelang"}
MAWAR = KOTA | {"nama": "Panti Asuhan Mawar", "kluster": ["anak"]}
WITHOUT_KLUSTER = KOTA | {"nama": "LKS Tanpa Kluster"}
Out = pytest.CaptureFixture[str]


def book(tmp_path: Path, *rows: dict[str, Any]) -> str:
    path = tmp_path / "lks.xlsx"
    path.write_bytes(write_lks.export_lks(rows, {}))
    return str(path)


def sizes() -> dict[str, int]:
    with reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def run(capsys: Out, *args: str) -> tuple[int, str, str]:
    code = cli.main(args)
    out, err = capsys.readouterr()
    return code, out, err


def test_summary_says_what_was_published(seeded_db: Path, capsys: Out) -> None:
    code, out, err = run(capsys, "summary", "--wilayah", "33.71", "--per", "2026-11-21", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["wilayah", "per_tanggal", "total", "kluster", "ukuran", "angka_publikasi"]
    assert (found["wilayah"], found["per_tanggal"], found["total"]) == ("33.71", "2026-11-21", 11)
    assert {name: n for name, n in found["kluster"].items() if n} == {"anak": 8, "disabilitas": 2, "lansia": 1}
    assert len(found["kluster"]) == 9
    for share in found["ukuran"].values():
        assert set(share) == {"pembilang", "penyebut", "aturan"}
        assert 0 <= share["pembilang"] <= share["penyebut"] <= 11 * 15
    assert {"terdaftar", "terakreditasi", "aktif", "berbadan_hukum"} <= set(found["ukuran"])
    assert [(figure["nilai"], figure["sekitar"]) for figure in found["angka_publikasi"]] == [(11, False)]


def test_more_than_876_is_told_as_that(seeded_db: Path, capsys: Out) -> None:
    """The article says "lebih dari 876": neither 876 nor about 876."""
    found = json.loads(run(capsys, "summary", "--wilayah", "33", "--json")[1])
    assert [(figure["nilai"], figure["sekitar"], figure["batas"]) for figure in found["angka_publikasi"]] == [
        (876, False, "lebih_dari")
    ]
    assert "lebih dari 876  Lintas Tidar News" in run(capsys, "summary", "--wilayah", "33")[1]
    assert all(set(figure) >= {"nilai", "sekitar", "sumber", "tanggal"} for figure in found["angka_publikasi"])


def test_a_figure_that_was_printed_as_about_stays_so(seeded_db: Path, capsys: Out) -> None:
    _, out, _ = run(capsys, "summary", "--wilayah", "76", "--json")
    found = json.loads(out)
    assert (169, True) in [(figure["nilai"], figure["sekitar"]) for figure in found["angka_publikasi"]]
    assert found["total"] != 169


def test_the_summary_for_people_has_the_same_figures(seeded_db: Path, capsys: Out) -> None:
    code, out, _ = run(capsys, "summary", "--wilayah", "33.71")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].endswith(": 11 LKS")
    assert {"  anak: 8", "  disabilitas: 2", "  lansia: 1"} <= set(lines)


@pytest.mark.parametrize("kode", ["3371", "abc", "33.71.01.1001", "99"])
def test_an_unknown_region_is_refused(seeded_db: Path, capsys: Out, kode: str) -> None:
    code, out, err = run(capsys, "summary", "--wilayah", kode, "--json")
    assert (code, out) == (1, "")
    assert "[wilayah_tidak_dikenal]" in err


def test_a_wrong_date_is_refused_without_a_traceback(seeded_db: Path, capsys: Out) -> None:
    with pytest.raises(SystemExit) as refused:
        cli.main(["summary", "--per", "kemarin", "--json"])
    assert refused.value.code == 2


def test_import_prints_exactly_the_documented_shape_and_stores_nothing(
    fresh_db: Path, tmp_path: Path, capsys: Out
) -> None:
    before = sizes()
    code, out, _ = run(capsys, "import-lks", book(tmp_path, MAWAR, WITHOUT_KLUSTER), "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["file_error", "applied", "batch", "counts", "rows", "warnings"]
    assert (found["file_error"], found["applied"], found["batch"]) == (None, False, None)
    assert found["counts"] == {"baru": 1, "berubah": 0, "sama": 0, "ditolak": 1}
    assert [(row["row"], row["verdict"]) for row in found["rows"]] == [(2, "accept"), (3, "reject")]
    assert all(set(row) == {"row", "verdict", "messages", "values"} for row in found["rows"])
    assert found["rows"][0]["values"]["nama"] == "Panti Asuhan Mawar"
    assert found["rows"][0]["values"]["kluster"] == ["anak"]
    [message] = [m for m in found["rows"][1]["messages"] if m["column"] == "kluster"]
    assert set(message) == {"column", "value", "reason", "remedy"}
    assert message["reason"] and message["remedy"]
    assert isinstance(found["warnings"], list)
    assert sizes() == before


def test_apply_stores_once_and_says_so(fresh_db: Path, tmp_path: Path, capsys: Out) -> None:
    file = book(tmp_path, MAWAR, WITHOUT_KLUSTER)
    code, out, _ = run(capsys, "import-lks", file, "--apply", "--json")
    found = json.loads(out)
    assert (code, found["applied"], found["batch"]) == (0, True, 1)
    with reading() as connection:
        assert connection.execute(select(lks.c.nama)).scalars().all() == ["Panti Asuhan Mawar"]
    before = sizes()
    code, out, _ = run(capsys, "import-lks", file, "--apply", "--json")
    found = json.loads(out)
    assert (code, found["applied"], found["batch"]) == (0, False, None)
    assert found["counts"] == {"baru": 0, "berubah": 0, "sama": 1, "ditolak": 1}
    assert [row["verdict"] for row in found["rows"]] == ["same", "reject"]
    assert sizes() == before


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02", b"PK\x03\x04 terpotong"])
def test_an_unreadable_file_gives_2(fresh_db: Path, tmp_path: Path, capsys: Out, content: bytes | None) -> None:
    path = tmp_path / "rusak.xlsx"
    if content is not None:
        path.write_bytes(content)
    before = sizes()
    code, out, _ = run(capsys, "import-lks", str(path), "--apply", "--json")
    found = json.loads(out)
    assert code == 2
    assert found["file_error"]
    assert {name: found[name] for name in found if name != "file_error"} == {
        "applied": False,
        "batch": None,
        "counts": {"baru": 0, "berubah": 0, "sama": 0, "ditolak": 0},
        "rows": [],
        "warnings": [],
    }
    assert sizes() == before


def test_an_import_for_people_names_row_and_column(fresh_db: Path, tmp_path: Path, capsys: Out) -> None:
    code, out, _ = run(capsys, "import-lks", book(tmp_path, WITHOUT_KLUSTER))
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "baru 0, berubah 0, sama 0, ditolak 1"
    assert lines[1].startswith("2: kluster = ")


def test_a_users_life(fresh_db: Path, capsys: Out) -> None:
    def password(*args: str) -> str:
        code, out, err = run(capsys, *args)
        assert (code, err) == (0, "")
        return out.splitlines()[0].rpartition(": ")[2]

    first = password("user", "add", "Operator.Kota", "--role", "operator", "--wilayah", "33.71")
    actor = accounts.actor_of(accounts.sign_in("operator.kota", first, "127.0.0.1"))
    assert actor is not None
    assert (actor.role.id, actor.scope.root, actor.must_change_password) == ("operator", "33.71", True)
    second = password("user", "reset", "operator.kota")
    assert second != first
    token = accounts.sign_in("operator.kota", second, "127.0.0.1")
    code, _, _ = run(capsys, "user", "disable", "operator.kota")
    assert code == 0
    assert accounts.actor_of(token) is None


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("add", "a!"), "isian_ditolak"),
        (("add", "admin"), "isian_ditolak"),
        (("add", "uji.baru", "--wilayah", "3371"), "wilayah_tidak_dikenal"),
        (("add", "uji.baru", "--wilayah", "99.99"), "isian_ditolak"),
        (("reset", "tidak.ada"), "pengguna_tidak_ada"),
        (("disable", "admin"), "admin_terakhir"),
        (("disable", "contoh.operator"), "akun_contoh"),
    ],
)
def test_a_refusal_is_a_sentence_with_its_code(seeded_db: Path, capsys: Out, args: tuple[str, ...], code: str) -> None:
    before = sizes()
    status, out, err = run(capsys, "user", *args)
    assert (status, out) == (1, "")
    assert f"[{code}]" in err
    assert "Traceback" not in err
    assert sizes() == before


@pytest.mark.parametrize("args", [[], ["tidak-ada"], ["user", "add", "x", "--role", "raja"], ["import-lks"]])
def test_wrong_usage_gives_2(args: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit) as refused:
        cli.main(args)
    assert refused.value.code == 2


def test_sample_remove_and_load(seeded_db: Path, capsys: Out) -> None:
    with reading() as connection:
        count = connection.execute(select(func.count()).select_from(lks)).scalar_one()
    assert run(capsys, "sample", "load")[:2] == (0, run_text("perintah_contoh_dimuat", 0))
    assert run(capsys, "sample", "remove")[:2] == (0, run_text("perintah_contoh_dihapus", count))
    assert sizes()["lks"] == 0
    assert run(capsys, "sample", "load")[:2] == (0, run_text("perintah_contoh_dimuat", count))


def run_text(code: str, jumlah: int) -> str:
    from services import wording

    return str(wording.sentence(code, jumlah=jumlah)) + "\n"


def test_doctor_as_json(fresh_db: Path, capsys: Out) -> None:
    code, out, _ = run(capsys, "doctor", "--json")
    found = json.loads(out)
    assert code == 0
    assert all(set(finding) == {"name", "good", "grave", "text"} for finding in found)
    assert {"python", "skema", "streamlit"} <= {finding["name"] for finding in found}


def test_doctor_gives_1_for_a_grave_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "kosong"))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    code, out, _ = run(capsys, "doctor")
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("[!!]")]


def test_export_writes_the_register_of_a_region(seeded_db: Path, tmp_path: Path, capsys: Out) -> None:
    code, out, _ = run(capsys, "export-lks", "--wilayah", "33.71", "--out", str(tmp_path))
    assert code == 0
    path = Path(out.strip())
    assert path.parent == tmp_path
    found = json.loads(run(capsys, "import-lks", str(path), "--json")[1])
    assert found["counts"] == {"baru": 0, "berubah": 0, "sama": 11, "ditolak": 0}


def test_an_export_to_nowhere_is_said_so(seeded_db: Path, tmp_path: Path, capsys: Out) -> None:
    code, out, err = run(capsys, "export-lks", "--wilayah", "33.71", "--out", str(tmp_path / "tidak" / "ada.xlsx"))
    assert (code, out) == (1, "")
    assert "ada.xlsx" in err


def test_an_export_of_an_unknown_region_makes_no_file(seeded_db: Path, tmp_path: Path, capsys: Out) -> None:
    code, _, err = run(capsys, "export-lks", "--wilayah", "99.99", "--out", str(tmp_path))
    assert (code, "[wilayah_tidak_dikenal]" in err) == (1, True)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_an_unprepared_store_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "baru"))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    engine_module.configure(engine_module.settings.load().database_url)
    code, out, err = run(capsys, "summary", "--json")
    assert (code, out) == (1, "")
    assert "[skema_empty]" in err


def test_prepare_prints_the_password_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "baru"))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    engine_module.configure(engine_module.settings.load().database_url)
    code, out, _ = run(capsys, "prepare", "--no-sample")
    assert code == 0
    assert "admin" in out
    assert run(capsys, "prepare", "--no-sample") == (0, "", "")
    code, out, _ = run(capsys, "migrate")
    assert (code, "admin" in out) == (0, False)


def test_the_data_directory_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    monkeypatch.setenv("PILAR_DATA", str(tmp_path / "lain"))
    monkeypatch.delenv("PILAR_DATABASE_URL", raising=False)
    place = tmp_path / "dipilih"
    monkeypatch.setattr(engine_module, "_engine", None)
    assert run(capsys, "prepare", "--no-sample", "--data", str(place))[0] == 0
    assert (place / "pilar.db").exists()
    assert not (tmp_path / "lain").exists()


def test_links_are_what_a_message_list_needs(fresh_db: Path, capsys: Out) -> None:
    stored = store_event()
    code, out, err = run(capsys, "links", "--event", str(stored.event_id), "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["kegiatan", "formulir", "peserta"]
    assert (found["kegiatan"]["id"], found["kegiatan"]["mulai"]) == (stored.event_id, "2026-05-22")
    assert [list(form) for form in found["formulir"]] == [["id", "fase", "judul", "tautan", "alamat", "status"]] * 3
    assert [(form["fase"], form["alamat"]) for form in found["formulir"]] == [
        (phase, f"/isi/{link}") for phase, link in stored.links.items()
    ]
    assert [list(person) for person in found["peserta"]] == [["id", "nama", "jenis", "instansi", "kode"]] * 4
    assert {person["kode"].replace("-", "") for person in found["peserta"]} == set(stored.codes)
    code, out, err = run(capsys, "links", "--event", str(stored.event_id))
    assert code == 0 and all(f"{kode[:4]}-{kode[4:]}" in out for kode in stored.codes)
    assert all(link in out for link in stored.links.values())
    code, out, err = run(capsys, "links", "--event", "9999")
    assert (code, out) == (1, "") and "[kegiatan_tidak_ada]" in err


def test_report_issues_a_document_and_writes_it_again_the_same(seeded_db: Path, tmp_path: Path, capsys: Out) -> None:
    first, again = tmp_path / "satu", tmp_path / "dua"
    first.mkdir()
    again.mkdir()
    told = ("report", "daftar-lks", "--wilayah", "33.71", "--per", "2026-12-01", "--format", "pdf,xlsx")
    code, out, err = run(capsys, *told, "--out", str(first))
    names = [f"daftar-lks_kota-magelang_2026-12-01.{ending}" for ending in ("pdf", "xlsx")]
    assert (code, err, out.split()) == (0, "", [str(first / name) for name in names])
    assert run(capsys, "report", "daftar-lks", "--id", "1", "--out", str(again))[0] == 0
    assert (again / names[0]).read_bytes() == (first / names[0]).read_bytes()
    for wrong in (
        ("report", "triwulan", "--id", "1"),  # document 1 is a list
        ("report", "daftar-lks", "--wilayah", "99.99"),
        ("report", "daftar-lks", "--format", "exe"),
    ):
        assert run(capsys, *wrong, "--out", str(again))[0] == 1
    assert sorted(path.name for path in again.iterdir()) == [names[0]]

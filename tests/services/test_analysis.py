"""The analysis of a workbook: figures at full precision, texts beside them, null with a reason, cells named."""

import json
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from scipy import stats

from services import analysis, cli, sentences

GOLDEN: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "golden" / "evaluasi_10_pasangan.toml").read_text(encoding="utf-8")
)
Rows = list[list[Any]]


def write(path: Path, **sheets: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def golden_sheets() -> dict[str, Rows]:
    """The hand-worked table as ten items with one right answer each: the score decides how many of them are right."""
    ids = [f"S{n}" for n in range(1, 11)]
    key: Rows = [
        ["butir", "kunci", "tujuan", "poin"],
        *([one, "a", "T1" if n < 5 else "T2", 1] for n, one in enumerate(ids)),
    ]
    sheets: dict[str, Rows] = {"kunci": key}
    for phase in ("pre", "post"):
        rows: Rows = [["peserta", *ids]]
        for place, score in enumerate(GOLDEN[phase]):
            right = score // 10
            rows.append([f"P{place}", *["a"] * right, *["b"] * (10 - right)])
        sheets[phase] = rows
    sheets["pre"].append(["hanya pre", *["a"] * 10])
    return sheets


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return analysis.analyse(write(tmp_path_factory.mktemp("buku") / "golden.xlsx", **golden_sheets()))


def figures(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every {"nilai", "teks", "alasan"} of a result with its place."""
    if isinstance(value, dict):
        if value.keys() == {"nilai", "teks", "alasan"}:
            yield path, value
            return
        for name, part in value.items():
            yield from figures(part, f"{path}.{name}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from figures(part, f"{path}[{place}]")


def test_the_hand_worked_table(golden: Any) -> None:
    assert golden["skema"] == "pilar-analyse/1"
    assert golden["galat_berkas"] is None and golden["masalah"] == []
    result = golden["hasil"]
    pairs = result["pasangan"]
    wanted = GOLDEN["selisih"]
    for name in ("rata_rata", "sd", "se", "t", "sk_bawah", "sk_atas"):
        assert pairs["selisih"][name]["nilai"] == pytest.approx(wanted[name], abs=1e-6), name
    assert pairs["wilcoxon"]["p"]["nilai"] == GOLDEN["wilcoxon"]["p"]
    assert pairs["ukuran_efek"]["g_av"]["nilai"] == pytest.approx(GOLDEN["ukuran_efek"]["g_av"], abs=1e-6)
    assert pairs["n_gain"]["kelas"]["nilai"] == pytest.approx(0.3)
    assert pairs["n_gain"]["kategori"] == {"nilai": "sedang", "teks": "sedang", "alasan": None}
    assert result["kalimat"]["utama"] == [{"kode": "naik", "teks": GOLDEN["kalimat"]["utama"]}]
    assert result["kalimat"]["rincian"] == GOLDEN["kalimat"]["rincian"]
    counts = result["jumlah"]
    assert (counts["n_pre"], counts["n_post"], counts["n_pasangan"]) == (11, 10, 10)
    assert (counts["hanya_pre"], counts["hanya_post"]) == (["hanya pre"], [])
    assert (counts["naik"], counts["tetap"], counts["turun"]) == (8, 1, 1)


def test_texts_stand_beside_the_full_figures(golden: Any) -> None:
    change = golden["hasil"]["pasangan"]["selisih"]
    assert change["rata_rata"] == {"nilai": 15.0, "teks": "15,0", "alasan": None}
    assert change["p"]["teks"] == "0,007" and change["p"]["nilai"] == pytest.approx(0.00668, abs=1e-5)
    assert change["sk_bawah"]["teks"] == "5,3" and change["df"]["teks"] == "9"


def test_every_figure_is_a_number_with_text_or_null_with_a_reason(golden: Any) -> None:
    found = dict(figures(golden))
    assert len(found) > 300
    for place, one in found.items():
        if one["nilai"] is None:
            assert one["alasan"] and one["teks"], place
            assert f"alasan_{one['alasan']}" in sentences.texts(), place
        else:
            assert one["alasan"] is None and one["teks"], place
    assert "NaN" not in json.dumps(golden) and "Infinity" not in json.dumps(golden)


def test_items_aims_and_changes(golden: Any) -> None:
    result = golden["hasil"]
    first, last = result["butir"][0], result["butir"][9]
    assert first["pre"]["benar"] == 11 and first["pre"]["r"]["alasan"] == "butir_seragam"
    assert first["pre"]["r"]["teks"] == "tidak dapat dihitung"
    assert last["pre"]["benar"] == 1 and last["pre"]["kemudahan"]["teks"] == "9%"
    assert (last["perubahan"]["b"], last["perubahan"]["c"], last["perubahan"]["n"]) == (0, 0, 10)
    # S6 is right from a score of 60 on; pre: 60 70 80 60 (and the one-sided person), post: all but the two 50s
    sixth = result["butir"][5]
    assert (sixth["pre"]["benar"], sixth["post"]["benar"]) == (5, 8)
    assert (sixth["perubahan"]["b"], sixth["perubahan"]["c"]) == (1, 5)
    assert sixth["perubahan"]["p"]["nilai"] == pytest.approx(2 * 7 / 64)
    assert sixth["perubahan"]["kalimat"][0]["teks"] == (
        "Soal S6: 5 peserta berubah dari salah ke benar, 1 dari benar ke salah."
    )
    assert set(result["tujuan"]) == {"T1", "T2"}
    assert result["tujuan"]["T1"]["n"] == 10
    assert result["post"]["keandalan"]["k"] == 10
    assert result["post"]["keandalan"]["seragam"] == ["S1", "S2", "S3", "S4", "S5", "S10"]
    assert sixth["post"]["tingkat"] == "indikatif"
    assert [option["opsi"] for option in sixth["post"]["opsi"]] == ["a", "b", "kosong"]


def test_people_one_by_one(golden: Any) -> None:
    people = {one["peserta"]: one for one in golden["hasil"]["per_orang"]}
    assert len(people) == 10
    assert people["P8"]["selisih"] == {"nilai": -10.0, "teks": "−10,0", "alasan": None}
    assert people["P8"]["n_gain"]["nilai"] == pytest.approx(-0.25)


def test_cells_that_cannot_be_taken_are_named_and_nothing_is_computed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        kunci=[["butir", "kunci", "poin"], ["N", None, 100]],
        pre=[["peserta", "N"], ["A", "tujuh puluh"], ["B", 50]],
        skala=[["peserta", "U1"], ["A", 5]],
    )
    found = analysis.analyse(path)
    assert found["hasil"] is None
    assert [(one["lembar"], one["baris"], one["kolom"], one["sel"], one["nilai"]) for one in found["masalah"]] == [
        ("skala", 2, "U1", "B2", "5"),
        ("pre", 2, "N", "B2", "tujuh puluh"),
    ]
    assert all(one["alasan"] and one["perbaikan"] for one in found["masalah"])
    assert cli.main(["analyse", str(path)]) == 1


def test_a_column_of_points_and_unequal_lengths(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        kunci=[["butir", "kunci", "poin"], ["Awal", None, 20], ["Akhir", None, 50]],
        pre=[["peserta", "Awal"], ["A", 10], ["B", 15]],
        post=[["peserta", "Akhir"], ["a ", 40], ["B", 50]],
    )
    result = analysis.analyse(path)["hasil"]
    assert [one["selisih"]["nilai"] for one in result["per_orang"]] == [30.0, 25.0]
    assert result["kalimat"]["utama"][0]["teks"] == (
        "Baru 2 peserta yang dapat dibandingkan: 2 naik. Terlalu sedikit untuk kesimpulan kelompok."
    )
    assert result["pasangan"]["selisih"]["p"] == {
        "nilai": None,
        "teks": "tidak ditampilkan: baru 2, perlu sedikitnya 5",
        "alasan": "terlalu_sedikit",
    }
    assert result["butir"][0]["pre"]["kemudahan"]["teks"] == "0 dari 2"
    assert result["butir"][0]["perubahan"] is None


def test_satisfaction_and_self_assessment(tmp_path: Path) -> None:
    names = [f"U{n}" for n in range(1, 10)]
    survey: Rows = [["peserta", *names], *([f"P{n}", *[4 if n % 2 else 3] * 9] for n in range(10))]
    only = analysis.analyse(write(tmp_path / "a.xlsx", skala=survey))["hasil"]
    index = only["skala"]["semua"]["indeks"]
    assert (index["jenis"], index["nilai"]["nilai"], index["mutu"]["nilai"]) == ("ikm", 87.5, "B")
    assert index["nilai"]["teks"] == "87,50"
    assert index["kalimat"][1]["teks"] == "Kurang dari 30 responden: pakai sebagai gambaran awal."
    assert only["skala"]["perubahan"] is None
    assert only["kalimat"]["utama"][0]["teks"] == "Belum ada peserta dengan nilai pre dan post"

    marks: Rows = [["peserta", "fase", "K1", "K2", "K3"], ["maks", None, 5, 5, 5], ["terbalik", None, None, None, "ya"]]
    marks += [[f"P{n}", "pre", 2, 2 + n % 2, 4] for n in range(8)]
    marks += [[f"p{n} ", "post", 4, 3 + n % 2, 2 - n % 2] for n in range(8)]
    both = analysis.analyse(write(tmp_path / "b.xlsx", skala=marks))["hasil"]["skala"]
    assert both["pre"]["indeks"] is None  # asked before and after: a self-assessment, not satisfaction
    once: Rows = [["peserta", "U1", "U2"], ["maks", 5, 5], ["A", 5, 4]]
    other = analysis.analyse(write(tmp_path / "c.xlsx", skala=once))["hasil"]["skala"]["semua"]["indeks"]
    assert (other["jenis"], other["nilai"]["nilai"], other["mutu"]["alasan"]) == ("indeks", 87.5, "bukan_skala_4")
    rounded = analysis.analyse(tmp_path / "a.xlsx", weight="0,11")["hasil"]["skala"]["semua"]["indeks"]
    assert rounded["nilai"]["nilai"] == pytest.approx(87.5 * 0.99) and rounded["bobot_dibulatkan"]
    json.dumps(both, allow_nan=False)
    assert both["perubahan"]["n_pasangan"] == 8
    # per person: K1 +2, K2 +1, K3 recoded 2 -> 4 or 5: +2 or +3; mean change 5/3 or 2
    assert both["perubahan"]["selisih"]["rata_rata"]["nilai"] == pytest.approx(11 / 6)
    assert both["perubahan"]["butir"]["K1"]["wilcoxon"]["p"]["nilai"] == 2 / 2**8
    assert both["perubahan"]["kalimat"][0]["teks"].startswith("Rata-rata skala naik 1,83 (95% SK 1,68-1,98)")


def test_a_random_workbook_equals_pandas_and_scipy(tmp_path: Path) -> None:
    """Independent arithmetic on the same file: joins, blanks, weights and unpaired people included."""
    rng = random.Random(7)
    key = {f"S{n}": (rng.choice("abcd"), rng.choice([1, 2])) for n in range(8)}
    sheets: dict[str, Rows] = {"kunci": [["butir", "kunci", "poin"], *([one, *two] for one, two in key.items())]}
    for phase, skill in (("pre", 0.3), ("post", 0.6)):
        sheets[phase] = [["peserta", *key]]
        for person in rng.sample(range(60), 45):
            given = [
                right if rng.random() < skill else rng.choice(["a", "b", "c", "d", None]) for right, _ in key.values()
            ]
            sheets[phase].append([f"p{person:02d}", *given])
    path = write(tmp_path / "acak.xlsx", **sheets)
    result = analysis.analyse(path)["hasil"]

    weights = pd.Series({name: weight for name, (_, weight) in key.items()})
    right = {}
    for phase in ("pre", "post"):
        frame = pd.read_excel(path, sheet_name=phase, index_col="peserta", engine="openpyxl")
        right[phase] = frame.eq(pd.Series({name: letter for name, (letter, _) in key.items()}), axis=1)
    percent = {phase: 100 * (one * weights).sum(axis=1) / weights.sum() for phase, one in right.items()}
    both = pd.DataFrame(percent).dropna()
    oracle = stats.ttest_rel(both["post"], both["pre"])
    change = result["pasangan"]["selisih"]
    assert result["jumlah"]["n_pasangan"] == len(both)
    assert change["t"]["nilai"] == pytest.approx(oracle.statistic, abs=1e-6)
    assert change["sk_bawah"]["nilai"] == pytest.approx(oracle.confidence_interval().low, abs=1e-6)
    gain = (both["post"].mean() - both["pre"].mean()) / (100 - both["pre"].mean())
    assert result["pasangan"]["n_gain"]["kelas"]["nilai"] == pytest.approx(gain, abs=1e-6)
    for block in result["butir"]:
        name = block["butir"]
        for phase in ("pre", "post"):
            one = right[phase]
            assert block[phase]["kemudahan"]["nilai"] == pytest.approx(one[name].mean(), abs=1e-6)
            rest = (one * weights).drop(columns=name).sum(axis=1)
            assert block[phase]["r"]["nilai"] == pytest.approx(one[name].astype(float).corr(rest), abs=1e-6)
        before, after = right["pre"].loc[both.index, name], right["post"].loc[both.index, name]
        moved = (int((before & ~after).sum()), int((~before & after).sum()))
        assert (block["perubahan"]["b"], block["perubahan"]["c"]) == moved
        if sum(moved) >= 6:
            assert block["perubahan"]["p"]["nilai"] == pytest.approx(
                stats.binomtest(moved[0], sum(moved)).pvalue, abs=1e-6
            )
    names = result["jumlah"]["hanya_pre"]
    assert sorted(names) == sorted(set(right["pre"].index) - set(right["post"].index)) and len(names) > 3


def test_files_without_answers_and_refused_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = write(tmp_path / "a.xlsx", kunci=[["butir", "kunci"], ["S1", "a"]], pre=[["peserta", "S1"]])
    assert analysis.analyse(empty)["galat_berkas"]["kode"] == "analisis_tanpa_jawaban"
    assert cli.main(["analyse", str(tmp_path / "tiada.xlsx"), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert found["galat_berkas"]["kode"] == "berkas_tidak_terbaca" and found["hasil"] is None


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "golden.xlsx", **golden_sheets())
    assert cli.main(["analyse", str(path), "--json", "--cutoff", "60"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["hasil"]["pasangan"]["lulus"]["batas"] == 60
    assert found["hasil"]["pasangan"]["lulus"]["post"]["jumlah"] == 8
    assert cli.main(["analyse", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == GOLDEN["kalimat"]["utama"]
    assert GOLDEN["kalimat"]["rincian"] in out
    with pytest.raises(SystemExit):
        cli.main(["analyse", str(path), "--cutoff", "nan"])

"""The mandated wording, letter by letter: the table of sentences, and all 28 edge cases by number."""

import dataclasses
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_access.workbooks.read_answers import parse
from domain.pairing import Submission, near_matches, pair
from domain.scoring import ItemScore
from domain.statistics.attendance import Presence, attendance
from domain.statistics.items import analyse
from domain.statistics.likert import item as likert_item
from domain.statistics.likert import scale
from domain.statistics.mcnemar import transition
from domain.statistics.reliability import reliability
from domain.statistics.satisfaction import satisfaction
from domain.statistics.small import FROM, hidden_groups
from domain.statistics.summary import Evaluation, PairSummary, evaluate, summarize_pairs
from domain.statistics.withheld import Withheld
from services import sentences, wording

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((GOLDEN / f"{name}.toml").read_text(encoding="utf-8"))


def said(lines: list[sentences.Line]) -> list[str]:
    return [line.text for line in lines]


def whole(pairs: PairSummary) -> list[str]:
    """Headline, notes and detail line of some pairs."""
    return [*said(sentences.headline(pairs)), *said(sentences.pair_notes(pairs)), sentences.detail(pairs)]


def pairs_of(d: list[float], pre: float | list[float] = 50.0) -> PairSummary:
    before = pre if isinstance(pre, list) else [pre] * len(d)
    return summarize_pairs(before, [a + b for a, b in zip(before, d, strict=True)])


def group(pre: Mapping[str, float], post: Mapping[str, float]) -> Evaluation:
    """An evaluation of percent scores by person; ids that begin with "?" are anonymous."""

    @dataclasses.dataclass
    class Test:
        id: str = "nilai"
        jenis: str = "angka"
        poin: float = 100
        kunci: Any = 100

    made = []
    for phase, scores in (("pre", pre), ("post", post)):
        for order, (person, value) in enumerate(scores.items()):
            who = None if person.startswith("?") else person
            points = {"nilai": ItemScore("nilai", value, 100, False)}
            made.append(Submission(who, phase, order, value, True, points, {"nilai": value}))
    return evaluate(pair(made), [Test()])


# --- the table of wording --------------------------------------------------------------------------------------------


def rise() -> PairSummary:
    """24 pairs with m = 18.4 and t = 6.04: half of them rise 18.4 + a, half 18.4 - a; SD = a sqrt(24/23) = SE sqrt(24)."""
    a = 18.4 / 6.04 * 23**0.5
    return pairs_of([18.4 + a] * 12 + [18.4 - a] * 12, 60.0)  # 18.4/40 = 0.46


def test_a_rise() -> None:
    assert said(sentences.headline(rise())) == [
        "Nilai rata-rata naik 18,4 poin (95% SK 12,1-24,7); peningkatan sedang (N-gain 0,46). "
        "Berdasarkan 24 peserta yang mengikuti pre-test dan post-test."
    ]
    assert sentences.detail(rise()).startswith("t(23) = 6,04; p < 0,001; Wilcoxon eksak p < 0,001; g_av ")


def test_the_detail_line() -> None:
    mock = rise()
    sizes = dataclasses.replace(mock.effects, g_av=0.98, d_z=1.23)
    ranks = dataclasses.replace(mock.wilcoxon, r=0.91)
    detail = sentences.detail(dataclasses.replace(mock, effects=sizes, wilcoxon=ranks))
    assert detail == "t(23) = 6,04; p < 0,001; Wilcoxon eksak p < 0,001; g_av 0,98; d_z 1,23; r rank-biserial 0,91"


def with_difference(mean: float, low: float, high: float, n: int = 24) -> PairSummary:
    mock = rise() if n == 24 else pairs_of([10.0 + 5 * (place % 2) for place in range(n)])
    return dataclasses.replace(mock, difference=dataclasses.replace(mock.difference, mean=mean, low=low, high=high))


def test_a_rise_that_may_be_none() -> None:
    assert said(sentences.headline(with_difference(4.2, -1.8, 10.2))) == [
        "Nilai rata-rata naik 4,2 poin, tetapi rentang perkiraannya masih mencakup nol (95% SK −1,8 sampai 10,2). "
        "Data ini belum cukup untuk memastikan adanya peningkatan."
    ]


def test_a_fall() -> None:
    assert said(sentences.headline(with_difference(-3.5, -6.9, -0.1))) == [
        "Nilai rata-rata turun 3,5 poin (95% SK −6,9 sampai −0,1). Periksa kesesuaian soal dan materi."
    ]
    unsure = said(sentences.headline(with_difference(-3.5, -8.9, 1.9)))
    assert (
        unsure[1] == "Data ini belum cukup untuk memastikan adanya penurunan: rentang perkiraannya masih mencakup nol."
    )


def test_one_to_four_people() -> None:
    assert said(sentences.headline(pairs_of([10, 5, 0]))) == [
        "Baru 3 peserta yang dapat dibandingkan: 2 naik, 1 tetap. Terlalu sedikit untuk kesimpulan kelompok."
    ]


def test_five_to_nine_people() -> None:
    found = said(sentences.headline(with_difference(12.1, 9.0, 15.2, n=7)))
    assert found[0].startswith("Nilai rata-rata naik 12,1 poin (95% SK 9,0-15,2); ")
    assert found[1] == "Hanya 7 peserta: angka dapat berubah banyak bila peserta bertambah."


def test_all_equal_and_methods_that_disagree() -> None:
    assert said(sentences.headline(pairs_of([10] * 6)))[0] == "Semua 6 peserta naik 10,0 poin."
    assert said(sentences.headline(pairs_of([-10] * 6)))[0] == "Semua 6 peserta turun 10,0 poin."
    disagreeing = pairs_of([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 90, -1], 10.0)
    assert "Hasil peka terhadap cara hitung; gunakan dengan hati-hati." in whole(disagreeing)
    assert "Hasil peka terhadap cara hitung; gunakan dengan hati-hati." not in whole(rise())


def test_unpaired() -> None:
    both = {f"P{n}": 50.0 + n for n in range(10)}
    found = group(both | {f"A{n}": 40.0 for n in range(5)}, both | {"B1": 70.0, "B2": 80.0})
    assert (
        "5 peserta hanya mengikuti pre-test dan 2 hanya post-test; mereka tidak masuk perbandingan."
        in said(sentences.pairing_notes(found))
    )  # fmt: skip


def test_n_gain_excluded_and_both_gains() -> None:
    excluded = pairs_of([0, 0, 10, 20, 30, 10, 20], [100.0, 100.0, 50.0, 50.0, 50.0, 50.0, 50.0])
    assert "2 peserta sudah bernilai 100 pada pre-test, sehingga tidak masuk rata-rata N-gain perorangan." in whole(
        excluded
    )
    apart = dataclasses.replace(rise().gain, class_gain=0.34, individual=0.31, apart=True)
    assert "N-gain kelas 0,34; rata-rata N-gain perorangan 0,31." in whole(dataclasses.replace(rise(), gain=apart))


def test_item_sentences() -> None:
    rng = np.random.default_rng(1)
    points = rng.integers(0, 2, (25, 4)).astype(float)
    points[:, 0] = [1] * 16 + [0] * 9
    found = analyse(["7", "x", "y", "z"], points, [1] * 4, np.zeros((25, 4), dtype=bool))[0]
    weak = dataclasses.replace(found, r=0.05, d=0.1, reading="lemah", flags=())
    assert " ".join(said(sentences.item(weak))) == (
        "Soal 7: dijawab benar 64% peserta (16 dari 25). Peserta kuat dan lemah hampir sama banyak yang benar; "
        "soal kurang membedakan (0,05)."
    )
    change = transition("7", [True] * 2 + [False] * 9 + [True] * 14, [False] * 2 + [True] * 9 + [True] * 14)
    assert said(sentences.item_change(change)) == [
        "Soal 7: 9 peserta berubah dari salah ke benar, 2 dari benar ke salah."
    ]
    sure = dataclasses.replace(change, p_holm=0.01)
    assert said(sentences.item_change(sure))[1] == "Berubah nyata."


def test_alpha() -> None:
    found = reliability(np.random.default_rng(2).integers(0, 2, (25, 10)))
    mock = dataclasses.replace(found, alpha=0.72, low=0.52, high=0.86, word="cukup", constant=())
    assert said(sentences.consistency(mock)) == [
        "Konsistensi soal 0,72 (95% SK 0,52-0,86; 25 peserta, 10 soal): cukup."
    ]


def test_pass_rate() -> None:
    found = summarize_pairs([70.0] * 9 + [50.0] * 16, [80.0] * 21 + [60.0] * 4)
    assert sentences.pass_rate(found).text == (
        "21 dari 25 peserta (84%) mencapai nilai batas 70; pada pre-test 9 dari 25 (36%)."
    )
    few = summarize_pairs([70.0] + [50.0] * 3, [80.0] * 3 + [60.0])
    assert sentences.pass_rate(few).text == "3 dari 4 peserta mencapai nilai batas 70; pada pre-test 1 dari 4."
    many = summarize_pairs([50.0] * 120, [80.0] * 70 + [60.0] * 50)
    assert "(58,3%)" in sentences.pass_rate(many).text


def test_attendance() -> None:
    people = [Presence(10, True, True)] * 14 + [Presence(9, True, True)] * 7 + [Presence(8, True, False)] * 2
    people += [Presence(7, False, True), Presence(4, True, False)]
    assert said(sentences.attendance(attendance(people, 10))) == [
        "Kehadiran rata-rata 92%; 23 dari 25 peserta memenuhi batas 80% dan 21 (84%) menyelesaikan post-test."
    ]


def ikm(n: int = 29) -> list[str]:
    golden = table("kepuasan")["ikm"]
    answers: dict[str, Any] = {}
    for name, total in zip(golden["unsur"], golden["jumlah"], strict=True):
        fours = total - 3 * golden["n"]
        answers[name] = ([[4]] * fours + [[3]] * (golden["n"] - fours))[:n]
    return said(sentences.satisfaction(satisfaction(answers)))


def test_ikm() -> None:
    assert ikm() == [
        "IKM 91,48: A (Sangat Baik), 29 responden, 9 unsur. Unsur terendah: Waktu Penyelesaian (3,45 dari 4).",
        "Kurang dari 30 responden: pakai sebagai gambaran awal.",
    ]
    assert ikm()[0] == table("kepuasan")["ikm"]["kalimat"]


def test_ikm_of_other_numbers_of_unsur_weights_and_scales() -> None:
    five = said(sentences.satisfaction(satisfaction({name: [[4]] * 30 for name in "ABCDE"})))
    assert five == ["IKM dari 5 unsur 100,00: A (Sangat Baik), 30 responden. Unsur terendah: A (4,00 dari 4)."]
    rounded = said(sentences.satisfaction(satisfaction({f"U{n}": [[4]] * 30 for n in range(9)}, weight="0,11")))
    assert rounded[1] == "Bobot dibulatkan: 0,11 per unsur, sehingga nilai tertinggi yang mungkin 99,00."
    other = said(sentences.satisfaction(satisfaction({"A": [[5]] * 30, "B": [[4]] * 30}, 1, 5)))
    assert other == ["Indeks kepuasan 87,50 dari 100, 30 responden, 2 unsur. Unsur terendah: B (4,00 dari 5)."]
    assert not any("IKM" in text for text in other)


def test_the_meaning_of_sk() -> None:
    assert sentences.line("arti_sk").text == (
        "SK = selang kepercayaan: rentang yang masuk akal untuk rata-rata sebenarnya bila peserta serupa diuji."
    )


def test_the_hand_worked_table() -> None:
    golden = table("evaluasi_10_pasangan")
    found = summarize_pairs(golden["pre"], golden["post"])
    assert said(sentences.headline(found)) == [golden["kalimat"]["utama"]]
    assert sentences.detail(found) == golden["kalimat"]["rincian"]


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_the_indonesian_way() -> None:
    assert sentences.decimal(-1.25, 1) == "−1,3"
    assert sentences.decimal(-0.04, 1) == "0,0"
    assert sentences.interval(-0.04, 3.0) == "0,0-3,0"
    assert sentences.interval(-3.25, -0.05) == "−3,3 sampai −0,1"
    assert [sentences.percent(0.8449, 99), sentences.percent(0.8449, 100)] == ["84%", "84,5%"]
    assert [sentences.p_value(p) for p in (0.0009999, 0.001, 0.0235, 1.0)] == ["< 0,001", "0,001", "0,024", "1,000"]
    assert [sentences.plain(value) for value in (70.0, 72.5, 0.0, 66.25)] == ["70", "72,5", "0", "66,25"]


# --- the edge cases --------------------------------------------------------------------------------------------------


def case_1() -> None:
    found = group({"A": 40.0}, {"B": 60.0})
    assert said(sentences.headline(found.pairs)) == ["Belum ada peserta dengan nilai pre dan post"]
    assert found.phases["pre"].scores.mean == 40.0 and found.phases["post"].scores.mean == 60.0
    assert sentences.detail(found.pairs) == ""
    assert sentences.reason(Withheld("tanpa_pasangan")) == "Belum ada peserta dengan nilai pre dan post"


def case_2() -> None:
    found = pairs_of([10, 5, 0, -5])
    assert said(sentences.headline(found)) == [
        "Baru 4 peserta yang dapat dibandingkan: 2 naik, 1 tetap, 1 turun. Terlalu sedikit untuk kesimpulan kelompok."
    ]
    assert found.difference.mean == 2.5 and len(found.gain.each) == 4
    for figure in (found.difference.p, found.difference.low, found.effects.g_av, found.gain.category, found.wilcoxon.p):
        assert figure == Withheld("terlalu_sedikit", {"n": 4, "minimum": 5})
    assert sentences.detail(found) == ""


def case_3() -> None:
    found = pairs_of([10, 12, 14, 16, 20])
    lines = said(sentences.headline(found))
    assert lines[0].startswith("Nilai rata-rata naik 14,4 poin (95% SK ")
    assert lines[1] == "Hanya 5 peserta: angka dapat berubah banyak bila peserta bertambah."
    assert isinstance(found.wilcoxon.p, Withheld)
    assert sentences.reason(found.wilcoxon.p) == (
        "tidak ditampilkan: baru 5 perubahan, nilai p terkecil yang mungkin 0,0625"
    )
    assert "Wilcoxon" not in sentences.detail(found)


def case_4() -> None:
    found = pairs_of([10] * 12, [40.0, 50.0] * 6)
    assert said(sentences.headline(found)) == ["Semua 12 peserta naik 10,0 poin."]
    assert isinstance(found.difference.t, Withheld) and isinstance(found.effects.d_z, Withheld)
    assert sentences.reason(found.difference.t) == "tidak dapat dihitung: perubahan semua peserta sama"
    assert sentences.detail(found).startswith("Wilcoxon eksak p < 0,001; g_av ")


def case_5() -> None:
    found = pairs_of([0] * 12, [40.0, 50.0] * 6)
    assert said(sentences.headline(found)) == ["Semua 12 peserta: tidak ada perubahan nilai."]
    assert isinstance(found.wilcoxon.p, Withheld) and isinstance(found.difference.p, Withheld)
    assert "p " not in sentences.detail(found) and "t(" not in sentences.detail(found)


def case_6() -> None:
    found = pairs_of([0, -10, 10, 20, 30, 10], [100.0, 100.0, 50.0, 50.0, 50.0, 50.0])
    assert "2 peserta sudah bernilai 100 pada pre-test, sehingga tidak masuk rata-rata N-gain perorangan." in whole(
        found
    )
    assert (found.n, found.gain.individual_n, found.gain.change_n) == (6, 4, 5)
    assert found.gain.class_gain == pytest.approx(10 / (100 - 400 / 6))


def case_7() -> None:
    found = pairs_of([0, 0, -10, 0, 0, -20], 100.0)
    assert isinstance(found.gain.class_gain, Withheld)
    assert sentences.reason(found.gain.class_gain) == "nilai awal sudah maksimum"
    assert "nilai awal sudah maksimum" in whole(found)


def case_8() -> None:
    found = pairs_of([-10, -5, 0, 20, -15, -3])
    assert isinstance(found.gain.class_gain, float) and found.gain.class_gain < 0
    assert found.gain.category == "menurun"
    assert found.gain.each[0] == -0.2
    assert "1 peserta naik, 1 tetap, 4 turun." in whole(found)


def case_9() -> None:
    assert "Efek langit-langit: soal mungkin terlalu mudah" in whole(pairs_of([50, 50, 10, 20, 30, 10, 12, 14, 16, 18]))
    assert "Efek langit-langit: soal mungkin terlalu mudah" not in whole(pairs_of([50, 10, 20, 30, 10, 12, 14, 16, 18]))


def case_10() -> None:
    both = {f"P{n}": 50.0 + n for n in range(10)}
    found = group(both | {f"A{n}": 40.0 + n for n in range(5)}, both)
    assert [one.person for one in found.pairing.only_pre] == ["A0", "A1", "A2", "A3", "A4"]
    assert (
        said(sentences.pairing_notes(found))
        == [
            "5 peserta hanya mengikuti pre-test dan 0 hanya post-test; mereka tidak masuk perbandingan.",
            "33% peserta hanya mengikuti salah satu tes; hasil perbandingan mungkin tidak mewakili semua peserta.",
            "Rata-rata pre-test 10 peserta yang mengikuti kedua tes 54,5; 5 peserta yang hanya mengikuti pre-test 42,0.",
        ]
        + said(sentences.pairing_notes(found))[3:]
    )
    fewer = group(both | {f"A{n}": 40.0 for n in range(4)}, both)
    assert isinstance(fewer.leavers.difference, Withheld)
    assert not any(text.startswith("Rata-rata pre-test") for text in said(sentences.pairing_notes(fewer)))


def case_11() -> None:
    found = group({f"?{n}": 40.0 for n in range(6)}, {f"?{n}": 60.0 for n in range(7)})
    assert found.pairs.n == 0 and all(isinstance(one.p, Withheld) for one in found.changes)
    assert said(sentences.pairing_notes(found)) == [
        "Rata-rata pre-test 40,0 (6 peserta) dan post-test 60,0 (7 peserta): tidak dapat dibandingkan per orang."
    ]


def case_12() -> None:
    made = [
        Submission("A", phase, order, percent, complete, {"x": ItemScore("x", percent, 100, False)})
        for phase, order, percent, complete in [
            ("pre", 1, 10, False), ("pre", 2, 20, True), ("pre", 3, 30, True), ("post", 4, 60, True), ("post", 5, 70, True),
        ]
    ]  # fmt: skip
    found = evaluate(pair(made), [])
    assert found.pairs.difference.mean == 50.0
    assert said(sentences.pairing_notes(found)) == ["3 isian ganda tidak dihitung: 2 pada pre-test, 1 pada post-test."]


def case_13() -> None:
    found = group({" Siti Contoh": 40.0, "p01": 30.0}, {"Siti Contho": 60.0, "P01 ": 50.0})
    assert [one.person for one in found.pairing.pairs] == ["p01"]
    near = near_matches(found.pairing)
    assert [sentences.line("nama_mirip", pre=one.pre, post=one.post).text for one in near] == [
        "Siti Contoh (pre-test) dan Siti Contho (post-test) mungkin orang yang sama; periksa dan gabungkan sendiri bila benar."
    ]


def case_14() -> None:
    book = parse(
        {
            "kunci": ("kunci", [["butir", "kunci"], ["S1", "a"], ["S2", "b"]]),
            "pre": ("pre", [["peserta", "S1", "S2"], ["A", "a", None]]),
            "post": ("post", [["peserta", "S1", "S2"], ["A", "a", "b"]]),
        }
    )
    from services.analysis import evaluate_book

    found = evaluate_book(book)
    assert found.pairs.pre.mean == 50.0 and found.pairs.post.mean == 100.0
    assert said(sentences.pairing_notes(found)) == [
        "1 butir kosong pada pre-test dan 0 pada post-test dihitung 0 poin."
    ]


def case_15() -> None:
    assert likert_item("a", [4, None, 3], 1, 4).figures.n == 2
    found = scale([[4, None, 3, 4], [None, None, None, 2]] + [[1, 2, 3, 4]] * 10)
    assert found.left_out == 1 and found.alpha.n == 10


def refused(sheets: dict[str, Any]) -> list[str]:
    return [str(wording.of_problem(problem)) for problem in parse(sheets).problems]


def case_16() -> None:
    found = refused({"skala": ("skala", [["peserta", "U1", "U2"], ["A", 4, 3], ["B", 3, 5]])})
    assert found == [
        "Lembar skala, sel C3 (kolom U2): 5 di luar skala 1-4. "
        "Perbaiki jawaban pada baris 3, atau nyatakan skalanya (min dan maks) di lembar skala."
    ]


def case_17() -> None:
    rng = np.random.default_rng(3)
    points = rng.integers(0, 2, (20, 3)).astype(float)
    points[:, 0] = 1
    found = analyse(["1", "2", "3"], points, [1] * 3, np.zeros((20, 3), dtype=bool))[0]
    assert isinstance(found.r, Withheld) and isinstance(found.d, Withheld)
    assert sentences.reason(found.r) == sentences.reason(found.d) == "tidak dapat dihitung"
    assert said(sentences.item(found)) == [
        "Soal 1: dijawab benar 100% peserta (20 dari 20).",
        "Daya beda tidak dapat dihitung: jawaban semua peserta sama.",
    ]


def case_18() -> None:
    points = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]] * 2, dtype=float)
    found = reliability(points)
    assert isinstance(found.alpha, float) and found.alpha < 0
    lines = said(sentences.consistency(found))
    assert lines[0].startswith(f"Konsistensi soal {sentences.decimal(found.alpha, 2)} (95% SK −")
    assert lines[0].startswith("Konsistensi soal −") and lines[0].endswith("; 10 peserta, 3 soal): rendah.")
    assert lines[1] == "Konsistensi soal bernilai negatif; periksa kunci jawaban."
    item = analyse(["1", "2", "3"], points, [1] * 3, np.zeros(points.shape, dtype=bool))[0]
    assert isinstance(item.r, float) and item.r < 0
    assert said(sentences.item(item))[1] == (
        f"Peserta lemah lebih banyak yang benar daripada peserta kuat ({sentences.decimal(item.r, 2)}); periksa kunci jawaban."
    )


def case_19() -> None:
    for k in (1, 2):
        found = reliability(np.random.default_rng(4).integers(0, 2, (20, k)))
        assert isinstance(found.alpha, Withheld)
        assert sentences.reason(found.alpha) == f"tidak dihitung: {k} butir, perlu sedikitnya 3"
        assert sentences.consistency(found) == []


def case_20() -> None:
    points = np.zeros((10, 2))
    points[0, 0], points[1, 1] = 1, 1
    found = analyse(["1", "2"], points, [1, 1], np.zeros((10, 2), dtype=bool))[0]
    assert isinstance(found.d, Withheld)
    assert sentences.reason(found.d) == "tidak dapat dihitung: kelompok atas dan bawah memuat orang yang sama"


def case_21() -> None:
    none = transition("3", [True] * 8, [True] * 8)
    assert isinstance(none.p, Withheld) and sentences.reason(none.p) == "tidak ada peserta yang berubah"
    few = transition("3", [False] * 5 + [True] * 3, [True] * 8)
    assert isinstance(few.p, Withheld)
    assert sentences.reason(few.p) == "hanya jumlah yang ditampilkan: baru 5 perubahan, perlu sedikitnya 6"
    assert said(sentences.item_change(few)) == ["Soal 3: 5 peserta berubah dari salah ke benar, 0 dari benar ke salah."]


def case_22() -> None:
    book = parse(
        {
            "kunci": ("kunci", [["butir", "kunci", "poin"], ["S1", "a", 1], ["S2", "b", 3], ["S3", "c", 1]]),
            "pre": ("pre", [["peserta", "S1", "S2"], ["A", "a", "x"]]),
            "post": ("post", [["peserta", "S1", "S3"], ["A", "a", "x"]]),
        }
    )
    from services.analysis import evaluate_book

    found = evaluate_book(book)
    assert (found.pairs.pre.mean, found.pairs.post.mean) == (25.0, 50.0)
    assert [one.item for one in found.changes] == ["S1"]


def case_23() -> None:
    tiny = pairs_of([20.0, 21.0] * 30)
    assert isinstance(tiny.difference.p, float) and tiny.difference.p < 1e-50
    assert sentences.detail(tiny).startswith("t(59) = ") and "; p < 0,001; " in sentences.detail(tiny)
    assert "0,000" not in sentences.detail(tiny)


def case_24() -> None:
    header: list[Any] = ["peserta", "nilai"]
    rows: list[list[Any]] = [
        ["A", float("nan")],
        ["B", float("inf")],
        ["C", "tujuh"],
        ["D", "#N/A"],
        ["E", "80"],
        ["F", 80],
    ]
    found = parse(
        {"kunci": ("kunci", [["butir", "kunci", "poin"], ["nilai", None, 100]]), "pre": ("pre", [header, *rows])}
    )
    assert [problem.facts["sel"] for problem in found.problems] == ["B2", "B3", "B4", "B5", "B6"]
    lines = [str(wording.of_problem(problem)) for problem in found.problems]
    assert lines[0] == (
        "Lembar pre, sel B2 (kolom nilai): nan bukan nilai. "
        "Perbaiki rumus atau isi sel pada baris 2; kosongkan bila memang tidak dijawab."
    )
    assert lines[2] == (
        "Lembar pre, sel B4 (kolom nilai): tujuh bukan angka. "
        "Tulis nilainya sebagai angka pada baris 4; kosongkan bila memang tidak ada. Isi ini tidak dihitung sebagai 0."
    )


def case_25() -> None:
    assert ikm(1) == [
        "IKM 100,00: A (Sangat Baik), 1 responden, 9 unsur. Unsur terendah: Persyaratan (4,00 dari 4).",
        "Baru 1 responden.",
        "Kurang dari 30 responden: pakai sebagai gambaran awal.",
    ]


def case_26() -> None:
    found = satisfaction({"Persyaratan": [[4], [3]], "Biaya": [[None], [None]]})
    assert isinstance(found.value, Withheld)
    assert said(sentences.satisfaction(found)) == ["IKM tidak dihitung: unsur Biaya tidak mendapat jawaban yang sah."]


def case_27() -> None:
    assert hidden_groups({"Kelas A": 4, "Kelas B": 12}, anonymous=True) == {"Kelas A"}
    assert sentences.hidden_groups().text == (
        "Rincian kelompok dengan kurang dari 5 jawaban disembunyikan; orangnya tetap masuk jumlah keseluruhan."
    )
    assert FROM["group"] == 5


def case_28() -> None:
    same = {f"P{n}": 40.0 + n for n in range(4)}
    found = group(same | {"X": 10.0, "Y": 10.0, "Z": 10.0}, same | {"X": 60.0, "Y": 60.0, "Z": 60.0})
    assert found.pairs.n == 7 and found.pairs.difference.same == 4
    assert (
        "Jawaban pre-test dan post-test 4 dari 7 peserta sama persis: mungkin berkas tersalin."
        in said(sentences.pairing_notes(found))
    )  # fmt: skip
    assert "3 peserta naik, 4 tetap, 0 turun." in whole(found.pairs)
    half = group(same | {f"X{n}": 10.0 for n in range(4)}, same | {f"X{n}": 60.0 for n in range(4)})
    assert not half.identical_warning


CASES: dict[int, Callable[[], None]] = {number: globals()[f"case_{number}"] for number in range(1, 29)}


@pytest.mark.parametrize("number", CASES)
def test_edge_case(number: int) -> None:
    CASES[number]()


# --- the file itself -------------------------------------------------------------------------------------------------


def test_no_sentence_claims_a_cause_or_uses_the_words_of_tests() -> None:
    for code, text in sentences.texts().items():
        assert "karena pelatihan" not in text and "signifikan" not in text.lower(), code
        assert text == text.strip() != "", code


def test_every_reason_that_the_domain_gives_has_its_sentence() -> None:
    import ast

    root = Path(__file__).resolve().parents[2] / "domain" / "statistics"
    given: set[str] = set()
    for path in root.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Withheld":
                constants = [part for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                given |= {str(part.value) for part in constants}
    assert len(given) > 15
    assert {f"alasan_{code}" for code in given} <= sentences.texts().keys()
    assert {code.removeprefix("alasan_") for code in sentences.texts() if code.startswith("alasan_")} <= given

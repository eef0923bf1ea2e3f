"""Analyses a workbook of answers collected elsewhere (`manage.py analyse`), and writes an evaluation as JSON.

Every figure is {"nilai": number|text|null at full precision, "teks": as displayed, "alasan": null|code}; where `nilai` is null,
`alasan` is the code of the reason and `teks` its sentence. Shares are between 0 and 1, scores in percent of the maximum (0-100),
differences in points of that scale. FIGURE below stands for such an object, SK for a 95% interval.

analyse() returns
  skema            "pilar-analyse/1"
  berkas           the file's name
  galat_berkas     null, or {kode, teks}: why the whole file was refused
  masalah          [{lembar, baris, kolom, sel, nilai, kode, alasan, perbaikan}]; while it holds anything, `hasil` is null
  peringatan       [sentence]
  hasil            null, or
    kalimat          {utama: [{kode, teks}], catatan: [...], rincian: text, arti_sk: text, arti_ukuran: [text]}
    jumlah           {n_pre, n_post, n_pasangan, hanya_pre: [id], hanya_post: [id], tanpa_id_pre, tanpa_id_post, anonim, naik, tetap,
                      turun, diabaikan_pre, diabaikan_post, kosong_pre, kosong_post, jawaban_identik,
                      tak_berpasangan: FIGURE, mirip: [{pre, post}]}
    pasangan         PAIRS
    per_orang        [{peserta, pre, post, selisih, n_gain: FIGURE}]
    tidak_lanjut     {n_tinggal, n_pergi, rata_tinggal, rata_pergi, selisih, sk_bawah, sk_atas}
    pre, post        {n, nilai: DESCRIPTION, kosong, keandalan: {n, k, alpha, sk_bawah, sk_atas, kata, tanpa_butir: {item: FIGURE},
                      seragam: [item], tingkat, kalimat: [...]}}
    butir            [{butir, tujuan, poin, pre: ITEM|null, post: ITEM|null, perubahan: CHANGE|null}]
    tujuan           {aim: PAIRS}
    skala            null, or {pre|post|semua: {n, butir: [LIKERT], skala: {nilai: DESCRIPTION|FIGURE, tidak_dihitung, keandalan},
                      indeks: INDEX|null (different scales, or a self-assessment)}, perubahan: null|{n_pasangan, butir: {item: {median_pre,
                      median_post, wilcoxon}}, selisih, wilcoxon, kalimat}}
PAIRS        {n, tingkat, tingkat_teks, pre: DESCRIPTION, post: DESCRIPTION,
              selisih: {rata_rata, sd, se, t, df, p, sk_bawah, sk_atas, naik, tetap, turun},
              wilcoxon: {n_tidak_nol, nol, w_plus, w_minus, p, metode, r_rank_biserial, r_bawah, r_atas},
              ukuran_efek: {d_z, d_z_bawah, d_z_atas, g_z, d_av, d_av_bawah, d_av_atas, g_av, g_av_bawah, g_av_atas, korelasi},
              n_gain: {kelas, kategori, perorangan, n_perorangan, dikeluarkan, perubahan_ternormal, n_perubahan, perubahan_dikeluarkan,
              cetak_keduanya}, di_maksimum_post, langit_langit, cara_hitung_berbeda,
              lulus: {batas, pre: SHARE, post: SHARE}, kalimat: [...], rincian}
DESCRIPTION  {n, rata_rata, sd, median, q1, q3, minimum, maksimum}
SHARE        {jumlah, n, hitungan: text, bagian, sk_bawah, sk_atas}
ITEM         {n, benar, kosong, rata_poin, kemudahan, sk_bawah, sk_atas, kata_kemudahan, r, d, n_atas, n_bawah, kata_daya_beda,
              tanda: [code], opsi: [{opsi, kunci, n, bagian, atas, bawah, r, tanda: [code]}], tingkat, kalimat: [...]}
LIKERT       {butir, unsur, skala: [min, maks], terbalik, nilai: DESCRIPTION, sebaran: {category: n}, dua_teratas: SHARE, kosong,
              persen_maksimum}
INDEX        {jenis: "ikm"|"indeks", n, unsur, nilai, mutu, nrr: {unsur: FIGURE}, n_jawaban: {unsur: n}, bobot, bobot_dibulatkan,
              tertinggi_mungkin, terendah, dua_teratas: {unsur: SHARE}, tingkat, kalimat: [...]}
CHANGE       {n, benar_benar, salah_salah, b, c, perubahan, sk_bawah, sk_atas, p, p_holm, diuji, berubah_nyata, kalimat: [...]}
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from data_access.workbooks.read_answers import SCORED, AnswerBook, AnswerRow, KeyItem, ScaleItem, read_answers
from domain import pairing
from domain.errors import FileRefused, Problem
from domain.pairing import Submission
from domain.scoring import ItemScore, Score, is_blank, score, total
from domain.statistics import likert
from domain.statistics.describing import Description
from domain.statistics.items import BLANK, ItemResult
from domain.statistics.mcnemar import Transition
from domain.statistics.paired import Difference, Wilcoxon
from domain.statistics.proportions import Proportion
from domain.statistics.reliability import Reliability
from domain.statistics.satisfaction import Satisfaction
from domain.statistics.satisfaction import satisfaction as satisfaction_of
from domain.statistics.small import Kind, Level, show
from domain.statistics.summary import CUTOFF, Evaluation, PairSummary, Phase, evaluate
from domain.statistics.withheld import Figure, Withheld
from services import sentences, wording
from services.sentences import Line

SCHEMA = "pilar-analyse/1"
Json = dict[str, Any]


def analyse(path: Path, cutoff: float = CUTOFF, weight: str = "1/U") -> Json:
    """The analysis of a workbook, as documented above; a refused file and refused cells are part of the answer.

    `cutoff`: the score to pass, 0-100; `weight`: the weight of each unsur of an IKM, a key of satisfaction.WEIGHTS.
    """
    found: Json = {
        "skema": SCHEMA,
        "berkas": path.name,
        "galat_berkas": None,
        "masalah": [],
        "peringatan": [],
        "hasil": None,
    }
    try:
        book = read_answers(path)
    except FileRefused as refused:
        found["galat_berkas"] = {"kode": refused.code, "teks": str(wording.of_error(refused))}
        return found
    found["masalah"] = [_problem(problem) for problem in book.problems]
    found["peringatan"] = [str(wording.of_problem(problem)) for problem in book.warnings]
    if book.problems:
        return found
    if not any(book.rows.values()) and not any(book.scale_rows.values()):
        found["galat_berkas"] = {
            "kode": "analisis_tanpa_jawaban",
            "teks": str(wording.sentence("analisis_tanpa_jawaban")),
        }
        return found
    evaluation = evaluate_book(book, cutoff)
    found["hasil"] = evaluation_json(evaluation, book.items, {item.id: item.tujuan for item in book.items})
    found["hasil"]["skala"] = scales_json(book, weight)
    return found


def _problem(problem: Problem) -> Json:
    sentence = wording.of_problem(problem)
    return {
        "lembar": problem.facts.get("lembar", ""),
        "baris": int(problem.facts.get("baris", "0")),
        "kolom": problem.column,
        "sel": problem.facts.get("sel", ""),
        "nilai": problem.value,
        "kode": problem.code,
        "alasan": sentence.reason,
        "perbaikan": sentence.remedy,
    }


# --- from rows to an evaluation --------------------------------------------------------------------------------------


def score_row(items: Sequence[KeyItem], answers: Mapping[str, Any]) -> Score:
    """The score of one row: answers against the key, and columns of points as they are."""
    ready = [
        ItemScore(item.id, float(answers.get(item.id, 0.0)), item.poin, is_blank(answers, item.id))
        for item in items
        if item.jenis == SCORED and item.poin > 0
    ]
    by_id = {one.item: one for one in [*score(items, answers).items, *ready]}
    return total([by_id[item.id] for item in items if item.id in by_id])


def submissions(book: AnswerBook) -> list[Submission]:
    """Every row of `pre` and `post` as a scored submission, in the order of the sheet."""
    found = []
    for phase, rows in book.rows.items():
        asked = set(book.asked.get(phase, ()))
        items = [item for item in book.items if item.id in asked]
        for row in rows:
            scored = score_row(items, row.answers)
            if scored.percent is None:
                continue
            by_item = {one.item: one for one in scored.items}
            made = Submission(row.person, phase, row.row, scored.percent, scored.complete, by_item, row.answers)
            found.append(made)
    return found


def evaluate_book(book: AnswerBook, cutoff: float = CUTOFF) -> Evaluation:
    """The evaluation of a workbook without problems."""
    aims = {item.id: item.tujuan for item in book.items if item.tujuan}
    options = {item.id: item.opsi for item in book.items if item.opsi}
    return evaluate(pairing.pair(submissions(book)), book.items, aims=aims, options=options, cutoff=cutoff)


# --- figures as JSON -------------------------------------------------------------------------------------------------


def figure(value: Figure | str | None, digits: int = 2) -> Json:
    """One figure at full precision beside its text; a withheld one is null with its reason."""
    if isinstance(value, Withheld):
        return {"nilai": None, "teks": sentences.reason(value), "alasan": value.code}
    if value is None or isinstance(value, str):
        return {"nilai": value, "teks": value or "", "alasan": None}
    return {"nilai": float(value), "teks": sentences.decimal(value, digits), "alasan": None}


def share(value: Figure, n: int) -> Json:
    """A share between 0 and 1 of `n`, displayed in percent."""
    found = figure(value)
    return found if isinstance(value, Withheld) else found | {"teks": sentences.percent(value, n)}


def p_figure(value: Figure) -> Json:
    """A p value, never displayed as 0,000."""
    found = figure(value)
    return found if isinstance(value, Withheld) else found | {"teks": sentences.p_value(value)}


def count(value: Figure) -> Json:
    """A whole number that may be withheld."""
    return figure(value, 0)


def lines(found: Iterable[Line]) -> list[Json]:
    """Sentences with their codes."""
    return [{"kode": line.code, "teks": line.text} for line in found]


def description_json(found: Description, digits: int = 1) -> Json:
    """DESCRIPTION."""
    names = {"rata_rata": found.mean, "sd": found.sd, "median": found.median, "q1": found.q1, "q3": found.q3}
    names |= {"minimum": found.minimum, "maksimum": found.maximum}
    return {"n": found.n} | {name: figure(value, digits) for name, value in names.items()}


def proportion_json(found: Proportion) -> Json:
    """SHARE; below five people only the count may be said."""
    counted = f"{sentences.plain(found.count)} dari {found.n}"
    limits = {"bagian": found.share, "sk_bawah": found.low, "sk_atas": found.high}
    return {"jumlah": found.count, "n": found.n, "hitungan": counted} | {
        name: share(value, found.n) for name, value in limits.items()
    }


def difference_json(found: Difference, digits: int = 1) -> Json:
    """The paired difference."""
    spread = {"rata_rata": found.mean, "sd": found.sd, "se": found.se}
    made = {name: figure(value, digits) for name, value in spread.items()}
    made |= {"t": figure(found.t), "df": count(found.df), "p": p_figure(found.p)}
    made |= {"sk_bawah": figure(found.low, digits), "sk_atas": figure(found.high, digits)}
    return made | {"naik": found.up, "tetap": found.same, "turun": found.down}


def wilcoxon_json(found: Wilcoxon) -> Json:
    """Wilcoxon's signed ranks."""
    return {
        "n_tidak_nol": found.nonzero,
        "nol": found.zeros,
        "w_plus": figure(found.w_plus, 1),
        "w_minus": figure(found.w_minus, 1),
        "p": p_figure(found.p),
        "metode": found.method,
        "r_rank_biserial": figure(found.r),
        "r_bawah": figure(found.r_low),
        "r_atas": figure(found.r_high),
    }


def pairs_json(found: PairSummary) -> Json:
    """PAIRS."""
    sizes, gain = found.effects, found.gain
    effects = {
        "d_z": sizes.d_z, "d_z_bawah": sizes.d_z_low, "d_z_atas": sizes.d_z_high, "g_z": sizes.g_z,
        "d_av": sizes.d_av, "d_av_bawah": sizes.d_av_low, "d_av_atas": sizes.d_av_high,
        "g_av": sizes.g_av, "g_av_bawah": sizes.g_av_low, "g_av_atas": sizes.g_av_high,
        "korelasi": sizes.correlation,
    }  # fmt: skip
    return {
        "n": found.n,
        "tingkat": found.level.value,
        "tingkat_teks": sentences.level_mark(found.level),
        "pre": description_json(found.pre),
        "post": description_json(found.post),
        "selisih": difference_json(found.difference),
        "wilcoxon": wilcoxon_json(found.wilcoxon),
        "ukuran_efek": {name: figure(value) for name, value in effects.items()},
        "n_gain": {
            "kelas": figure(gain.class_gain),
            "kategori": figure(gain.category),
            "perorangan": figure(gain.individual),
            "n_perorangan": gain.individual_n,
            "dikeluarkan": gain.excluded,
            "perubahan_ternormal": figure(gain.change),
            "n_perubahan": gain.change_n,
            "perubahan_dikeluarkan": gain.change_dropped,
            "cetak_keduanya": gain.apart,
        },
        "di_maksimum_post": found.at_top,
        "langit_langit": found.ceiling,
        "cara_hitung_berbeda": found.methods_disagree,
        "lulus": {
            "batas": found.cutoff,
            "pre": proportion_json(found.passed_pre),
            "post": proportion_json(found.passed_post),
        },
        "kalimat": lines([*sentences.headline(found), *sentences.pair_notes(found)]),
        "rincian": sentences.detail(found),
    }


def _mark(level: Level) -> str:
    """What stands beside figures of items from few people."""
    return sentences.line("indikatif").text if level == Level.SMALL else sentences.level_mark(level)


def item_json(found: ItemResult) -> Json:
    """ITEM."""
    n = found.n
    facility = share(found.facility, n)
    if isinstance(found.facility, Withheld) and n:
        facility["teks"] = f"{found.right} dari {n}"
    return {
        "n": n,
        "benar": found.right,
        "kosong": found.blank,
        "rata_poin": figure(found.mean),
        "kemudahan": facility,
        "sk_bawah": share(found.low, n),
        "sk_atas": share(found.high, n),
        "kata_kemudahan": figure(found.ease),
        "r": figure(found.r),
        "d": figure(found.d),
        "n_atas": found.upper_n,
        "n_bawah": found.lower_n,
        "kata_daya_beda": figure(found.reading),
        "tanda": list(found.flags),
        "opsi": [
            {
                "opsi": "kosong" if option.option == BLANK else option.option,
                "kunci": option.is_key,
                "n": count(option.n),
                "bagian": share(option.share, n),
                "atas": share(option.upper, n),
                "bawah": share(option.lower, n),
                "r": figure(option.r),
                "tanda": list(option.flags),
            }
            for option in found.options
        ],
        "tingkat": _mark(show(n, Kind.ITEMS)),
        "kalimat": lines(sentences.item(found)),
    }


def change_json(found: Transition) -> Json:
    """CHANGE."""
    return {
        "n": found.n,
        "benar_benar": found.both_right,
        "salah_salah": found.both_wrong,
        "b": found.b,
        "c": found.c,
        "perubahan": share(found.change, found.n),
        "sk_bawah": share(found.low, found.n),
        "sk_atas": share(found.high, found.n),
        "p": p_figure(found.p),
        "p_holm": p_figure(found.p_holm),
        "diuji": found.tested,
        "berubah_nyata": found.changed,
        "kalimat": lines(sentences.item_change(found)),
    }


def reliability_json(found: Reliability, names: Sequence[str]) -> Json:
    """Alpha with what belongs to it; `names`: the items in the order of the table."""
    return {
        "n": found.n,
        "k": found.k,
        "alpha": figure(found.alpha),
        "sk_bawah": figure(found.low),
        "sk_atas": figure(found.high),
        "kata": figure(found.word),
        "tanpa_butir": {name: figure(value) for name, value in zip(names, found.without, strict=True)},
        "seragam": [names[place] for place in found.constant],
        "tingkat": _mark(show(found.n, Kind.ITEMS)),
        "kalimat": lines(sentences.consistency(found, names)),
    }


def phase_json(found: Phase) -> Json:
    """One phase by itself."""
    names = [item.item for item in found.items]
    return {
        "n": found.n,
        "nilai": description_json(found.scores),
        "kosong": found.blanks,
        "keandalan": reliability_json(found.reliability, names),
    }


def evaluation_json(found: Evaluation, items: Sequence[Any], aims: Mapping[str, str]) -> Json:
    """`hasil` without `skala`; `items` need id and poin."""
    paired, change, groups = found.pairing, found.pairs.difference, found.leavers
    notes = [*sentences.pair_notes(found.pairs), *sentences.pairing_notes(found)]
    near = pairing.near_matches(paired)
    notes += [sentences.line("nama_mirip", pre=match.pre, post=match.post) for match in near]
    by_phase = {phase: {item.item: item for item in one.items} for phase, one in found.phases.items()}
    changed = {one.item: one for one in found.changes}
    both = {"rata_tinggal": groups.mean_stayers, "rata_pergi": groups.mean_leavers, "selisih": groups.difference}
    both |= {"sk_bawah": groups.low, "sk_atas": groups.high}
    return {
        "kalimat": {
            "utama": lines(sentences.headline(found.pairs)),
            "catatan": lines(notes),
            "rincian": sentences.detail(found.pairs),
            "arti_sk": sentences.line("arti_sk").text,
            "arti_ukuran": [sentences.line(name).text for name in ("nama_g_av", "nama_d_z")],
        },
        "jumlah": {
            "n_pre": len(paired.pre),
            "n_post": len(paired.post),
            "n_pasangan": found.pairs.n,
            "hanya_pre": [(one.person or "").strip() for one in paired.only_pre],
            "hanya_post": [(one.person or "").strip() for one in paired.only_post],
            "tanpa_id_pre": len(paired.nameless_pre),
            "tanpa_id_post": len(paired.nameless_post),
            "anonim": paired.anonymous,
            "naik": change.up,
            "tetap": change.same,
            "turun": change.down,
            "diabaikan_pre": paired.ignored_pre,
            "diabaikan_post": paired.ignored_post,
            "kosong_pre": found.phases["pre"].blanks,
            "kosong_post": found.phases["post"].blanks,
            "jawaban_identik": found.identical,
            "tak_berpasangan": share(found.unpaired_share if paired.union else Withheld("tanpa_data"), paired.union),
            "mirip": [{"pre": match.pre, "post": match.post} for match in near],
        },
        "pasangan": pairs_json(found.pairs),
        "per_orang": [
            {
                "peserta": one.person,
                "pre": figure(one.pre.percent, 1),
                "post": figure(one.post.percent, 1),
                "selisih": figure(one.post.percent - one.pre.percent, 1),
                "n_gain": figure(gain),
            }
            for one, gain in zip(paired.pairs, found.pairs.gain.each, strict=True)
        ],
        "tidak_lanjut": {"n_tinggal": groups.n_stayers, "n_pergi": groups.n_leavers}
        | {name: figure(value, 1) for name, value in both.items()},
        "pre": phase_json(found.phases["pre"]),
        "post": phase_json(found.phases["post"]),
        "butir": [
            {
                "butir": item.id,
                "tujuan": aims.get(item.id, ""),
                "poin": item.poin,
                "pre": item_json(by_phase["pre"][item.id]) if item.id in by_phase["pre"] else None,
                "post": item_json(by_phase["post"][item.id]) if item.id in by_phase["post"] else None,
                "perubahan": change_json(changed[item.id]) if item.id in changed else None,
            }
            for item in items
            if item.id in by_phase["pre"] or item.id in by_phase["post"]
        ],
        "tujuan": {aim: pairs_json(one) for aim, one in found.aims.items()},
    }


def satisfaction_json(found: Satisfaction, names: Mapping[str, str] | None = None) -> Json:
    """IKM or index of satisfaction."""
    return {
        "jenis": found.kind,
        "n": found.n,
        "unsur": found.u,
        "nilai": figure(found.value),
        "mutu": figure(found.band),
        "nrr": {name: figure(value) for name, value in found.nrr.items()},
        "n_jawaban": dict(found.answered),
        "bobot": found.weight,
        "bobot_dibulatkan": found.rounded_weight,
        "tertinggi_mungkin": found.reachable,
        "terendah": found.lowest,
        "dua_teratas": {name: proportion_json(one) for name, one in found.top.items()},
        "tingkat": sentences.level_mark(show(found.n, Kind.SHARE)),
        "kalimat": lines(sentences.satisfaction(found, names)),
    }


# --- Likert ----------------------------------------------------------------------------------------------------------


def _recoded(items: Sequence[ScaleItem], rows: Sequence[AnswerRow]) -> list[list[float | None]]:
    return [
        [likert.recode(row.answers.get(item.id), item.minimum, item.maximum, item.reverse) for item in items]
        for row in rows
    ]


def scale_json(items: Sequence[ScaleItem], rows: Sequence[AnswerRow], weight: str, index: bool) -> Json:
    """The Likert answers of one side, with or without an index; reverse-worded items are recoded first."""
    table = _recoded(items, rows)
    columns = {item.id: [row[place] for row in table] for place, item in enumerate(items)}
    found = likert.scale(table)
    made: Json = {"n": len(rows), "butir": [], "skala": None, "indeks": None}
    for item in items:
        one = likert.item(item.id, columns[item.id], item.minimum, item.maximum)
        made["butir"].append(
            {"butir": item.id, "unsur": item.unsur, "skala": [item.minimum, item.maximum], "terbalik": item.reverse}
            | {"nilai": description_json(one.figures, 2), "sebaran": {str(k): n for k, n in one.counts.items()}}
            | {"dua_teratas": proportion_json(one.top), "kosong": one.missing}
            | {"persen_maksimum": figure(one.of_maximum)}
        )
    figures = found.figures
    made["skala"] = {
        "nilai": figure(figures) if isinstance(figures, Withheld) else description_json(figures, 2),
        "tidak_dihitung": found.left_out,
        "keandalan": reliability_json(found.alpha, [item.id for item in items]),
    }
    if index and len({(item.minimum, item.maximum) for item in items}) == 1:
        unsur: dict[str, list[ScaleItem]] = {}
        for item in items:
            unsur.setdefault(item.unsur or item.id, []).append(item)
        answers = {
            name: [[columns[item.id][place] for item in members] for place in range(len(rows))]
            for name, members in unsur.items()
        }
        made["indeks"] = satisfaction_json(satisfaction_of(answers, items[0].minimum, items[0].maximum, weight))
    return made


def scales_json(book: AnswerBook, weight: str = "1/U") -> Json | None:
    """`skala`: every side that has Likert answers, and the change of those who gave both.

    What was asked before and after is a self-assessment: it gets no index of satisfaction unless an unsur is declared.
    """
    if not book.scale:
        return None
    sides = {("semua" if not side else side): rows for side, rows in book.scale_rows.items() if rows}
    index = not {"pre", "post"} <= sides.keys() or any(item.unsur for item in book.scale)
    made: Json = {side: scale_json(book.scale, rows, weight, index) for side, rows in sides.items()}
    made["perubahan"] = None
    if "pre" in sides and "post" in sides:
        pre, post = _last_of(reversed(sides["pre"])), _last_of(sides["post"])
        both = [key for key in pre if key in post]
        before, after = (_recoded(book.scale, [side[key] for key in both]) for side in (pre, post))
        made["perubahan"] = _scale_change(likert.change([item.id for item in book.scale], before, after), len(both))
    return made


def _last_of(rows: Iterable[AnswerRow]) -> dict[str, AnswerRow]:
    found = {pairing.person_key(row.person): row for row in rows}
    return {key: row for key, row in found.items() if key is not None}


def _scale_change(found: likert.LikertChange, n: int) -> Json:
    return {
        "n_pasangan": n,
        "butir": {
            name: {
                "median_pre": figure(found.medians[name][0]),
                "median_post": figure(found.medians[name][1]),
                "wilcoxon": wilcoxon_json(one),
            }
            for name, one in found.items.items()
        },
        "selisih": figure(found.scale) if isinstance(found.scale, Withheld) else difference_json(found.scale, 2),
        "wilcoxon": (
            figure(found.scale_wilcoxon)
            if isinstance(found.scale_wilcoxon, Withheld)
            else wilcoxon_json(found.scale_wilcoxon)
        ),
        "kalimat": lines(sentences.likert_change(found)),
    }


# --- for the terminal ------------------------------------------------------------------------------------------------


def readable(found: Json) -> str:
    """The analysis for a person at a terminal."""
    if found["galat_berkas"]:
        return str(found["galat_berkas"]["teks"])
    parts = [f"- {problem['alasan']} {problem['perbaikan']}" for problem in found["masalah"]]
    parts += [f"! {warning}" for warning in found["peringatan"]]
    result = found["hasil"]
    if result is None:
        return "\n".join(parts)
    said, counts = result["kalimat"], result["jumlah"]
    parts += [line["teks"] for line in (*said["utama"], *said["catatan"])]
    for phase in ("pre", "post"):
        if counts[f"hanya_{phase}"]:
            parts.append(sentences.line(f"daftar_hanya_{phase}", peserta=", ".join(counts[f"hanya_{phase}"])).text)
    mark = result["pasangan"]["tingkat_teks"]
    parts += [f"({mark})"] if mark else []
    parts += [said["rincian"], said["arti_sk"]] if said["rincian"] else []
    for aim, pairs in result["tujuan"].items():
        parts += [f"[{aim}]", *(f"  {line['teks']}" for line in pairs["kalimat"])]
    for phase in ("pre", "post"):
        if result[phase]["keandalan"]["kalimat"]:
            parts.append(f"[{phase}] {_marked(result[phase]['keandalan'])}")
    for item in result["butir"]:
        parts += [_marked(item["post"])] if item["post"] else []
        parts += [_marked(item["perubahan"])] if item["perubahan"] else []
    for side, scale in (result["skala"] or {}).items():
        if side != "perubahan" and scale["indeks"] is not None:
            parts += [f"[{side}] {line['teks']}" for line in scale["indeks"]["kalimat"]]
    return "\n".join(part for part in parts if part)


def _marked(found: Json) -> str:
    """The sentences of a block on one line, with the mark for few people behind them."""
    words = " ".join(line["teks"] for line in found["kalimat"])
    return f"{words} ({found['tingkat']})" if words and found.get("tingkat") else words

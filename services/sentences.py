"""Results in plain Indonesian: numbers as they are printed, and the sentences of assets/teks/hasil.toml filled with them."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from data_access.assets import ASSETS
from domain.statistics.attendance import Attendance
from domain.statistics.items import ItemResult
from domain.statistics.likert import LikertChange
from domain.statistics.mcnemar import Transition
from domain.statistics.reliability import Reliability
from domain.statistics.rounding import half_up
from domain.statistics.satisfaction import STANDARD_UNSUR, Satisfaction
from domain.statistics.small import FEW, FROM, MANY, Level
from domain.statistics.summary import Evaluation, PairSummary
from domain.statistics.withheld import Figure, Withheld, given

MINUS = "\u2212"


class Line(NamedTuple):
    """One sentence with its code; the code names the case, also for styling."""

    code: str
    text: str


@cache
def texts() -> Mapping[str, str]:
    """Every sentence of assets/teks/hasil.toml by code."""
    found = tomllib.loads((ASSETS / "teks" / "hasil.toml").read_text(encoding="utf-8"))
    return {code: entry["teks"] for code, entry in found.items()}


def line(code: str, /, **facts: object) -> Line:
    """The sentence of a code with its facts; raises KeyError for a blank that is not filled."""
    return Line(code, texts()[code].format_map({name: str(value) for name, value in facts.items()}))


# --- numbers as they are printed -------------------------------------------------------------------------------------


def decimal(value: float, digits: int) -> str:
    """4.25 -> "4,3" with one digit: half-up, decimal comma, true minus sign, never minus zero."""
    return f"{half_up(value, digits)}".replace("-", MINUS).replace(".", ",")


def points(value: float) -> str:
    """Points of a 0-100 scale: one decimal."""
    return decimal(value, 1)


def plain(value: float) -> str:
    """A number without needless decimals: 70.0 -> "70", 72.5 -> "72,5"."""
    return decimal(value, 0) if float(value).is_integer() else decimal(value, 2).rstrip("0").rstrip(",")


def percent(share: float, n: int) -> str:
    """A share between 0 and 1 of `n`: "84%", from a hundred on "83,6%"."""
    return decimal(100 * share, 1 if n >= 100 else 0) + "%"


def interval(low: float, high: float, digits: int = 1) -> str:
    """ "12,1-24,7"; with a limit that prints negative "−1,8 sampai 10,2"."""
    ends = decimal(low, digits), decimal(high, digits)
    return (" sampai " if any(end.startswith(MINUS) for end in ends) else "-").join(ends)


def p_value(p: float) -> str:
    """ "< 0,001" or "0,023": never "0,000"."""
    return "< 0,001" if p < 0.001 else decimal(p, 3)


def _p(p: float) -> str:
    return p_value(p) if p < 0.001 else f"= {p_value(p)}"


def reason(withheld: Withheld) -> str:
    """Why a figure is not given."""
    facts = {
        name: value if isinstance(value, str) else plain(value) if float(value).is_integer() else decimal(value, 4)
        for name, value in withheld.facts.items()
    }
    return line(f"alasan_{withheld.code}", **facts).text


def shown(figure: Figure, digits: int) -> str:
    """The figure as text, or the reason why there is none."""
    return reason(figure) if isinstance(figure, Withheld) else decimal(figure, digits)


# --- knowledge test --------------------------------------------------------------------------------------------------


def _turns(pairs: PairSummary) -> str:
    """ "2 naik, 1 tetap": what happened, without what did not."""
    change = pairs.difference
    counts = (("naik", change.up), ("tetap", change.same), ("turun", change.down))
    return ", ".join(f"{count} {word}" for word, count in counts if count)


def headline(pairs: PairSummary) -> list[Line]:
    """The headline of a knowledge test, and what must stand right after it when the people are few."""
    n, change = pairs.n, pairs.difference
    if n == 0:
        return [line("tanpa_pasangan")]
    if pairs.level == Level.DESCRIPTIVE:
        return [line("peserta_sedikit", n=n, perubahan=_turns(pairs))]
    found = [_direction(pairs)]
    if pairs.level == Level.VERY_FEW:
        found.append(line("hanya_n_peserta", n=n))
    if found[0].code == "turun" and given(change.high) and change.high >= 0:
        found.append(line("turun_belum_pasti"))
    return found


def _direction(pairs: PairSummary) -> Line:
    change, gain = pairs.difference, pairs.gain
    mean = float(change.mean) if given(change.mean) else 0.0
    if isinstance(change.low, Withheld) or isinstance(change.high, Withheld):
        if mean == 0:
            return line("semua_tetap", n=pairs.n)
        return line("semua_sama", n=pairs.n, arah="naik" if mean > 0 else "turun", poin=points(abs(mean)))
    facts = {"poin": points(abs(mean)), "selang": interval(change.low, change.high), "n": pairs.n}
    if half_up(mean, 1) == 0 and change.low <= 0 <= change.high:
        return line("tetap_rata_rata", **facts)
    if mean < 0:
        return line("turun", **facts)
    if change.low <= 0:
        return line("naik_mencakup_nol", **facts)
    if not given(gain.class_gain):
        return line("naik_tanpa_kategori", n_gain=shown(gain.class_gain, 2), **facts)
    facts["n_gain"] = decimal(gain.class_gain, 2)
    if gain.category in ("rendah", "sedang", "tinggi"):
        return line("naik", kategori=gain.category, **facts)
    return line("naik_tanpa_kategori", **facts)


def pair_notes(pairs: PairSummary) -> list[Line]:
    """What must be said beside the headline: who rose and fell, method, ceiling, N-gain, pass rate."""
    if pairs.n == 0:
        return []
    change, gain = pairs.difference, pairs.gain
    found = [line("arah_perubahan", naik=change.up, tetap=change.same, turun=change.down)]
    if pairs.methods_disagree:
        found.append(line("hasil_peka"))
    if pairs.ceiling:
        found.append(line("langit_langit"))
    if gain.excluded:
        found.append(line("n_gain_dikeluarkan", n=gain.excluded))
    if gain.apart and given(gain.class_gain) and given(gain.individual):
        both = {"kelas": decimal(gain.class_gain, 2), "perorangan": decimal(gain.individual, 2)}
        found.append(line("n_gain_dua_cara", **both))
    if isinstance(gain.class_gain, Withheld):
        found.append(Line("n_gain_tidak_ada", reason(gain.class_gain)))
    found.append(pass_rate(pairs))
    return found


def pass_rate(pairs: PairSummary) -> Line:
    """Who reached the cutoff in post and in pre; counts alone below five pairs."""
    after, before, n = pairs.passed_post, pairs.passed_pre, pairs.n
    facts = {"post": plain(after.count), "pre": plain(before.count), "n": n, "batas": plain(pairs.cutoff)}
    if isinstance(after.share, Withheld) or isinstance(before.share, Withheld):
        return line("lulus_hitungan", **facts)
    return line("lulus", persen_post=percent(after.share, n), persen_pre=percent(before.share, n), **facts)


def detail(pairs: PairSummary) -> str:
    """ "t(23) = 6,04; p < 0,001; Wilcoxon eksak p < 0,001; g_av 0,98; ...": what may be given of it, else ""."""
    change, ranks, sizes = pairs.difference, pairs.wilcoxon, pairs.effects
    parts: list[Line] = []
    if given(change.t) and given(change.p) and given(change.df):
        parts.append(line("rinci_t", df=plain(change.df), t=decimal(change.t, 2), p=_p(change.p)))
    if given(ranks.p):
        parts.append(line(f"rinci_wilcoxon_{ranks.method}", p=_p(ranks.p)))
    named = (("rinci_g_av", sizes.g_av), ("rinci_d_z", sizes.d_z), ("rinci_r", ranks.r))
    parts += [line(code, nilai=decimal(figure, 2)) for code, figure in named if given(figure)]
    return "; ".join(part.text for part in parts)


def pairing_notes(evaluation: Evaluation) -> list[Line]:
    """Who is not in the comparison and why; ignored submissions; blanks; answers that look copied."""
    pairing, found = evaluation.pairing, []
    if pairing.anonymous:
        pre, post = evaluation.phases["pre"], evaluation.phases["post"]
        means = {"pre": shown(pre.scores.mean, 1), "post": shown(post.scores.mean, 1)}
        found.append(line("anonim", n_pre=pre.n, n_post=post.n, **means))
    if pairing.only_pre or pairing.only_post:
        counts = {"hanya_pre": len(pairing.only_pre), "hanya_post": len(pairing.only_post)}
        found.append(line("tidak_berpasangan", **counts))
    if evaluation.unpaired_warning:
        share = percent(evaluation.unpaired_share, pairing.union)
        found.append(line("tidak_berpasangan_banyak", persen=share))
        groups = evaluation.leavers
        if given(groups.mean_stayers) and given(groups.mean_leavers):
            means = {"rata_tinggal": points(groups.mean_stayers), "rata_pergi": points(groups.mean_leavers)}
            found.append(line("yang_tidak_lanjut", n_tinggal=groups.n_stayers, n_pergi=groups.n_leavers, **means))
    if (pairing.nameless_pre or pairing.nameless_post) and not pairing.anonymous:
        found.append(line("tanpa_id", pre=len(pairing.nameless_pre), post=len(pairing.nameless_post)))
    ignored = pairing.ignored_pre + pairing.ignored_post
    if ignored:
        found.append(line("diabaikan", jumlah=ignored, pre=pairing.ignored_pre, post=pairing.ignored_post))
    blanks = {phase: evaluation.phases[phase].blanks for phase in ("pre", "post")}
    if any(blanks.values()):
        found.append(line("jawaban_kosong", **blanks))
    if evaluation.identical_warning:
        found.append(line("jawaban_identik", n=evaluation.identical, pasangan=evaluation.pairs.n))
    return found


def level_mark(level: Level) -> str:
    """The words beside a figure from few people: "sangat sedikit", "sampel kecil" or nothing."""
    codes = {Level.VERY_FEW: "sampel_sangat_sedikit", Level.SMALL: "sampel_kecil"}
    return line(codes[level]).text if level in codes else ""


# --- items, reliability ----------------------------------------------------------------------------------------------


def item(result: ItemResult, name: str | None = None) -> list[Line]:
    """One item of one phase: how many were right, and how well it tells people apart."""
    soal = name or result.item
    if result.n == 0:
        return []
    if isinstance(result.facility, Withheld):
        return [line("soal_hitungan", soal=soal, benar=result.right, n=result.n)]
    share = percent(result.facility, result.n)
    binary = given(result.mean) and abs(result.mean * result.n - result.right * result.maximum) < 1e-9
    code = "soal" if binary else "soal_bertingkat"
    found = [line(code, soal=soal, persen=share, benar=result.right, n=result.n)]
    if isinstance(result.reading, Withheld):
        if result.reading.code == "butir_seragam":
            found.append(line("soal_seragam"))
        return found
    numbers = [value for value in (result.r, result.d) if not isinstance(value, Withheld)]
    value = min(numbers) if result.reading == "periksa_kunci" else numbers[0]
    found.append(line(f"soal_{result.reading}", nilai=decimal(value, 2)))
    if "periksa_kunci" in result.flags and result.reading != "periksa_kunci":
        found.append(line("soal_kunci_kalah"))
    return found


def item_change(change: Transition, name: str | None = None) -> list[Line]:
    """How many went from wrong to right and back; "berubah nyata" only after Holm's correction."""
    if change.n == 0:
        return []
    found = [line("perubahan_soal", soal=name or change.item, c=change.c, b=change.b)]
    return [*found, line("berubah_nyata")] if change.changed else found


def consistency(found: Reliability, names: Sequence[str] = ()) -> list[Line]:
    """Alpha with its interval and word, and what to look at; nothing where no alpha may be given."""
    if not (given(found.alpha) and given(found.low) and given(found.high)):
        return []
    facts = {"alpha": decimal(found.alpha, 2), "selang": interval(found.low, found.high, 2)}
    lines = [line("konsistensi", n=found.n, k=found.k, kata=found.word, **facts)]
    if found.alpha < 0:
        lines.append(line("konsistensi_negatif"))
    if found.constant and names:
        lines.append(line("konsistensi_seragam", soal=", ".join(names[place] for place in found.constant)))
    return lines


# --- attendance, satisfaction, self-assessment -----------------------------------------------------------------------


def attendance(found: Attendance) -> list[Line]:
    """Attendance and completion of an event; counts alone below five people."""
    if not found.registered or isinstance(found.mean, Withheld):
        return []
    n, limit = found.registered, plain(found.threshold) + "%"
    facts = {"memenuhi": plain(found.met.count), "n": n, "batas": limit, "selesai": plain(found.completed.count)}
    if isinstance(found.completed.share, Withheld):
        return [line("kehadiran_hitungan", **facts)]
    share = percent(found.completed.share, n)
    return [line("kehadiran", rata=percent(found.mean, n), persen_selesai=share, **facts)]


def satisfaction(found: Satisfaction, names: Mapping[str, str] | None = None) -> list[Line]:
    """IKM or index of satisfaction with its band, lowest unsur and the warnings that few respondents ask for."""
    if isinstance(found.value, Withheld):
        if found.value.code == "unsur_kosong":
            empty = ", ".join((names or {}).get(unsur, unsur) for unsur in found.empty)
            return [line(f"{found.kind}_unsur_kosong", unsur=empty)]
        return [Line("ikm_tidak_ada", reason(found.value))]
    least = found.lowest or ""
    lowest_value = found.nrr[least]
    facts: dict[str, object] = {
        "nilai": decimal(found.value, 2),
        "n": found.n,
        "unsur": found.u,
        "terendah": (names or {}).get(least, least),
        "nilai_terendah": shown(lowest_value, 2),
        "maksimum": found.maximum,
    }
    if found.kind == "ikm":
        facts |= {"mutu": found.band, "nama_mutu": line(f"mutu_{found.band}").text}
        lines = [line("ikm" if found.u == STANDARD_UNSUR else "ikm_unsur", **facts)]
    else:
        lines = [line("indeks_kepuasan", **facts)]
    if found.rounded_weight:
        lines.append(line("ikm_bobot", bobot=found.weight, tertinggi=decimal(found.reachable, 2)))
    if found.n < FROM["share"]:
        lines.append(line("ikm_baru_n", n=found.n))
    elif found.n < FEW:
        lines.append(line("ikm_sangat_sedikit", n=found.n))
    if found.n < MANY:
        lines.append(line("ikm_kurang_30"))
    return lines


def likert_change(found: LikertChange) -> list[Line]:
    """The change of a self-assessment's scale mean, in points of its own scale; nothing where none may be given."""
    scale = found.scale
    if isinstance(scale, Withheld) or not (given(scale.mean) and given(scale.low) and given(scale.high)):
        return []
    facts = {"poin": decimal(abs(scale.mean), 2), "selang": interval(scale.low, scale.high, 2), "n": scale.n}
    return [line("likert_perubahan", arah="naik" if scale.mean >= 0 else "turun", **facts)]


def hidden_groups() -> Line:
    """That small groups of an anonymous form are not shown."""
    return line("kelompok_disembunyikan", minimum=FROM["group"])

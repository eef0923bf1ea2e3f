"""What an event's documents say about its results: the figures of services.results, as the sentences and cells printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain import figures
from domain.statistics.small import FROM, Level
from domain.statistics.summary import PairSummary
from domain.statistics.withheld import Figure, Withheld, given
from services import results, sentences
from services.bimtek_facts import words
from services.results import Results, ScaleForm
from services.sentences import decimal, interval, percent

Row = dict[str, Any]
_SAME = 1e-9
LEAST = FROM["group"]


def number(figure: Figure, digits: int = 1) -> str:
    """The figure with a decimal comma; "-" where it must not be given."""
    return decimal(figure, digits) if given(figure) else figures.MISSING


def said(lines: Sequence[sentences.Line]) -> list[str]:
    """The texts of sentences."""
    return [line.text for line in lines]


def attendance(found: Results) -> list[str]:
    """Who came and who took which test, then the sentence about the threshold."""
    one = found.attendance
    if not one.registered:
        return []
    say = words()["laporan"]["kehadiran_angka"]
    counts = {"hadir": one.present_once, "pre": one.took_pre, "post": one.took_post, "pasangan": one.pairs}
    return [say.format(orang=one.registered, **counts), *said(sentences.attendance(one))]


def test(found: Results) -> Row | None:
    """The knowledge test: sentences, details, and per aim, origin and item; None when nobody took it."""
    evaluation = found.knowledge
    if evaluation is None or not (evaluation.pairing.pre or evaluation.pairing.post):
        return None
    lines = [*sentences.headline(evaluation.pairs), *sentences.pair_notes(evaluation.pairs)]
    lines += sentences.pairing_notes(evaluation)
    if given(evaluation.pairs.difference.low):
        lines.append(sentences.line("arti_sk"))
    aims = [(name, evaluation.aims[code]) for code, name in found.aims.items() if code in evaluation.aims]
    means = [(name, one) for name, one in aims if given(one.pre.mean) and given(one.post.mean)]
    say = words()["laporan"]
    return {
        "kalimat": said(lines),
        "rinci": sentences.detail(evaluation.pairs),
        "tujuan": [group(name, one) for name, one in aims],
        "batang": [
            [
                say[f"batang_{side}"].format(nama=name),
                _mean(getattr(one, side).mean) / 100,
                number(getattr(one, side).mean),
            ]
            for name, one in means
            for side in ("pre", "post")
        ],
        "asal": [
            group(words()["asal"].get(code, code) or words()["umum"]["tanpa_isi"], one)
            for code, one in sorted(found.groups.get("asal", {}).items(), key=lambda item: (-item[1].n, item[0]))
        ],
        "asal_tutup": found.hidden.get("asal", 0),
        "soal": _items(found),
    }


def _mean(figure: Figure) -> float:
    return float(figure) if given(figure) else 0.0


def group(label: str, one: PairSummary) -> list[str]:
    """One row of a table of groups: label, pairs, pre, post, change with its interval, what must be said beside it."""
    change = number(one.difference.mean)
    low, high = one.difference.low, one.difference.high
    if given(low) and given(high):
        change += f" ({interval(low, high)})"
    note = sentences.level_mark(one.level) or figures.MISSING
    if one.level == Level.DESCRIPTIVE:
        note = sentences.headline(one)[0].text
    return [label, figures.integer(one.n), number(one.pre.mean), number(one.post.mean), change, note]


def _items(found: Results) -> list[list[str]]:
    """Each item: how many were right before and after, and how it tells people apart; never its key."""
    assert found.knowledge is not None
    before, after = ({one.item: one for one in found.knowledge.phases[phase].items} for phase in ("pre", "post"))
    rows = []
    for code in found.numbers:
        sides = [side.get(code) for side in (before, after)]
        if not any(sides):
            continue
        last = sides[1] or sides[0]
        reading = " ".join(line.text for line in sentences.item(last, name(found, code))[1:]) if last else ""
        counts = [figures.out_of(one.right, one.n) if one and one.n else figures.MISSING for one in sides]
        rows.append([name(found, code), found.questions.get(code, code), *counts, reading or figures.MISSING])
    return rows


def name(found: Results, code: str) -> str:
    """ "Soal 7"."""
    return words()["umum"]["soal"].format(nomor=found.numbers.get(code, code))


def scale(found: Results, form: ScaleForm) -> Row:
    """One form of scale questions on its own scale."""
    lines: list[str] = []
    if not form.n:
        lines = [words()["laporan"]["tanpa_jawaban"]]
    elif form.phase == "kepuasan" and form.index is not None:
        lines = said(sentences.satisfaction(form.index, found.unsur_names(form)))
    elif form.scale is not None and form.items and not isinstance(form.scale.figures, Withheld):
        facts = {"nilai": number(form.scale.figures.mean, 2), "maksimum": form.items[0][1].max, "n": form.n}
        lines = [words()["laporan"]["rata"].format(**facts)]
    rows = []
    for asked, of, one in form.items if form.n else ():
        mean = f"{number(one.figures.mean, 2)} / {of.max}" if given(one.figures.mean) else figures.MISSING
        top = percent(one.top.share, one.top.n) if given(one.top.share) else figures.out_of(one.top.count, one.top.n)
        half = number(one.figures.median, 1)
        rows.append([asked, figures.integer(one.figures.n), mean, half, number(one.of_maximum, 2), top])
    return {"judul": form.title, "tentang": form.about or "", "fase": form.phase, "kalimat": lines, "baris": rows}


def spread(form: ScaleForm) -> list[list[str]]:
    """(question, "2 × 3, 8 × 4": how often each step was chosen) of a form, for a table."""
    return [
        [asked, "; ".join(f"{value} {label}".strip() + f": {one.counts.get(value, 0)}" for value, label in of.steps())]
        for asked, of, one in form.items
    ]


def competence(found: Results) -> Row | None:
    """The self-assessment before and after; None when the event has none."""
    one = found.competence
    if one is None:
        return None
    counts = {"n_pre": one.n_pre, "n_post": one.n_post, "n": one.n_paired}
    rows = [[asked, *(number(side, 1) for side in one.change.medians[code])] for code, asked in one.questions.items()]
    told = words()["laporan"]["diri_n"].format(**counts)
    return {"kalimat": [told, *said(sentences.likert_change(one.change))], "baris": rows}


def conclusions(found: Results) -> list[str]:
    """What the whole event comes to: the headline, who passed, the attendance and each index of satisfaction."""
    lines: list[sentences.Line] = []
    if found.knowledge is not None and found.knowledge.pairs.n:
        lines += [*sentences.headline(found.knowledge.pairs), sentences.pass_rate(found.knowledge.pairs)]
    lines += sentences.attendance(found.attendance)
    for form in found.scales:
        if form.phase == "kepuasan" and form.index is not None and form.n:
            lines += sentences.satisfaction(form.index, found.unsur_names(form))
    return said(lines)


def advice(found: Results) -> list[str]:
    """What the results themselves ask for, by fixed rules; nothing where nothing stands out."""
    say, lines = words()["rekomendasi"], []
    one = found.knowledge
    if one is not None and one.pairs.n >= LEAST:
        after = {
            code: float(aim.post.mean) for code, aim in one.aims.items() if code in found.aims and given(aim.post.mean)
        }
        if len(after) > 1 and min(after.values()) < max(after.values()) - _SAME:
            least = min(after.values())
            names = [found.aims[code] for code in found.aims if code in after and after[code] <= least + _SAME]
            lines.append(say["tujuan"].format(tujuan=", ".join(names), nilai=decimal(least, 1)))
        if one.pairs.ceiling:
            lines.append(say["langit"])
    if one is not None:
        last = {item.item: item for item in one.phases["post"].items}
        hard = [name(found, code) for code in found.numbers if code in last and last[code].ease == "sukar"]
        wrong = [name(found, code) for code in found.numbers if code in last and _check_key(last[code])]
        lines += [say["sukar"].format(soal=", ".join(hard))] if hard else []
        lines += [say["kunci"].format(soal=", ".join(wrong))] if wrong else []
        if one.unpaired_warning:
            lines.append(say["pasangan"].format(persen=percent(one.unpaired_share, one.pairing.union)))
    attended = found.attendance
    below = attended.registered - int(_mean(attended.met.count))
    if attended.held and below:
        told = {"batas": sentences.plain(attended.threshold), "orang": attended.registered}
        lines.append(say["hadir"].format(jumlah=below, **told))
    for form in found.scales:
        index = form.index
        if index is not None and index.lowest and form.n >= LEAST and given(index.nrr[index.lowest]):
            unsur = found.unsur_names(form).get(index.lowest, index.lowest)
            told = {"formulir": form.title, "unsur": unsur, "maksimum": index.maximum}
            lines.append(say["unsur"].format(nilai=decimal(_mean(index.nrr[index.lowest]), 2), **told))
    return lines


def _check_key(item: Any) -> bool:
    return item.reading == "periksa_kunci" or "periksa_kunci" in item.flags


def scores(found: Results, roster: Sequence[Mapping[str, Any]]) -> list[Row] | None:
    """Each person's percent scores: label, asal, instansi, pre, post, selisih, gain (numbers or None), by name.

    Without the right to see persons: the pairs alone, by number, and None when they are fewer than five.
    """
    evaluation = found.knowledge
    if evaluation is None:
        return []
    sides: dict[int, dict[str, Any]] = {}
    for phase, every in (("pre", evaluation.pairing.pre), ("post", evaluation.pairing.post)):
        for one in every:
            if one.person is not None:
                sides.setdefault(int(one.person), {})[phase] = one.percent
    for pair, gain in zip(evaluation.pairing.pairs, evaluation.pairs.gain.each, strict=True):
        sides[int(pair.person)]["gain"] = float(gain) if given(gain) else None
    if found.named:
        wanted = [row["id"] for row in roster]
        wanted += [id for id in found.people if id in sides and id not in set(wanted)]
    else:
        numbers = found.numbers_of_people()
        wanted = sorted((int(pair.person) for pair in evaluation.pairing.pairs), key=lambda id: numbers.get(id, 0))
        if 0 < len(wanted) < results.LEAST_SHOWN:
            return None
    called = {id: person.name for id, person in found.people.items()}
    if not found.named:
        say = words()["umum"]["peserta_nomor"]
        called = {id: say.format(nomor=number) for id, number in found.numbers_of_people().items()}
    return [_score(found, id, called[id], sides.get(id, {})) for id in wanted if id in found.people]


def _score(found: Results, id: int, label: str, side: Mapping[str, Any]) -> Row:
    person, pre, post = found.people[id], side.get("pre"), side.get("post")
    return {
        "label": label,
        "asal": words()["asal"].get(person.kind, ""),
        "instansi": person.institution,
        "pre": pre,
        "post": post,
        "selisih": None if pre is None or post is None else post - pre,
        "gain": side.get("gain"),
        "lulus": None if post is None else post >= float(found.event["batas_lulus"]) - _SAME,
    }


def score_cells(rows: Sequence[Row]) -> list[list[str]]:
    """The rows of scores() as they are printed, numbered."""
    say = words()["nilai"]
    passed = {None: figures.MISSING, True: say["ya"], False: say["tidak"]}
    return [
        [
            str(place),
            row["label"],
            row["asal"] or figures.MISSING,
            row["instansi"] or figures.MISSING,
            *(figures.MISSING if row[side] is None else decimal(row[side], 1) for side in ("pre", "post", "selisih")),
            figures.MISSING if row["gain"] is None else decimal(row["gain"], 2),
            passed[row["lulus"]],
        ]
        for place, row in enumerate(rows, 1)
    ]

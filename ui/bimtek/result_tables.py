"""The tables of the results page, worded and formatted; figures that must not be given stand as a dash."""

import textwrap

import pandas as pd

from domain import figures
from domain.statistics.small import Level
from domain.statistics.summary import PairSummary
from domain.statistics.withheld import Figure, given
from services import sentences
from services.results import Competence, EventLine, Results, ScaleForm
from services.sentences import decimal, interval, percent
from ui.text import hasil as t


def number(figure: Figure, digits: int = 1) -> str:
    """The figure with a decimal comma; "-" where it must not be given."""
    return decimal(figure, digits) if given(figure) else figures.MISSING


def limits(low: Figure, high: Figure, digits: int = 1, scale: float = 1.0) -> str:
    """An interval, "-" without one."""
    if given(low) and given(high):
        return interval(float(low) * scale, float(high) * scale, digits)
    return figures.MISSING


def numbered(found: Results, named: bool) -> dict[int, str]:
    """What each participant is called on the screen: by name, or by a number in an order that tells nothing."""
    if named and found.named:
        return {id: person.name for id, person in found.people.items()}
    return {id: t.PESERTA_NOMOR.format(nomor=number) for id, number in found.numbers_of_people().items()}


def pairs(found: Results, named: bool) -> pd.DataFrame:
    """Each pair: label, asal, instansi, pre, post, selisih, gain (text), most risen first."""
    called = numbered(found, named)
    rows = []
    assert found.knowledge is not None
    for pair, gain in zip(found.knowledge.pairing.pairs, found.knowledge.pairs.gain.each, strict=True):
        id = int(pair.person)
        person = found.people.get(id)
        rows.append(
            {
                "id": id,
                "label": called.get(id, figures.MISSING),
                "asal": t.ASAL.get(person.kind, figures.MISSING) if person else figures.MISSING,
                "instansi": figures.missing(person.institution if person and named else None),
                "pre": pair.pre.percent,
                "post": pair.post.percent,
                "gain": number(gain, 2),
            }
        )
    columns = ["id", "label", "asal", "instansi", "pre", "post", "gain"]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.assign(selisih=frame["post"] - frame["pre"])
    return frame.sort_values(["selisih", "label"], ascending=[False, True], kind="stable")


def persons(found: Results, named: bool) -> pd.DataFrame:
    """The pairs as a table to read."""
    frame = pairs(found, named)
    columns = [frame["label"], frame["asal"], frame["instansi"]]
    columns += [frame[side].map(lambda value: decimal(value, 1)) for side in ("pre", "post", "selisih")]
    return pd.DataFrame(dict(zip(t.KOLOM_ORANG, [*columns, frame["gain"]], strict=True)))


def unpaired(found: Results, named: bool) -> pd.DataFrame:
    """Everybody without a pair, what there is, and why the rest is not."""
    called = numbered(found, named)
    rows = [
        (
            called[one.person.id],
            t.ASAL.get(one.person.kind, figures.MISSING),
            figures.missing(one.person.institution if named else None),
            t.SISI_ADA[one.side],
            t.ALASAN[one.reason] if one.side or one.reason != "belum_mengisi" else figures.MISSING,
        )
        for one in found.unpaired
    ]
    return pd.DataFrame(rows, columns=list(t.KOLOM_TANPA))


def _group_row(label: str, one: PairSummary) -> tuple[str, ...]:
    change = number(one.difference.mean)
    if given(one.difference.low):
        change += f" ({limits(one.difference.low, one.difference.high)})"
    return (
        label,
        figures.integer(one.n),
        number(one.pre.mean),
        number(one.post.mean),
        change,
        _mark(one),
    )


def _mark(one: PairSummary) -> str:
    """What must be said beside a group's figures: of very few people their changes alone, else how few they are."""
    if one.level == Level.DESCRIPTIVE:
        return sentences.headline(one)[0].text
    return sentences.level_mark(one.level) or figures.MISSING


def groups(found: Results, grouping: str, kluster: dict[str, str]) -> pd.DataFrame:
    """The pairs' figures per group, largest first."""
    listed = sorted(found.groups.get(grouping, {}).items(), key=lambda item: (-item[1].n, item[0]))
    names = {"asal": t.ASAL, "kluster": kluster}.get(grouping, {})
    rows = [_group_row(names.get(code, code) or t.TANPA_KELOMPOK, one) for code, one in listed]
    return pd.DataFrame(rows, columns=list(t.KOLOM_KELOMPOK))


def aims(found: Results) -> pd.DataFrame:
    """The pairs' figures per aim, in the order of the form."""
    assert found.knowledge is not None
    rows = [
        _group_row(name, found.knowledge.aims[code])
        for code, name in found.aims.items()
        if code in found.knowledge.aims
    ]
    return pd.DataFrame(rows, columns=list(t.KOLOM_KELOMPOK))


def item_name(found: Results, code: str) -> str:
    """ "Soal 7"."""
    return t.SOAL.format(nomor=found.numbers.get(code, code))


def items(found: Results, phase: str, aim_of: dict[str, str]) -> pd.DataFrame:
    """Each item of one phase: facility, discrimination, what they mean."""
    assert found.knowledge is not None
    rows = []
    for one in found.knowledge.phases[phase].items:
        words = " ".join(line.text for line in sentences.item(one, item_name(found, one.item))[1:])
        rows.append(
            (
                item_name(found, one.item),
                found.questions.get(one.item, one.item),
                figures.integer(one.right),
                figures.integer(one.n),
                percent(one.facility, one.n) if given(one.facility) else figures.MISSING,
                limits(one.low, one.high, 0, 100) + ("%" if given(one.low) else ""),
                t.MUDAH[one.ease] if isinstance(one.ease, str) else figures.MISSING,
                number(one.r, 2),
                number(one.d, 2),
                figures.integer(one.blank),
                words or figures.MISSING,
                aim_of.get(one.item, figures.MISSING),
            )
        )
    return pd.DataFrame(rows, columns=list(t.KOLOM_BUTIR))


def options(found: Results, phase: str, texts: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Each option of each item: how often chosen, by whom, and what to look at."""
    assert found.knowledge is not None
    rows = []
    for one in found.knowledge.phases[phase].items:
        for option in one.options:
            if not given(option.n):
                continue
            label = texts.get((one.item, option.option), option.option) if option.option else t.KOSONG
            rows.append(
                (
                    item_name(found, one.item),
                    label,
                    t.YA if option.is_key else "",
                    figures.integer(option.n),
                    percent(option.share, one.n) if given(option.share) else figures.MISSING,
                    percent(option.upper, one.n) if given(option.upper) else figures.MISSING,
                    percent(option.lower, one.n) if given(option.lower) else figures.MISSING,
                    number(option.r, 2),
                    ", ".join(t.TANDA[flag] for flag in option.flags),
                )
            )
    return pd.DataFrame(rows, columns=list(t.KOLOM_PILIHAN))


def transitions(found: Results) -> pd.DataFrame:
    """Each item's right and wrong, before and after."""
    assert found.knowledge is not None
    rows = []
    for one in found.knowledge.changes:
        change = decimal(100 * one.change, 0) + "%" if given(one.change) else figures.MISSING
        note = " ".join(line.text for line in sentences.item_change(one, item_name(found, one.item))[1:])
        counts = (one.both_right, one.c, one.b, one.both_wrong)
        between = limits(one.low, one.high, 0, 100)
        rows.append(
            (item_name(found, one.item), *map(figures.integer, counts), change, between, note or figures.MISSING)
        )
    return pd.DataFrame(rows, columns=list(t.KOLOM_PERALIHAN))


def transition_bars(found: Results) -> pd.DataFrame:
    """The same, long: label, jenis, jumlah."""
    assert found.knowledge is not None
    rows = []
    for one in found.knowledge.changes:
        counts = {
            "benar_benar": one.both_right,
            "salah_benar": one.c,
            "benar_salah": one.b,
            "salah_salah": one.both_wrong,
        }
        rows += [(item_name(found, one.item), kind, count) for kind, count in counts.items()]
    return pd.DataFrame(rows, columns=["label", "jenis", "jumlah"])


def classes(found: Results) -> pd.DataFrame:
    """How many scored in each class of ten points, pre and post: kelas, sisi, jumlah."""
    assert found.knowledge is not None
    names = [f"{low}-{low + 9}" if low < 90 else "90-100" for low in range(0, 100, 10)]
    rows = []
    for side, ones in ((t.PRE, found.knowledge.pairing.pre), (t.POST, found.knowledge.pairing.post)):
        places = [min(int(one.percent // 10), 9) for one in ones]
        rows += [(name, side, places.count(number)) for number, name in enumerate(names)]
    return pd.DataFrame(rows, columns=["kelas", "sisi", "jumlah"])


def wide_classes(rows: pd.DataFrame) -> pd.DataFrame:
    """classes() with one column per side."""
    wide = rows.pivot(index="kelas", columns="sisi", values="jumlah").reindex(rows["kelas"].unique()).reset_index()
    return wide[["kelas", *t.SISI]].rename(columns={"kelas": t.NILAI})


def aim_means(found: Results) -> pd.DataFrame:
    """Mean pre and post per aim: label, pre, post; aims without pairs are left out."""
    assert found.knowledge is not None
    rows = [
        (found.aims[code], one.pre.mean, one.post.mean)
        for code, one in found.knowledge.aims.items()
        if code in found.aims and given(one.pre.mean) and given(one.post.mean)
    ]
    return pd.DataFrame(rows, columns=["label", "pre", "post"])


def scale(form: ScaleForm) -> pd.DataFrame:
    """Each question of a scale form on its own scale."""
    rows = []
    for words, scale_of, one in form.items:
        top = (
            percent(one.top.share, one.top.n)
            if given(one.top.share)
            else f"{figures.integer(one.top.count)} dari {one.top.n}"
        )
        rows.append(
            (
                words,
                figures.integer(one.figures.n),
                f"{number(one.figures.mean, 2)} / {scale_of.max}" if given(one.figures.mean) else figures.MISSING,
                number(one.figures.median, 1),
                number(one.of_maximum, 2),
                top,
                figures.integer(one.missing),
            )
        )
    return pd.DataFrame(rows, columns=list(t.KOLOM_SKALA))


def scale_bars(form: ScaleForm) -> tuple[pd.DataFrame, list[str]]:
    """(label, langkah, jumlah) of a scale form's questions, and the steps in order."""
    steps: list[str] = []
    rows = []
    for words, scale_of, one in form.items:
        names = {value: f"{value} {label}".strip() for value, label in scale_of.steps()}
        steps = list(dict.fromkeys([*steps, *names.values()]))
        rows += [(words, names[value], count) for value, count in one.counts.items()]
    return pd.DataFrame(rows, columns=["label", "langkah", "jumlah"]), steps


def competence(found: Competence) -> pd.DataFrame:
    """Each statement of the self-assessment before and after."""
    rows = []
    for code, words in found.questions.items():
        before, after = found.change.medians[code]
        ranks = found.change.items[code]
        p = sentences.p_value(ranks.p) if given(ranks.p) else figures.MISSING
        rows.append((words, number(before, 1), number(after, 1), p, number(ranks.r, 2)))
    return pd.DataFrame(rows, columns=list(t.KOLOM_KOMPETENSI))


def comments(found: Results, wanted: str) -> pd.DataFrame:
    """Free answers, those that hold the wanted words."""
    words = wanted.casefold().split()
    rows = [
        (one.form, figures.missing(one.about), one.question, one.text)
        for one in found.comments
        if all(word in one.text.casefold() for word in words)
    ]
    return pd.DataFrame(rows, columns=list(t.KOLOM_KOMENTAR))


def event_label(line: EventLine) -> str:
    """The year and the number above a title broken over two lines: unique, because the number is."""
    words = textwrap.wrap(line.title, 22)
    title = words[:2] if len(words) <= 2 else [words[0], words[1][:19] + "…"]
    return "\n".join([f"{line.begins.year} (no. {line.id})", *title])


def across(lines: list[EventLine]) -> pd.DataFrame:
    """Events with the figures of their pairs."""
    rows = []
    for line in lines:
        pair = line.pairs
        shown = pair is not None and pair.n > 0
        rows.append(
            (
                figures.date_short(line.begins),
                line.title,
                figures.integer(line.people),
                figures.integer(line.institutions),
                figures.integer(pair.n) if pair is not None else figures.MISSING,
                number(pair.pre.mean) if shown and pair else figures.MISSING,
                number(pair.post.mean) if shown and pair else figures.MISSING,
                number(pair.difference.mean) if shown and pair else figures.MISSING,
                number(pair.gain.class_gain, 2) if shown and pair else figures.MISSING,
            )
        )
    return pd.DataFrame(rows, columns=list(t.KOLOM_LINTAS))

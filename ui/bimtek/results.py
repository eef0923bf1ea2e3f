"""The parts of the results page: each draws one section from a finished evaluation."""

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from domain.statistics.withheld import Withheld, given
from services import live, results, sentences
from services.results import Results, ScaleForm
from ui import draw, feedback, fragments, readings, state
from ui.bimtek import result_tables as tables
from ui.bimtek.downloads import excel
from ui.charts import bimtek as charts
from ui.charts.theme import as_spec
from ui.text import hasil as t

GROUPED = ("asal", "kluster", "kabkota", "instansi")


def _draw(found: Results, name: str, make: Callable[[], Any], *more: Hashable) -> None:
    """Draws a chart of this event, made once per state of the answers; `more`: what it depends on besides."""
    key = (name, found.event["id"], found.named, *more)
    spec = readings.drawn(name, results.revision(), *key, builder=lambda: as_spec(make()))
    draw.chart(spec, key="grafik_" + "_".join(str(part) for part in key), alt=_alt(found, name))


def _alt(found: Results, name: str) -> str:
    n = found.knowledge.pairs.n if found.knowledge else 0
    words = {"dumbbell": t.ALT_DUMBBELL.format(n=n), "tujuan": t.ALT_TUJUAN, "sebaran": t.ALT_SEBARAN}
    return (words | {"peralihan": t.ALT_PERALIHAN, "lintas": t.ALT_LINTAS}).get(name, t.ALT_SKALA.format(judul=name))


def say(lines: list[sentences.Line]) -> None:
    """Sentences as one paragraph each, without anything of them coming to life as markup."""
    for line in lines:
        st.markdown(feedback.escape(line.text))


def summary(by: Actor, found: Results) -> None:
    """The headline, who is behind it, per aim, and the distribution."""
    evaluation = found.knowledge
    counts, attended = found.counts, found.attendance
    with st.grid(5, min_column_width=150):
        st.metric(t.TERDAFTAR, figures.integer(counts.people), border=True, height="stretch")
        for label, value in (
            (t.HADIR, attended.present_once),
            (t.IKUT_PRE, attended.took_pre),
            (t.IKUT_POST, attended.took_post),
        ):
            st.metric(
                label,
                figures.integer(value),
                t.DARI_TERDAFTAR.format(n=counts.people),
                "off",
                border=True,
                delta_arrow="off",
            )
        pairs = evaluation.pairs.n if evaluation else 0
        st.metric(
            t.BERPASANGAN,
            figures.integer(pairs),
            t.DARI_PRE_POST,
            "off",
            border=True,
            delta_arrow="off",
            height="stretch",
        )
    st.caption(t.ORANG_LKS.format(orang=counts.people, instansi=counts.institutions, lks=counts.lks))
    say(sentences.attendance(attended))
    if evaluation is None:
        return
    with st.container(border=True):
        first, *rest = sentences.headline(evaluation.pairs)
        st.subheader(feedback.escape(first.text), anchor=False)
        say([*rest, *sentences.pair_notes(evaluation.pairs), *sentences.pairing_notes(evaluation)])
        if given(evaluation.pairs.difference.low):
            st.caption(feedback.escape(sentences.line("arti_sk").text))
        words = sentences.detail(evaluation.pairs)
        if words:
            with st.expander(t.RINCIAN):
                st.markdown(feedback.escape(words))
                for code in ("nama_g_av", "nama_d_z"):
                    st.caption(feedback.escape(sentences.line(code).text))
    aims, classes = tables.aims(found), tables.classes(found)
    left, right = st.columns(2)
    with left.container(border=True, height="stretch"):
        st.subheader(t.PER_TUJUAN, anchor=False)
        rows = tables.aim_means(found)
        if len(rows):
            _draw(found, "tujuan", lambda: charts.dumbbell(rows, t.PRE, t.POST, t.NILAI))
    with right.container(border=True, height="stretch"):
        st.subheader(t.SEBARAN, anchor=False)
        _draw(found, "sebaran", lambda: charts.distribution(classes, t.NILAI, t.PESERTA, t.SISI))
    with st.container(border=True):
        draw.table(aims, alt=t.ALT_TABEL.format(judul=t.PER_TUJUAN))
        excel(by, lambda: aims, kind="tujuan", title=t.PER_TUJUAN, event=found.event, parts=(results.revision(),))
    with st.expander(t.TABEL_SEBARAN):
        wide = tables.wide_classes(classes)
        draw.table(wide, alt=t.ALT_SEBARAN)
        excel(by, lambda: wide, kind="sebaran", title=t.SEBARAN, event=found.event, parts=(results.revision(),))


def persons(by: Actor, found: Results) -> None:
    """One line per person from pre to post, anonymous unless asked; then everybody without a pair, with the way to mend it."""
    if found.knowledge is None:
        return
    named = False
    if found.named:
        named = st.toggle(t.TAMPILKAN_NAMA, key="tampilkan_nama", help=t.TANPA_NAMA)
        if not named:
            st.caption(t.TANPA_NAMA)
    rows = tables.pairs(found, named)
    hidden = not found.named and 0 < len(rows) < results.LEAST_SHOWN
    if hidden:
        say([sentences.hidden_groups()])
    elif len(rows):
        with st.container(border=True):
            st.subheader(t.PER_ORANG, anchor=False)
            drawn = rows[["label", "pre", "post"]]
            _draw(found, "dumbbell", lambda: charts.dumbbell(drawn, t.PRE, t.POST, t.NILAI), named)
            frame = tables.persons(found, named)
            draw.table(frame, alt=t.ALT_TABEL.format(judul=t.PER_ORANG))
            excel(
                by,
                lambda: frame,
                kind="perorangan",
                title=t.PER_ORANG,
                event=found.event,
                parts=(results.revision(), named),
            )
    with st.container(border=True):
        st.subheader(f"{t.TANPA_PASANGAN} ({figures.integer(len(found.unpaired))})", anchor=False)
        st.caption(t.TANPA_PASANGAN_URAIAN)
        if found.unpaired:
            frame = tables.unpaired(found, named)
            draw.table(frame, alt=t.ALT_TABEL.format(judul=t.TANPA_PASANGAN))
            excel(
                by, lambda: frame, kind="tanpa_pasangan", title=t.TANPA_PASANGAN, event=found.event,
                parts=(results.revision(), named),
            )  # fmt: skip
            _mending(by, found, named)


def _mending(by: Actor, found: Results, named: bool) -> None:
    """One click per cure: a late answer accepted, two rows of one person looked at together."""
    if not (found.named and by.may(Permission.MANAGE_EVENTS)):
        return
    called = tables.numbered(found, named)
    waiting = [one for one in found.unpaired if one.waiting_id is not None]
    for one in waiting:
        label = f"{t.TERIMA}: {called[one.person.id]}"
        if st.button(label, key=f"terima_{one.waiting_id}", icon=":material/schedule:"):
            accept(by, int(found.event["id"]), int(one.waiting_id or 0), called[one.person.id])
    for before, after in results.lookalikes(found) if named else []:
        st.markdown(feedback.escape(t.MIRIP.format(pre=before.name, post=after.name)))
    if named and results.lookalikes(found):
        st.page_link(state.page("peserta"), label=t.GABUNGKAN, icon=":material/merge:")


@fragments.dialog(t.TERIMA_JUDUL, icon=":material/schedule:")
def accept(by: Actor, event_id: int, submission_id: int, name: str) -> None:
    """Asks once, then counts a late answer."""
    st.markdown(feedback.escape(t.TERIMA_URAIAN.format(nama=name)))
    if st.button(t.SIMPAN, type="primary", width="stretch"):
        with feedback.shown():
            live.accept_late(by, event_id, [submission_id], state.one_time_token("terima"))
            state.renew_token("terima")
            st.toast(t.DITERIMA)
            st.rerun()


def groups(by: Actor, found: Results) -> None:
    """The pairs' figures by origin, kluster, region or institution."""
    if found.knowledge is None:
        return
    grouping = st.segmented_control(
        t.PENGELOMPOKAN,
        [name for name in GROUPED if found.groups.get(name) or found.hidden.get(name)],
        default="asal",
        required=True,
        format_func=lambda name: t.KELOMPOK_JUDUL[name],
        key="kelompok",
        bind="query-params",
    )
    frame = tables.groups(found, grouping, readings.kluster_names())
    title = t.KELOMPOK_JUDUL[grouping]
    if len(frame):
        draw.table(frame, alt=t.ALT_TABEL.format(judul=title))
        parts = (results.revision(), grouping, found.named)
        excel(by, lambda: frame, kind=f"kelompok_{grouping}", title=title, event=found.event, parts=parts)
    if found.hidden.get(grouping):
        st.caption(t.KELOMPOK_KECIL.format(jumlah=found.hidden[grouping], minimum=results.LEAST_SHOWN))
    if grouping == "kluster":
        st.caption(t.KLUSTER_GANDA)


def items(by: Actor, found: Results) -> None:
    """Each item's quality, its options, and how answers moved from pre to post."""
    evaluation = found.knowledge
    if evaluation is None:
        return
    if evaluation.changes and evaluation.pairs.n:
        with st.container(border=True):
            st.subheader(t.PERALIHAN_JUDUL, anchor=False)
            bars = tables.transition_bars(found)
            _draw(found, "peralihan", lambda: charts.transitions(bars, t.PERALIHAN, t.PESERTA))
            frame = tables.transitions(found)
            draw.table(frame, alt=t.ALT_TABEL.format(judul=t.PERALIHAN_JUDUL))
            excel(
                by,
                lambda: frame,
                kind="peralihan",
                title=t.PERALIHAN_JUDUL,
                event=found.event,
                parts=(results.revision(),),
            )
    phase = st.segmented_control(
        t.FASE,
        ["pre", "post"],
        default="post",
        required=True,
        format_func={"pre": t.PRE, "post": t.POST}.__getitem__,
        key="tes",
        bind="query-params",
    )
    one = evaluation.phases[phase]
    with st.container(border=True):
        st.subheader(t.BUTIR_JUDUL, anchor=False)
        names = [tables.item_name(found, item.item) for item in one.items]
        say(sentences.consistency(one.reliability, names))
        frame = tables.items(found, phase, found.aim_names())
        draw.table(frame, alt=t.ALT_TABEL.format(judul=t.BUTIR_JUDUL))
        excel(
            by,
            lambda: frame,
            kind=f"butir_{phase}",
            title=t.BUTIR_JUDUL,
            event=found.event,
            parts=(results.revision(),),
        )
    if by.may(Permission.MANAGE_INSTRUMENTS):  # the table shows which option is the key
        with st.container(border=True):
            st.subheader(t.PILIHAN_JUDUL, anchor=False)
            listed = tables.options(found, phase, dict(found.option_texts))
            draw.table(listed, alt=t.ALT_TABEL.format(judul=t.PILIHAN_JUDUL))
            excel(
                by, lambda: listed, kind=f"pilihan_{phase}", title=t.PILIHAN_JUDUL, event=found.event,
                parts=(results.revision(),),
            )  # fmt: skip


def scales(by: Actor, found: Results) -> None:
    """Speakers, organisation and satisfaction, each on its own scale; then the self-assessment before and after."""
    st.caption(t.SKALA_BEDA)
    for form in found.scales:
        with st.container(border=True):
            _scale(by, found, form)
    if found.competence is not None:
        one = found.competence
        with st.container(border=True):
            st.subheader(t.KOMPETENSI, anchor=False)
            st.caption(t.KOMPETENSI_N.format(n_pre=one.n_pre, n_post=one.n_post, n=one.n_paired))
            say(sentences.likert_change(one.change))
            frame = tables.competence(one)
            draw.table(frame, alt=t.ALT_TABEL.format(judul=t.KOMPETENSI))
            excel(
                by, lambda: frame, kind="kompetensi", title=t.KOMPETENSI, event=found.event, parts=(results.revision(),)
            )


def _scale(by: Actor, found: Results, form: ScaleForm) -> None:
    """One form of scale questions."""
    st.subheader(feedback.escape(form.title), anchor=False)
    if form.about and form.about not in form.title:
        st.caption(feedback.escape(t.TENTANG.format(nama=form.about)))
    if not form.n:
        st.caption(t.BELUM_ADA_JAWABAN)
        return
    if form.phase == "kepuasan" and form.index is not None:
        say(sentences.satisfaction(form.index, found.unsur_names(form)))
    elif form.scale is not None and form.items and not isinstance(form.scale.figures, Withheld):
        mean, top = tables.number(form.scale.figures.mean, 2), form.items[0][1].max
        st.markdown(feedback.escape(t.RATA.format(nilai=mean, maksimum=top, n=form.n)))
    bars, steps = tables.scale_bars(form)
    _draw(found, form.title, lambda: charts.scale_shares(bars, steps, t.BAGIAN_JAWABAN, t.JAWABAN), form.form_id)
    frame = tables.scale(form)
    draw.table(frame, alt=t.ALT_SKALA.format(judul=form.title))
    parts = (results.revision(), form.form_id)
    excel(by, lambda: frame, kind=f"skala_{form.form_id}", title=form.title, event=found.event, parts=parts)


def comments(by: Actor, found: Results) -> None:
    """Free answers, readable and searchable, without their writers."""
    if not found.comments:
        st.caption(t.TIDAK_ADA_KOMENTAR)
        return
    wanted = st.text_input(t.CARI, key="cari_komentar", type="search", autocomplete="off")
    frame = tables.comments(found, wanted or "")
    st.caption(t.KOMENTAR_JUMLAH.format(tampil=len(frame), jumlah=len(found.comments)))
    draw.table(frame, alt=t.ALT_TABEL.format(judul=t.KOMENTAR))
    parts = (results.revision(), wanted)
    excel(by, lambda: frame, kind="komentar", title=t.KOMENTAR, event=found.event, parts=parts)


def across(by: Actor, found: Results) -> None:
    """This event among the others of the region, or of its yearly series."""
    lines = results.across(by)
    if found.event["seri"] and st.toggle(t.SERI_SAJA, key="seri", bind="query-params"):
        lines = [line for line in lines if line.series == found.event["seri"]]
    rows = pd.DataFrame(
        [
            (
                f"{line.begins.year}\n{line.title[:28]} ({line.id})",
                line.pairs.pre.mean,
                line.pairs.post.mean,
                line.pairs.n,
            )
            for line in lines
            if line.pairs is not None and given(line.pairs.pre.mean) and given(line.pairs.post.mean)
        ],
        columns=["label", "pre", "post", "n"],
    )
    st.subheader(t.LINTAS_JUDUL, anchor=False)
    if len(rows):
        _draw(found, "lintas", lambda: charts.over_events(rows, t.NILAI, t.SISI), by.scope.root, len(rows))
    frame = tables.across(lines)
    draw.table(frame, alt=t.ALT_TABEL.format(judul=t.LINTAS_JUDUL))
    st.caption(t.LINTAS_URAIAN)
    parts = (results.revision(), len(lines), by.scope.root)
    excel(by, lambda: frame, kind="lintas_kegiatan", title=t.LINTAS_JUDUL, event=found.event, parts=parts)


SECTIONS: dict[str, Callable[[Actor, Results], None]] = {
    t.RINGKAS: summary,
    t.PERORANGAN: persons,
    t.KELOMPOK: groups,
    t.BUTIR: items,
    t.EVALUASI: scales,
    t.KOMENTAR: comments,
    t.LINTAS: across,
}

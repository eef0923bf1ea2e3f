"""Ringkasan: what LKS exist, in which kluster and state, and what ends next; read in ten seconds."""

import streamlit as st

from domain import figures
from domain.lks import quarter_start
from domain.permissions import Permission
from services import clock, wording
from ui import draw, filters, frame, readings, state, views
from ui.dokumen import buttons
from ui.indikator import origins, words
from ui.rapat import open_actions
from ui.text import nilai, umum
from ui.text import pantau as t

TOTAL = "total_lks"
MEASURES = (
    "terdaftar",
    "terakreditasi",
    "terakreditasi_semua",
    "aktif",
    "berbadan_hukum",
    "terverifikasi",
    "kelengkapan",
)
WINDOWS = ("berakhir_lewat", "berakhir_30", "berakhir_90", "berakhir_180")
SEEN = ("belum_verifikasi", "klien_dalam", "klien_luar")

by = state.actor()
on = clock.today()
chosen = frame.opening(by, umum.RINGKASAN, on, filters.bar)

found = readings.summary(by, chosen, on)
if found.total == 0:
    frame.nothing(by, chosen)
    frame.published(found)
    st.stop()

# Every figure is the dictionary's, so that one click tells what it is made of.
told = readings.figures(by, chosen, on, (TOTAL, *MEASURES, *WINDOWS, *SEEN))
names = {TOTAL: t.TOTAL} | {kode: wording.measure(kode)["judul"] for kode in MEASURES}
with st.grid(4, min_column_width=150):
    place = t.PADA.format(tempat=readings.path(found.wilayah)[-1])
    lines = {kode: origins.line(told[kode]) for kode in names} | {TOTAL: origins.line(told[TOTAL]) or place}
    for kode, name in names.items():
        rule = told[kode].definition.definisi
        frame.figure(name, words.number(told[kode], told[kode].nilai), rule, lines[kode])
origins.row(by, names, chosen, on)

cards = st.grid(2, min_column_width=340)
with cards.container(border=True, height="stretch"):
    st.header(t.MENURUT_KLUSTER)
    picked = draw.chart(
        views.kluster_spec(by, chosen, on, found),
        key="ringkasan_kluster",
        alt=t.ALT_KLUSTER.format(total=figures.integer(found.total)),
        select=True,
    )
    if picked:
        filters.pick_kluster(picked)
    st.caption(t.ATURAN_KLUSTER.format(ganda=figures.integer(found.in_many), kosong=figures.integer(found.in_none)))

with cards.container(border=True, height="stretch"):
    st.header(t.SEGERA_BERAKHIR)
    with st.grid(4, min_column_width=95):
        for (window, name), kode in zip(t.JENDELA.items(), WINDOWS, strict=True):
            rule = t.RINCIAN_BERAKHIR.format(**found.expiring[window])
            frame.small(name, told[kode], rule)
    origins.row(by, dict(zip(WINDOWS, t.JENDELA.values(), strict=True)), chosen, on, "asal_berakhir")
    soon = views.soon(by, chosen, on, 180, 6)
    if len(soon) == 0:
        st.caption(t.TIDAK_ADA_BERAKHIR)
    else:
        draw.table(soon, alt=t.ALT_TABEL.format(judul=t.SEGERA_BERAKHIR))
        draw.excel(
            by, lambda: views.expiring(by, chosen, on, 180), kind="berakhir", title=t.SEGERA_BERAKHIR, chosen=chosen
        )
        buttons.issue(by, "segera_berakhir", chosen)

if by.may(Permission.VIEW_MEETINGS):
    with cards.container(border=True, height="stretch"):
        open_actions.block(by, chosen.wilayah or by.scope.root)

with cards.container(border=True, height="stretch"):
    st.header(t.PERLU_DILIHAT)
    with st.grid(3, min_column_width=110):
        labels = {kode: t.KLIEN.format(tempat=nilai.SETTINGS[kode[6:]].lower()) for kode in SEEN[1:]}
        labels = {SEEN[0]: t.VERIFIKASI} | labels
        for kode, name in labels.items():
            reporting = told[kode].lengkap or (0, 0)
            rule = t.KLIEN_URAIAN.format(jumlah=figures.integer(reporting[0]))
            frame.small(name, told[kode], told[kode].definition.definisi if kode == SEEN[0] else rule)
    origins.row(by, labels, chosen, on, "asal_perlu")
    st.caption(t.TANPA_AKHIR.format(**found.without_end))

with st.container(border=True):
    since = quarter_start(on)
    st.header(t.PERUBAHAN.format(tanggal=figures.date_long(since)))
    moved, table = views.changes(by, chosen, since, on)
    if moved.reaches:
        draw.table(table, alt=t.ALT_TABEL.format(judul=t.PERUBAHAN.format(tanggal=figures.date_long(since))))
        st.caption(frame.gains(moved))
    else:
        st.caption(t.BELUM_ADA_RIWAYAT.format(tanggal=figures.date_long(moved.history_from)))

buttons.issue(by, "triwulan", chosen)
frame.published(found)
frame.source(on, found.sample_count)

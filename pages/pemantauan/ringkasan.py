"""Ringkasan: what LKS exist, in which kluster and state, and what ends next; read in ten seconds."""

import streamlit as st

from domain import figures
from domain.lks import quarter_start
from services import clock, wording
from ui import draw, filters, frame, readings, state, views
from ui.text import nilai, umum
from ui.text import pantau as t

by = state.actor()
chosen = filters.sidebar(by)
on = clock.today()
frame.header(by, umum.RINGKASAN, chosen, on)

found = readings.summary(by, chosen, on)
if found.total == 0:
    frame.nothing(by, chosen)
    frame.published(found)
    st.stop()

with st.grid(3, min_column_width=150):
    frame.figure(
        t.TOTAL,
        figures.integer(found.total),
        wording.measure("total")["aturan"],
        t.PADA.format(tempat=readings.path(found.wilayah)[-1]),
    )
    for measure in ("terdaftar", "terakreditasi", "aktif", "berbadan_hukum", "kelengkapan"):
        above, below = found.measures[measure]
        words = wording.measure(measure)
        frame.figure(words["judul"], figures.percent(above, below), words["aturan"], figures.out_of(above, below))

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
        for window, name in t.JENDELA.items():
            counts = found.expiring[window]
            st.metric(name, figures.integer(sum(counts.values())), help=t.RINCIAN_BERAKHIR.format(**counts))
    soon = views.soon(by, chosen, on, 180, 6)
    if len(soon) == 0:
        st.caption(t.TIDAK_ADA_BERAKHIR)
    else:
        draw.table(soon, alt=t.ALT_TABEL.format(judul=t.SEGERA_BERAKHIR))
        draw.excel(
            by, lambda: views.expiring(by, chosen, on, 180), kind="berakhir", title=t.SEGERA_BERAKHIR, chosen=chosen
        )

with cards.container(border=True, height="stretch"):
    since = quarter_start(on)
    st.header(t.PERUBAHAN.format(tanggal=figures.date_long(since)))
    moved, table = views.changes(by, chosen, since, on)
    if moved.reaches:
        draw.table(table, alt=t.ALT_TABEL.format(judul=t.PERUBAHAN.format(tanggal=figures.date_long(since))))
        st.caption(frame.gains(moved))
    else:
        st.caption(t.BELUM_ADA_RIWAYAT.format(tanggal=figures.date_long(moved.history_from)))

with cards.container(border=True, height="stretch"):
    st.header(t.PERLU_DILIHAT)
    with st.grid(3, min_column_width=110):
        st.metric(t.VERIFIKASI, figures.integer(found.unverified), help=wording.measure("terverifikasi")["aturan"])
        for setting, (clients, reporting) in readings.clients(by, chosen, on).items():
            label = t.KLIEN.format(tempat=nilai.SETTINGS[setting].lower())
            st.metric(label, figures.integer(clients), help=t.KLIEN_URAIAN.format(jumlah=figures.integer(reporting)))
    st.caption(t.TANPA_AKHIR.format(**found.without_end))

frame.published(found)
frame.source(on, found.sample_count)

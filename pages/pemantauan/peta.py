"""Peta: any measure by province, kab/kota and kecamatan, down to the LKS themselves; a click goes deeper."""

import streamlit as st

from domain import figures
from domain.wilayah import level
from services import clock, peta, wording
from ui import draw, filters, frame, readings, state, views
from ui.indikator import origins
from ui.text import pantau as t
from ui.text import umum

by = state.actor()
on = clock.today()
chosen = frame.opening(by, umum.PETA, on, filters.bar)
root = chosen.wilayah or by.scope.root
depth = level(root)

measure = st.selectbox(
    t.UKURAN_PETA,
    views.MAP_MEASURES,
    format_func=lambda name: wording.measure(name)["judul"],
    key="ukuran",
    bind="query-params",
    width=320,
)

title = wording.measure(measure)["judul"]
with st.container(border=True):
    if root is not None and depth in ("kabkota", "kecamatan"):
        spec = views.points_spec(by, chosen, on, root)
        count = figures.integer(len(readings.map_points(by, chosen, on)))
        picked = draw.chart(spec, key=f"titik_{root}", alt=t.ALT_TITIK.format(jumlah=count), select=True)
        if picked:
            st.switch_page(state.page("profil_lks"), query_params={"lks": picked})
    else:
        layer = "provinsi" if depth == "nasional" else "kabkota"
        spec = views.map_spec(by, chosen, on, measure, layer, root)
        picked = draw.chart(spec, key=f"peta_{layer}_{root}", alt=t.ALT_PETA.format(ukuran=title), select=True)
        if picked:
            filters.go_soon(picked)
    st.caption(
        f"{t.PETA_PETUNJUK if depth in ('nasional', 'provinsi') else t.PETA_PETUNJUK_TITIK} {peta.attribution(by)}"
    )

with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(f"{t.MENURUT_WILAYAH} · {title}", width="stretch")
        draw.excel(by, lambda: views.region_table(by, chosen, on, measure), kind="wilayah", title=title, chosen=chosen)
    draw.table(views.region_drawn(by, chosen, on, measure), alt=t.ALT_TABEL.format(judul=t.MENURUT_WILAYAH))
    st.caption(wording.measure(measure)["aturan"])
    origins.row(by, {"total_lks" if measure == views.TOTAL else measure: title}, chosen, on)

with st.container(border=True):
    issues = views.issues_drawn(by, chosen, on)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(f"{t.KOORDINAT_JUDUL} · {figures.integer(len(issues))}", width="stretch")
        if len(issues):
            draw.excel(
                by, lambda: views.issues(by, chosen, on), kind="koordinat", title=t.KOORDINAT_JUDUL, chosen=chosen
            )
    if len(issues) == 0:
        st.caption(t.KOORDINAT_BERES)
    else:
        draw.table(issues, alt=t.ALT_TABEL.format(judul=t.KOORDINAT_JUDUL))

frame.source(on, readings.sample_count(by, chosen, on))

"""Kluster: service clusters crosswise with region, the status axes and the place of service."""

import streamlit as st

from domain import figures
from domain.lks import AXES
from services import clock
from ui import draw, filters, frame, readings, state, views
from ui.indikator import origins
from ui.text import nilai, umum
from ui.text import pantau as t

by = state.actor()
on = clock.today()
chosen = frame.opening(by, umum.KLUSTER, on, filters.bar)

found = readings.summary(by, chosen, on)
if found.total == 0:
    frame.nothing(by, chosen)
    st.stop()

st.info(
    t.ATURAN_KLUSTER.format(ganda=figures.integer(found.in_many), kosong=figures.integer(found.in_none)),
    icon=":material/info:",
)
with st.container(border=True):
    st.header(f"{t.MENURUT_KLUSTER} · {figures.integer(found.total)} {t.LKS}")
    picked = draw.chart(
        views.kluster_spec(by, chosen, on, found),
        key="klaster_batang",
        alt=t.ALT_KLUSTER.format(total=figures.integer(found.total)),
        select=True,
    )
    if picked:
        filters.pick_kluster(picked)
    known = {"total_lks": t.TOTAL, "kluster_ganda": t.KLUSTER_GANDA, "kluster_kosong": t.KLUSTER_KOSONG}
    of_kluster = readings.kluster_names().items()
    known |= {f"lks_kluster_{kode}": name for kode, name in of_kluster if found.kluster.get(kode)}
    origins.row(by, known, chosen, on)

with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = list(t.SUMBU)
        rows = st.selectbox(
            t.BARIS, names, format_func=lambda name: t.SUMBU[name], key="baris", bind="query-params", width=220
        )
        columns = st.selectbox(
            t.KOLOM, names, index=1, format_func=lambda name: t.SUMBU[name], key="kolom", bind="query-params", width=220
        )
    if rows == columns:
        st.info(t.SUMBU_SAMA, icon=":material/swap_horiz:")
    else:
        title = f"{t.SUMBU[rows]} × {t.SUMBU[columns]}"
        spec = views.crosstab_spec(by, chosen, on, rows, columns)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(title, width="stretch")
            draw.excel(
                by, lambda: views.crosstab(by, chosen, on, rows, columns), kind="klaster", title=title, chosen=chosen
            )
        alt = t.ALT_SILANG.format(baris=t.SUMBU[rows], kolom=t.SUMBU[columns])
        if spec is not None:
            draw.chart(spec, key=f"silang_{rows}_{columns}", alt=alt)
        draw.table(views.crosstab_drawn(by, chosen, on, rows, columns), alt=alt)

with st.container(border=True):
    axis = st.segmented_control(
        t.BAGIAN_WILAYAH,
        AXES,
        default=AXES[0],
        required=True,
        format_func=lambda name: nilai.AXIS_TITLES[name],
        key="sumbu",
        bind="query-params",
    )
    share = views.axis_share(by, chosen, on, axis)
    if share is not None:
        draw.chart(share, key=f"bagian_{axis}", alt=t.ALT_BAGIAN.format(sumbu=nilai.AXIS_TITLES[axis]))

frame.source(on, found.sample_count)

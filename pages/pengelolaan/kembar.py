"""Near-duplicate LKS names of one kab/kota: merge them, or say that they are two; merges can be taken back."""

import streamlit as st

from domain import figures
from services import merging
from ui import state
from ui.profile import saving, twins
from ui.text import profil as t
from ui.text import umum

SIZE = 20
by = state.actor()
saving.notice()
st.title(umum.KEMBAR, anchor=False)
st.write(t.KEMBAR_URAIAN)
with st.container(horizontal=True, vertical_alignment="bottom"):
    wilayah = twins.region(by)
    least = st.slider(t.KEMBAR_BATAS, 60, 100, merging.LIKE, 5, "%d%%", key="kembar_batas", bind="query-params")
pairs = merging.near_duplicates(by, wilayah, least)
if pairs.empty:
    st.info(t.KEMBAR_KOSONG_URAIAN, title=t.KEMBAR_KOSONG_JUDUL, icon=":material/check_circle:")
else:
    st.caption(t.KEMBAR_JUMLAH.format(jumlah=figures.integer(len(pairs))))
    pages = -(-len(pairs) // SIZE)
    number = st.pagination(pages, key="kembar_hal", bind="query-params") if pages > 1 else 1
    for row in pairs.iloc[(number - 1) * SIZE : number * SIZE].itertuples():
        twins.pair(by, row)
twins.merges(by)

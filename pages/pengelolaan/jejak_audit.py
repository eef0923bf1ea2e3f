"""The audit trail: filters, the table, and what exactly one row changed."""

from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from domain.permissions import Permission
from services import audit, clock, downloads
from ui import state
from ui.text import kelola as t

SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
by = state.actor()
st.title(t.AUDIT)
st.write(t.AUDIT_URAIAN)
known = audit.vocabulary(by)


def day(label: str, key: str) -> date | None:
    picked = st.date_input(label, None, max_value=clock.today(), key=key, format="DD/MM/YYYY", bind="query-params")
    return picked if isinstance(picked, date) else None


with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # Neither people nor free text in the address: a shared link must not carry anybody's name.
        pelaku = st.selectbox(t.PELAKU, known["pelaku"], None, placeholder=t.SEMUA)
        aksi = st.selectbox(t.AKSI, known["aksi"], None, t.aksi, "audit_aksi", placeholder=t.SEMUA, bind="query-params")
        objek = st.selectbox(
            t.OBJEK, known["objek"], None, t.objek, "audit_objek", placeholder=t.SEMUA, bind="query-params"
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mulai, sampai = day(t.MULAI, "audit_dari"), day(t.SAMPAI, "audit_sampai")
        teks = st.text_input(t.CARI_AUDIT, placeholder=t.CARI_AUDIT_CONTOH, type="search", autocomplete="off")
filters = audit.Filters(pelaku=pelaku, aksi=aksi, objek=objek, mulai=mulai, sampai=sampai, teks=teks)

frame, total = audit.trail(by, filters, int(st.session_state.get("audit_hal", 1)), SIZE)
if not total:
    st.info(t.AUDIT_KOSONG_SARAN, title=t.AUDIT_KOSONG, icon=":material/search_off:")
    st.stop()

with st.container(horizontal=True, vertical_alignment="center"):
    st.caption(t.jumlah_catatan(total), width="stretch")
    if by.may(Permission.EXPORT_REGISTER) and st.button(
        t.SIAPKAN_EXCEL, icon=":material/table_view:", help=t.sampai_sekian(audit.MAX_EXPORT)
    ):
        content = audit.export(by, filters, t.KOLOM_AUDIT_EXCEL, t.tentang_audit(filters, clock.now()))
        name = f"jejak_audit_{clock.today().isoformat()}.xlsx"
        st.link_button(
            t.UNDUH_EXCEL, downloads.put(by, name, content, XLSX), icon=":material/download:", type="primary"
        )

rows: list[Any] = [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]
table = [
    {name: row[name] for name in t.KOLOM_AUDIT}
    | {"pada": f"{row['pada']:%d/%m/%Y %H.%M.%S}", "aksi": t.aksi(row["aksi"]), "objek": t.objek(row["objek"])}
    for row in rows
]
event = st.dataframe(
    pa.Table.from_pylist(table),
    hide_index=True,
    key="tabel_audit",
    on_select="rerun",
    selection_mode="single-row",
    column_config=t.KOLOM_AUDIT,
    placeholder="-",
    alt=t.AUDIT_ALT,
)
st.pagination(-(-total // SIZE), key="audit_hal", bind="query-params")

chosen = [number for number in event["selection"]["rows"] if number < len(rows)]
if not chosen:
    st.caption(t.PILIH_AUDIT)
    st.stop()

row = rows[chosen[0]]
st.header(t.judul_catatan(row["aksi"], row["objek"], row["objek_id"]), anchor=False)
st.text(f"{row['pelaku']}, {row['pada']:%d/%m/%Y %H.%M} WIB" + (f"\n{row['alasan']}" if row["alasan"] else ""))
changed = audit.changes(row["sebelum"], row["sesudah"])
if not changed:
    st.caption(t.TANPA_PERUBAHAN)
    st.stop()
st.dataframe(
    [
        {t.BIDANG: t.bidang(name), t.SEBELUM: audit.plain(before), t.SESUDAH: audit.plain(after)}
        for name, before, after in changed
    ],
    hide_index=True,
    alt=t.PERUBAHAN_ALT,
)
if not by.may(Permission.REVEAL_PERSONAL):
    st.caption(t.TERSEMBUNYI)

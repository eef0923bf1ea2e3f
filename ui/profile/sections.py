"""The read parts of the profile page, each with its "Ubah" for those who may."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from domain import figures
from domain.lks import OFFICER_FIELDS
from domain.permissions import Actor, Permission
from services import clock, peta
from services import profile as profiles
from ui import draw, feedback, readings, state, views
from ui.charts import maps, theme
from ui.profile import forms
from ui.profile.words import kept, value, word
from ui.text import nilai, umum
from ui.text import profil as t

Colour = Any
_GOOD = {("hukum", "berbadan_hukum"), ("aktif", "aktif"), ("daftar", "terdaftar")}
_BAD = {("aktif", "tidak_aktif"), ("aktif", "alamat_tidak_ditemukan"), ("daftar", "dicabut")}
_BAD |= {("akreditasi", "tidak_layak")}
_KLUSTER_COLOURS = {"anak": "blue", "lansia": "orange", "disabilitas": "green", "tuna_sosial": "red"} | {
    "napza": "yellow",
    "korban_kekerasan": "violet",
}
_URGENT = {"lewat": "red", "30": "orange", "90": "orange", "180": "yellow"}
_SHORT_HISTORY = 8
# in the title, the path, the map, or the cards of the officers
_SHOWN_ELSEWHERE = {"nama", "lat", "lon", "kode_wilayah", "ketua_nik", *OFFICER_FIELDS}


def colour(axis: profiles.Axis) -> Colour:
    """The badge colour of an axis; the word beside it carries the meaning."""
    if axis.value is None:
        return "gray"
    pair = (axis.id, axis.value)
    if pair in _BAD or (axis.until is not None and axis.urgency == "lewat"):
        return "red"
    if pair in _GOOD:
        return "green"
    return "orange" if axis.value in ("tidak_berbadan_hukum", "belum_terdaftar", "belum") else "blue"


def _badge(text: str, shade: Colour, icon: str = "") -> str:
    """A badge as Markdown: many of them are one element."""
    return f":{shade}-badge[{f':material/{icon}: ' if icon else ''}{feedback.escape(text)}]"


def _small(text: str) -> str:
    """A caption as Markdown."""
    return f":small[:gray[{feedback.escape(text)}]]"


def _plain(text: str) -> str:
    """Text as Markdown that shows it as it is, line by line."""
    return "  \n".join(feedback.escape(line.strip()) for line in text.splitlines() if line.strip())


def _row(cells: Iterable[str]) -> str:
    """One row of a table in Markdown."""
    return "| " + " | ".join(cells) + " |"


def _heading(title: str, may: bool, open_dialog: Callable[[], None] | None, label: str = t.UBAH) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(title, anchor=False, width="stretch")
        if may and open_dialog and st.button(label, key=f"ubah_{title}", icon=":material/edit:", type="tertiary"):
            open_dialog()


def may_edit(by: Actor, found: profiles.Profile) -> bool:
    """True when edit controls are offered; the services look again."""
    return by.may(Permission.EDIT_REGISTER) and found.state == "aktif"


def header(by: Actor, found: profiles.Profile) -> None:
    """Path, name, badges of kluster and axes, and the state when the LKS is archived, merged or a sample."""
    record = found.record
    _path(by, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(feedback.escape(record["nama"]), anchor=False, width="stretch")
        if by.may(Permission.REVEAL_PERSONAL):
            if st.button(t.BUKA_PRIBADI, icon=":material/visibility:", type="tertiary"):
                forms.personal(by, found)
        if by.may(Permission.ARCHIVE_LKS) and found.state != "digabung":
            label = t.ARSIPKAN if found.state == "aktif" else t.PULIHKAN
            if st.button(label, icon=":material/archive:", type="tertiary"):
                forms.archive(by, found)
    badges = [_badge(t.CONTOH, "yellow", "science")] if record["contoh"] else []
    for kode in record["kluster"]:
        badges.append(_badge(word("kluster", kode, found.labels), _KLUSTER_COLOURS.get(kode, "gray"), "category"))
    for axis in found.axes:
        badges.append(_badge(f"{nilai.AXIS_TITLES[axis.id]}: {nilai.axis_value(axis.id, axis.value)}", colour(axis)))
    st.markdown(" ".join(badges))
    _state(found)


def _path(by: Actor, found: profiles.Profile) -> None:
    """Indonesia > provinsi > kab/kota > kecamatan, each step that the actor may see a way to its list."""
    offered, codes = readings.regions(by), [kode for kode, _ in found.path]
    steps: list[tuple[str | None, str]] = [(None, umum.INDONESIA), *found.path]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        for kode, name in steps:
            if kode in offered or (kode is None and by.scope.root is None):
                query = {"wilayah": offered[kode]} if kode else {}
                st.page_link(state.page("daftar_lks"), label=f"{name} ›", query_params=query)
            elif kode != codes[-1]:
                st.caption(feedback.escape(f"{name} ›"), width="content")
        last = f"{steps[-1][1]} · " if steps[-1][0] not in offered else ""
        st.caption(feedback.escape(last + found.record["kode_lks"]), width="content")


def _state(found: profiles.Profile) -> None:
    record = found.record
    if found.state == "arsip":
        when = figures.moment(record["diarsipkan_pada"], record["kabkota_kode"])
        said = t.ARSIP_URAIAN.format(kapan=when, alasan=record["arsip_alasan"] or "-")
        st.warning(feedback.escape(said), title=t.ARSIP, icon=":material/archive:")
    elif found.state == "digabung" and found.merged_into:
        kode, nama = found.merged_into
        st.warning(feedback.escape(t.DIGABUNG_URAIAN.format(nama=nama, kode=kode)), title=t.DIGABUNG)
        st.button(t.BUKA_TUJUAN.format(kode=kode), on_click=go_to, args=(kode,), icon=":material/arrow_forward:")


def go_to(kode: str | None) -> None:
    """Opens another profile by putting its code into the address; a callback."""
    if kode is None:
        st.query_params.pop("lks", None)
    else:
        st.query_params["lks"] = kode


def axes(by: Actor, found: profiles.Profile) -> None:
    """Five cards: value, date, paper and countdown of each axis, with its history."""
    st.header(t.STATUS, anchor=False)
    today = clock.today()
    grid = st.grid(5, min_column_width=155)
    for axis in found.axes:
        with grid.container(border=True, height="stretch", gap="xsmall"):
            said = [_small(nilai.AXIS_TITLES[axis.id]), _badge(nilai.axis_value(axis.id, axis.value), colour(axis))]
            said += [_plain(line) for line in _paper(axis)]
            if axis.until is not None:
                shade = _URGENT.get(axis.urgency, "green")
                said.append(_badge(figures.until(axis.until, today), shade, "schedule"))
            st.markdown("\n\n".join(said))
            if may_edit(by, found):
                if st.button(t.UBAH, key=f"ubah_sumbu_{axis.id}", icon=":material/edit:", type="tertiary"):
                    forms.axis(by, found, axis.id)
    with st.expander(t.SUMBU_RIWAYAT, icon=":material/history:"):
        _axis_history(found)


def _paper(axis: profiles.Axis) -> list[str]:
    lines = []
    if axis.value is not None:
        lines.append(t.SUMBU_TANGGAL.format(tanggal=figures.date_long(axis.on)) if axis.on else t.SUMBU_TANPA_TANGGAL)
    lines += [t.SUMBU_NOMOR.format(nomor=axis.number)] if axis.number else []
    lines += [t.SUMBU_PENERBIT.format(penerbit=axis.issuer)] if axis.issuer else []
    lines += [t.SUMBU_ATURAN.format(aturan=axis.rule)] if axis.rule else []
    lines += [t.SUMBU_SAMPAI.format(tanggal=figures.date_long(axis.until))] if axis.until else []
    return lines


def _axis_history(found: profiles.Profile) -> None:
    rows = sorted((row for axis in found.axes for row in axis.history), key=lambda row: row["id"], reverse=True)
    if not rows:
        st.caption(t.SUMBU_BELUM)
        return
    told = []
    for row in rows:
        axis, when = row["sumbu"], figures.moment(row["dicatat_pada"], found.record["kabkota_kode"])
        parts = [nilai.AXIS_TITLES[axis], nilai.axis_value(axis, row["nilai"]), figures.date_long(row["tanggal"])]
        said = f"{when} · {row['dicatat_oleh']}" + (f" · {row['alasan']}" if row["alasan"] else "")
        told.append(_plain(" · ".join(part for part in parts if part != figures.MISSING)) + "  \n" + _small(said))
    st.markdown("\n\n".join(told))


def facts(by: Actor, found: profiles.Profile, title: str) -> None:
    """One section as a table of labels and values, long texts below it; what is not filled in is named in one line."""
    _heading(title, may_edit(by, found), lambda: forms.section(by, found, title))
    names = [name for name in forms.SECTIONS[title] if name not in _SHOWN_ELSEWHERE]
    empty = [name for name in names if found.record.get(name) in (None, "", [])]
    shown = {name: value(name, found.record.get(name), found.labels).strip() for name in names if name not in empty}
    rows = [_row((_small(t.label(name)), feedback.escape(said))) for name, said in shown.items() if "\n" not in said]
    blocks = ["\n".join([_row((t.ISIAN, t.NILAI)), _row(("---", "---")), *rows])] if rows else []
    blocks += [_small(t.label(name)) + "  \n" + _plain(said) for name, said in shown.items() if "\n" in said]
    if empty:
        blocks.append(_small(t.BELUM_DIISI.format(daftar=", ".join(t.label(name) for name in empty))))
    # One element: as single ones the facts of a page take longer than all the rest of it.
    st.markdown("\n\n".join(blocks))


def _kept(name: str, found: profiles.Profile, rows: list[dict[str, Any]]) -> pa.Table:
    """A table of the profile, kept as it is drawn."""
    key = (found.record["id"], clock.today())
    return readings.words(f"profil_{name}", readings.revision(), *key, builder=lambda: views.arrow(pd.DataFrame(rows)))


def documents(by: Actor, found: profiles.Profile) -> None:
    """The papers of the region's checklist with their state, and how many of how many are there."""
    _heading(t.BERKAS, may_edit(by, found), lambda: forms.document(by, found), t.BERKAS_UBAH)
    place = dict(found.path).get(found.checklist_region)
    source = t.BERKAS_WILAYAH.format(wilayah=place) if place else t.BERKAS_UMUM
    st.markdown("**" + t.BERKAS_HITUNG.format(ada=found.have, semua=found.wanted) + "**  \n" + _small(source))
    rows = [
        {
            "keadaan": t.BERKAS_KEADAAN["ada" if paper.valid else "lewat" if paper.ada else "tidak"],
            "nama": t.BERKAS_SURAT.format(nama=paper.nama) if paper.surat else paper.nama,
            "berlaku_sampai": figures.date_short(paper.berlaku_sampai),
            "wajib": t.YA if paper.wajib else t.TIDAK,
            "nomor": paper.nomor,
            "tanggal": figures.date_short(paper.tanggal),
        }
        for paper in found.documents
    ]
    draw.table(_kept("berkas", found, rows), alt=t.BERKAS_TABEL, column_config=t.BERKAS_KOLOM)


def clients(by: Actor, found: profiles.Profile) -> None:
    """Clients served by group, setting and period."""
    _heading(t.BINAAN, may_edit(by, found), lambda: forms.clients(by, found), t.BINAAN_UBAH)
    if not found.clients:
        st.caption(t.BINAAN_KOSONG)
        return
    groups = found.labels["kelompok"]
    rows = [
        {
            "kelompok": groups.get(row["kelompok"], t.BINAAN_SEMUA if row["kelompok"] == "semua" else row["kelompok"]),
            "setting": nilai.setting(row["setting"]),
            "periode": row["periode"] or t.BINAAN_TANPA_PERIODE,
            "jumlah": figures.integer(row["jumlah"]),
        }
        for row in found.clients
    ]
    draw.table(_kept("binaan", found, rows), alt=t.BINAAN_TABEL, column_config=t.BINAAN_KOLOM)


def officers(found: profiles.Profile) -> None:
    """The officers with masked numbers."""
    if not found.officers:
        st.caption(t.PENGURUS_KOSONG)
        return
    lines = [_row(t.PENGURUS_KOLOM), _row(["---"] * len(t.PENGURUS_KOLOM))]
    for row in found.officers:
        said = (t.JABATAN[row["jabatan"]], row["nama"], *(figures.missing(row[name]) for name in ("telepon", "nik")))
        lines.append(_row([feedback.escape(text) for text in said]))
    st.markdown("\n".join(lines))


def aid(by: Actor, found: profiles.Profile) -> None:
    """Aid received, newest year first; a selected row opens for change."""
    may = may_edit(by, found)
    _heading(t.BANTUAN, may, lambda: forms.aid(by, found, None), t.BANTUAN_TAMBAH)
    if not found.aid:
        st.caption(t.BANTUAN_KOSONG)
        return
    rows = [
        {
            "tahun": str(row["tahun"]),
            "jenis": row["jenis"],
            "sumber": found.labels["sumber"].get(row["sumber"], row["sumber"]),
            "nilai_rupiah": figures.rupiah(row["nilai_rupiah"]),
            "penerima": figures.integer(row["penerima"]),
            "catatan": row["catatan"],
        }
        for row in found.aid
    ]
    draw.table(_kept("bantuan", found, rows), alt=t.BANTUAN_TABEL, column_config=t.BANTUAN_KOLOM)
    if may:
        titles = {row["id"]: f"{row['tahun']} · {row['jenis']}" for row in found.aid}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            picked = st.selectbox(
                t.BANTUAN_UBAH, list(titles), None, titles.__getitem__, key="pilih_bantuan", placeholder=t.PILIH
            )
            if st.button(t.UBAH, key="ubah_bantuan", disabled=picked is None):
                forms.aid(by, found, next(row for row in found.aid if row["id"] == picked))


def place(by: Actor, found: profiles.Profile) -> None:
    """A small map of the point in its kab/kota; without a coordinate only the sentence."""
    st.header(t.LOKASI, anchor=False)
    record = found.record
    if record["lat"] is None:
        st.caption(t.LOKASI_KOSONG)
        return
    kabkota = record["kabkota_kode"]
    first = record["kluster"][0] if record["kluster"] else "lainnya"
    url, frame = peta.shapes_url(by, "kabkota"), peta.frame_of(kabkota) or maps.INDONESIA

    def picture() -> readings.Picture:
        point = {"lat": record["lat"], "lon": record["lon"], "nama": record["nama"], "kode": record["kode_lks"]}
        point |= {"kluster": first, "kluster_label": word("kluster", first, found.labels), "label": found.path[1][1]}
        rows = pd.DataFrame([point])

        def drawn() -> dict[str, Any]:
            chart = maps.points(rows, url, frame=frame, prefix=kabkota, legend_title=umum.KLUSTER, height=260)
            return theme.as_spec(chart)

        return readings.Picture(views.arrow(rows), (kabkota, url, first), drawn)

    spec = readings.spec("profil", readings.revision(), record["id"], builder=picture)
    draw.chart(spec, key="peta_profil", alt=t.LOKASI_ALT.format(nama=record["nama"]))
    degrees = [f"{record[name]:.5f}".replace(".", ",") for name in ("lat", "lon")]
    st.caption(feedback.escape(t.LOKASI_TITIK.format(lat=degrees[0], lon=degrees[1])) + "  \n" + umum.BATAS_INDIKATIF)


def history(found: profiles.Profile) -> None:
    """Every change, newest first; the older ones folded away."""
    st.header(t.RIWAYAT, anchor=False)
    if not found.history:
        st.caption(t.RIWAYAT_KOSONG)
    _events(found, found.history[:_SHORT_HISTORY])
    older = found.history[_SHORT_HISTORY:]
    if older:
        with st.expander(t.RIWAYAT_LAMA.format(jumlah=figures.integer(len(older)))):
            _events(found, older)


def _events(found: profiles.Profile, events: Sequence[dict[str, Any]]) -> None:
    if events:
        st.markdown("\n\n".join("  \n".join(_event(found, event)) for event in events))


def _event(found: profiles.Profile, event: dict[str, Any]) -> list[str]:
    """The lines of one change as Markdown."""
    when = figures.moment(event["pada"], found.record["kabkota_kode"])
    lines = [_small(f"{when} · {event['pelaku']} · {t.tindakan(event['aksi'], event['objek'])}")]
    for name in dict.fromkeys([*event["sebelum"], *event["sesudah"]]):
        if name == "id":
            continue
        before, after = (kept(name, event[side].get(name), found.labels) for side in ("sebelum", "sesudah"))
        said = after if name not in event["sebelum"] or before == t.kosong(None) else f"{before} → {after}"
        lines.append(_plain(f"{t.label(name)}: {said}"))
    return lines + ([_plain(t.RIWAYAT_ALASAN.format(alasan=event["alasan"]))] if event["alasan"] else [])

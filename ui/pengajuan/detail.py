"""One online application on one page: who sent it, its clock, each field beside the register, its papers, its steps."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from domain.wilayah import is_kode
from services import profile as profiles
from services import wording
from services.application_review import Verdict
from services.applications import Application, Field, Paper
from ui import feedback, readings, state
from ui.pengajuan import steps
from ui.profile import forms, registering
from ui.profile.words import value
from ui.text import nilai, profil, umum
from ui.text import pengajuan as t

_COLOURS = {"diterapkan": "green", "ditolak": "red", "dikembalikan": "orange", "diperiksa": "violet"}
_VERDICTS = {"diterima": "green", "ditolak": "orange", "menunggu": "gray"}
_FORWARD = ("periksa", "terapkan")
_YES = Verdict("diterima")


def _badge(text: str, colour: str, icon: str = "") -> str:
    return f":{colour}-badge[{f':material/{icon}: ' if icon else ''}{feedback.escape(text)}]"


def _small(text: str, colour: str = "gray") -> str:
    return f":small[:{colour}[{feedback.escape(text)}]]"


def header(found: Application) -> None:
    """The name, the kind and state, who sent it and when, and the clock of the service time."""
    row = found.row
    st.caption(" › ".join(name for _, name in found.path))
    st.title(feedback.escape(row["nama"]), anchor=False)
    marks = [
        _badge(t.JENIS[row["jenis"]], "blue"),
        _badge(t.STATUS[row["status"]], _COLOURS.get(row["status"], "blue")),
    ]
    marks += [_badge(umum.CONTOH, "gray")] if row["contoh"] else []
    st.markdown(" ".join(marks))
    when = figures.moment(row["diterima_pada"], found.path[1][0] if len(found.path) > 1 else None)
    who = {
        "nama": row["pengaju"],
        "jabatan": t.jabatan(row["pengaju_jabatan"]),
        "telepon": row["pengaju_telepon"] or "-",
    }
    lines = [t.PENGAJU.format(**who, kapan=when), _clock(found)]
    if row["diminta"]:
        lines.append(t.DIMINTA.format(daftar=steps.asked_words(found)))
    if row["catatan"] and row["status"] != "ditolak":
        lines.append(t.PESAN_LKS.format(catatan=row["catatan"]))
    st.markdown("  \n".join(feedback.escape(line) for line in lines))


def _clock(found: Application) -> str:
    if found.row["status"] == "dikembalikan":
        return t.PADA_LKS
    if found.clock is not None:
        return registering.clock_words(profiles.Request(found.row, found.clock, []))
    if found.complete_on is not None:
        return f"{t.LENGKAP_SEJAK.format(tanggal=figures.date_long(found.complete_on))} {profil.JAM_TIDAK_ADA}"
    return t.BELUM_LENGKAP.format(daftar=", ".join(paper.nama for paper in found.missing))


def outcome(found: Application) -> None:
    """What became of a closed application, with the way to where it goes on."""
    row = found.row
    if row["status"] == "ditolak":
        st.warning(feedback.escape(t.DITOLAK.format(catatan=row["catatan"] or "")), icon=":material/block:")
    if row["status"] == "diterapkan":
        st.success(steps.finished(found), icon=":material/check_circle:")
        _links(found)


def _links(found: Application) -> None:
    with st.container(horizontal=True):
        if found.row["kode_lks"]:
            to = {"lks": found.row["kode_lks"]}
            st.page_link(state.page("profil_lks"), label=t.BUKA_PROFIL, icon=":material/open_in_new:", query_params=to)
        if found.row["permohonan_id"] is not None:
            st.page_link(state.page("permohonan"), label=t.BUKA_PERMOHONAN, icon=":material/pending_actions:")


def actions(by: Actor, found: Application) -> None:
    """The steps that may be taken now, those that lead on first, and what stands in the way of the last one."""
    if not found.next_steps:
        return
    reviewing = found.row["status"] == "diperiksa"
    if reviewing:
        left = t.SIAP if not found.undecided else t.BELUM_DIPUTUS.format(jumlah=figures.integer(found.undecided))
        st.caption(left)
    elif "periksa" in found.next_steps:
        st.caption(t.MULAI_DULU)
    dialogs = {"terapkan": steps.apply, "kembalikan": steps.send_back, "tolak": steps.refuse, "periksa": steps.take_up}
    with st.container(horizontal=True):
        for step in sorted((s for s in found.next_steps if s in dialogs), key=lambda step: step not in _FORWARD):
            held = step == "terapkan" and found.undecided > 0
            kind: Any = "primary" if step in _FORWARD else "secondary"
            if st.button(t.LANGKAH[step], key=f"langkah_{step}", type=kind, disabled=held):
                dialogs[step](by, found)
        if by.may(Permission.REVEAL_PERSONAL):
            if st.button(profil.BUKA_PRIBADI, key="buka_pribadi", icon=":material/visibility:", type="tertiary"):
                steps.personal(by, found)


def likely(by: Actor, found: Application) -> None:
    """LKS that this may be already, each with the way to tie the application to it; or the one it is tied to."""
    row, deciding = found.row, found.row["status"] == "diperiksa"
    if row["lks_id"] is not None:
        if row["status"] in ("diterapkan", "ditolak"):
            return
        said = t.TERTAUT.format(nama=row["lks_nama"] or "", kode=row["kode_lks"] or "")
        st.info(feedback.escape(said), icon=":material/link:")
        with st.container(horizontal=True):
            _links(found)
            if deciding and row["jenis"] == "baru" and st.button(t.LEPAS, key="lepas", type="tertiary"):
                steps.attach(by, found, None)
        return
    if not found.near:
        return
    with st.container(border=True):
        st.warning(t.MUNGKIN_URAIAN, title=t.MUNGKIN_JUDUL, icon=":material/difference:")
        for near in found.near[:5]:
            with st.container(horizontal=True, vertical_alignment="center"):
                likeness = profil.KEMIRIPAN.format(skor=100 if near["sama"] else near["skor"])
                line = f"**{feedback.escape(near['nama'])}** {feedback.escape(near['kode_lks'])} {_badge(likeness, 'orange')}"
                st.markdown(line, width="stretch")
                to = {"lks": near["kode_lks"]}
                st.page_link(state.page("profil_lks"), label=t.BUKA_PROFIL, query_params=to)
                if deciding and st.button(t.TAUTKAN, key=f"taut_{near['id']}", icon=":material/link:"):
                    steps.attach(by, found, int(near["id"]))


# --- fields ----------------------------------------------------------------------------------------------------------


def fields(by: Actor, found: Application) -> None:
    """Every field that came, section by section, beside what the register says, each with its two buttons."""
    deciding = found.row["status"] == "diperiksa"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(t.ISIAN, anchor=False, width="stretch")
        clean = {f.bidang: _YES for f in found.fields if f.keadaan == "menunggu" and f.clean}
        if deciding and clean:
            words = t.TERIMA_BERSIH if found.register_version is None else t.TERIMA_SEARTI
            label = words.format(jumlah=figures.integer(len(clean)))
            if st.button(label, key="terima_bersih", icon=":material/done_all:"):
                steps.decide(by, found, clean)
    for gap in found.gaps:
        st.warning(
            feedback.escape(f"{profil.label(gap.column)}: {t.TIDAK_DIISI}. {wording.of_problem(gap)}"),
            icon=":material/rule:",
        )
    for title, lines in _sections(found.fields):
        with st.container(border=True):
            st.subheader(title, anchor=False)
            for line in lines:
                _field(by, found, line, deciding)


def _sections(lines: Sequence[Field]) -> list[tuple[str, list[Field]]]:
    titled = [(title, [line for line in lines if line.bidang in names]) for title, names in forms.SECTIONS.items()]
    known = {line.bidang for _, part in titled for line in part}
    titled.append((profil.STATUS, [line for line in lines if line.bidang not in known]))
    return [(title, part) for title, part in titled if part]


def _field(by: Actor, found: Application, field: Field, deciding: bool) -> None:
    label = nilai.AXIS_TITLES.get(field.bidang) or profil.label(field.bidang)
    known = found.register_version is not None
    cells = st.columns([3, 4, 4, 4] if known else [3, 5, 4], vertical_alignment="center")
    with cells[0]:
        st.markdown(f"**{feedback.escape(label)}**")
    if known:
        with cells[1]:
            st.markdown(_value(t.SEKARANG, field.bidang, field.sekarang, found))
    with cells[-2]:
        lines = [_value(t.DIAJUKAN, field.bidang, field.nilai, found)]
        lines += [_small(str(wording.of_problem(problem)), "red") for problem in field.problems]
        lines += [_small(wording.of_problem(doubt).reason, "orange") for doubt in field.doubts]
        lines += [_small(t.KONFLIK, "red")] if field.conflict else []
        st.markdown("  \n".join(lines))
    with cells[-1]:
        _verdict(field.keadaan, field.alasan)
        if deciding:
            again = field.conflict
            with st.container(horizontal=True):
                yes = st.button(
                    t.TERIMA,
                    key=f"terima_{field.bidang}",
                    icon=":material/check:",
                    disabled=bool(field.problems) or (field.keadaan == "diterima" and not again),
                )
                if yes:
                    steps.decide(by, found, {field.bidang: _YES})
                if st.button(
                    t.KEMBALIKAN,
                    key=f"balik_{field.bidang}",
                    icon=":material/undo:",
                    disabled=field.keadaan == "ditolak" and not again,
                ):
                    steps.send_back_one(by, found, label, field.bidang, None)


def _value(title: str, bidang: str, content: Any, found: Application) -> str:
    if bidang == "kode_wilayah" and isinstance(content, str) and is_kode(content):
        content = ", ".join(reversed(readings.path(content)[-2:]))
    lines = value(bidang, content, found.labels).splitlines() or ["-"]
    return _small(title) + "  \n" + "  \n".join(feedback.escape(line.strip()) for line in lines if line.strip())


def _verdict(keadaan: str, reason: str | None) -> None:
    st.markdown(_badge(t.KEADAAN[keadaan], _VERDICTS[keadaan]) + (f"  \n{_small(reason)}" if reason else ""))


# --- papers ----------------------------------------------------------------------------------------------------------


def papers(by: Actor, found: Application) -> None:
    """Every paper of the region's list and every other one that came, each with a look and its two buttons."""
    st.header(t.BERKAS, anchor=False)
    if not found.papers:
        st.caption(t.BERKAS_KOSONG)
        return
    deciding = found.row["status"] == "diperiksa"
    with st.container(border=True):
        for paper in found.papers:
            _paper(by, found, paper, deciding)


def _paper(by: Actor, found: Application, paper: Paper, deciding: bool) -> None:
    file = paper.file
    left, middle, right = st.columns([4, 2, 5], vertical_alignment="center")
    with left:
        mark = _badge(t.BERKAS_WAJIB, "blue") if paper.wajib else ""
        lines = [f"**{feedback.escape(paper.nama)}** {mark}"]
        if file is not None:
            size, kind = (
                figures.integer(max(1, round(file["ukuran"] / 1000))),
                t.JENIS_BERKAS.get(file["mime"], file["mime"]),
            )
            when = figures.moment(file["dibuat_pada"], found.row["kode_wilayah"])
            lines.append(_small(t.BERKAS_UKURAN.format(jenis=kind, ukuran=size, kapan=when)))
            if paper.earlier:
                lines.append(_small(t.BERKAS_DIGANTI.format(jumlah=paper.earlier)))
        st.markdown("  \n".join(lines))
    with middle:
        if file is None:
            st.markdown(_badge(t.BERKAS_BELUM, "red" if paper.wajib else "gray"))
            return
        _verdict(file["keadaan"], file["alasan"])
    with right, st.container(horizontal=True):
        if st.button(t.LIHAT, key=f"lihat_{paper.syarat}", icon=":material/visibility:"):
            steps.look(by, found, paper)
        if deciding:
            accepted, refused = file["keadaan"] == "diterima", file["keadaan"] == "ditolak"
            if st.button(t.TERIMA, key=f"terima_berkas_{paper.syarat}", icon=":material/check:", disabled=accepted):
                steps.decide_file(by, found, file["id"], _YES)
            if st.button(t.KEMBALIKAN, key=f"balik_berkas_{paper.syarat}", icon=":material/undo:", disabled=refused):
                steps.send_back_one(by, found, paper.nama, None, file["id"])


def history(found: Application) -> None:
    """The states it came into, oldest first."""
    st.header(t.RIWAYAT, anchor=False)
    place = found.row["kode_wilayah"]
    lines = []
    for step in found.steps:
        words = [figures.moment(step["pada"], place), t.STATUS[step["status"]], t.pelaku(step["oleh"]), step["catatan"]]
        lines.append("- " + feedback.escape(" · ".join(word for word in words if word)))
    st.markdown("\n".join(lines))

"""The dialogs of reviewing an online application: why something is sent back, a paper to look at, the step for the whole."""

import base64

import streamlit as st

from domain import telaah
from domain.pengajuan import FIELDS
from domain.permissions import Actor
from domain.personal import PERSONAL
from services import application_applying, application_review, applications, downloads
from services.application_review import Verdict
from services.applications import APPLICANT, Application, Paper
from ui import feedback, fragments
from ui.profile import entry
from ui.profile.saving import save
from ui.profile.words import value
from ui.text import pengajuan as t
from ui.text import profil

_MOST_REASON = 500


def key(kind: str, found: Application) -> str:
    """The key of a write about an application as it was shown: another version is another write."""
    return f"{kind}_{found.row['id']}_{found.row['versi']}"


def decide(by: Actor, found: Application, verdicts: dict[str, Verdict]) -> None:
    """Stores what was decided on fields, in view of the register as it was shown."""
    case = (found.row["id"], found.row["versi"])
    prefix = key("isian", found)
    save(prefix, lambda token: application_review.decide(by, *case, verdicts, token, found.register_version))


def decide_file(by: Actor, found: Application, file_id: int, verdict: Verdict) -> None:
    """Stores what was decided on a paper."""
    case = (found.row["id"], found.row["versi"])
    prefix = key(f"berkas_{file_id}", found)
    save(prefix, lambda token: application_review.decide_file(by, *case, file_id, verdict, token))


@fragments.dialog(t.KEMBALIKAN, width="small", icon=":material/undo:")
def send_back_one(by: Actor, found: Application, label: str, bidang: str | None, file_id: int | None) -> None:
    """Asks why one field or paper is sent back."""
    prefix = key(f"balik_{bidang or file_id}", found)
    st.text(label)
    with st.form(prefix, enter_to_submit=False, border=False):
        reason = entry.text(t.ALASAN_BERKAS, f"{prefix}_alasan", most=_MOST_REASON, long=True)
        st.caption(t.ALASAN_CONTOH)
        if st.form_submit_button(t.KEMBALIKAN, type="primary", width="stretch"):
            verdict = Verdict("ditolak", reason)
            if bidang is not None:
                decide(by, found, {bidang: verdict})
            elif file_id is not None:
                decide_file(by, found, file_id, verdict)


@fragments.dialog(t.LIHAT, width="large", icon=":material/visibility:")
def look(by: Actor, found: Application, paper: Paper) -> None:
    """Shows a paper, after the look was written into the audit; whoever decides may accept it right here."""
    if paper.file is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(paper.nama, width="stretch")
        # Stands above the file: pressing it is a decision, not one more look for the audit.
        if found.row["status"] == "diperiksa" and paper.file["keadaan"] != "diterima":
            label, name = t.TERIMA_BERKAS, f"terima_lihat_{paper.syarat}"
            if st.button(label, key=name, type="primary", icon=":material/check:"):
                decide_file(by, found, paper.file["id"], Verdict("diterima"))
                return
    with feedback.shown():
        name, mime, content = applications.file(by, found.row["id"], paper.file["id"])
        if mime.startswith("image/"):
            # Inside the message itself: what Streamlit keeps for a browser needs no sign-in to be fetched.
            picture = f"data:{mime};base64,{base64.b64encode(content).decode()}"
            st.image(picture, width="stretch", alt=t.FOTO_ALT.format(nama=paper.nama))
        else:
            st.caption(t.LIHAT_PDF)
        address = downloads.put(by, name, content, mime)
        st.link_button(t.UNDUH, address, icon=":material/download:", width="stretch")
    st.caption(t.LIHAT_URAIAN)


@fragments.dialog(profil.BUKA_PRIBADI, width="small", icon=":material/visibility:")
def personal(by: Actor, found: Application) -> None:
    """Shows one personal value in clear, beside the register's, after the look was written into the audit."""
    st.caption(profil.BUKA_PRIBADI_URAIAN)
    kept = {field.bidang: profil.label(field.bidang) for field in found.fields if field.bidang in PERSONAL}
    kept |= {name: label for name, label in t.PRIBADI_ISIAN.items() if found.row[name]}
    name = entry.one_of(profil.ISI_DATA, f"buka_pengajuan_{found.row['id']}", kept)
    if st.button(profil.BUKA_SATU, disabled=name is None, width="stretch") and name:
        with feedback.shown():
            now, proposed = applications.reveal(by, found.row["id"], name)
            if name != APPLICANT and found.row["lks_id"] is not None:
                st.text(f"{t.SEKARANG}: {value(name, now, found.labels)}")
            st.text(f"{t.DIAJUKAN}: {value(name, proposed, found.labels)}")


def take_up(by: Actor, found: Application) -> None:
    """Takes the application up; nothing of it is decided by that."""
    case, prefix = (found.row["id"], found.row["versi"]), key("periksa", found)
    save(prefix, lambda token: application_review.check(by, *case, token), t.PERIKSA_TERSIMPAN)


def attach(by: Actor, found: Application, lks_id: int | None) -> None:
    """Ties the application to an LKS of the register, or unties it."""
    case, prefix = (found.row["id"], found.row["versi"]), key(f"taut_{lks_id}", found)
    done = t.LEPAS_TERSIMPAN if lks_id is None else t.TAUT_TERSIMPAN
    save(prefix, lambda token: application_review.attach(by, *case, lks_id, token), done)


def _names(found: Application) -> dict[str, str]:
    """What may be asked for, by its code: what was handed in or is lacking, then the papers, then every other field."""
    first = [telaah.FIELD + field.bidang for field in found.fields] + found.to_ask
    names = {code: profil.label(code.removeprefix(telaah.FIELD)) for code in first if code.startswith(telaah.FIELD)}
    names |= {telaah.PAPER + paper.syarat: f"{t.BERKAS}: {paper.nama}" for paper in found.papers}
    return names | {telaah.FIELD + name: profil.label(name) for name in FIELDS if telaah.FIELD + name not in names}


def asked_words(found: Application) -> str:
    """What the LKS is asked for, in words."""
    names = _names(found)
    return ", ".join(names.get(code, code.partition(":")[2].replace("_", " ")) for code in found.row["diminta"])


def _message(found: Application) -> str:
    """The reasons that were given so far, one a line, as the beginning of the message to the LKS."""
    lines = [f"{profil.label(f.bidang)}: {f.alasan}" for f in found.fields if f.keadaan == "ditolak" and f.alasan]
    papers = [paper for paper in found.papers if paper.file and paper.file["keadaan"] == "ditolak"]
    lines += [f"{paper.nama}: {paper.file['alasan']}" for paper in papers if paper.file and paper.file["alasan"]]
    return "; ".join(lines)[:_MOST_REASON]


@fragments.dialog(t.LANGKAH["kembalikan"], width="medium", icon=":material/undo:")
def send_back(by: Actor, found: Application) -> None:
    """Asks what the LKS has to bring and why; begins with what was sent back field by field."""
    prefix, names = key("kembalikan", found), _names(found)
    st.caption(t.KEMBALI_URAIAN)
    with st.form(prefix, enter_to_submit=False, border=False):
        st.session_state.setdefault(f"{prefix}_diminta", [code for code in found.to_ask if code in names])
        asked: list[str] = st.multiselect(
            t.YANG_DIMINTA,
            list(names),
            format_func=lambda code: names[code],
            key=f"{prefix}_diminta",
            placeholder=profil.PILIH,
            select_all=False,
        )
        reason = entry.text(t.PESAN, f"{prefix}_alasan", _message(found), most=_MOST_REASON, long=True)
        if st.form_submit_button(t.LANGKAH["kembalikan"], type="primary", width="stretch"):
            number, version = found.row["id"], found.row["versi"]
            save(
                prefix,
                lambda token: application_review.send_back(by, number, version, asked, reason, token),
                t.KEMBALI_TERSIMPAN,
            )


@fragments.dialog(t.LANGKAH["tolak"], width="small", icon=":material/block:")
def refuse(by: Actor, found: Application) -> None:
    """Asks why the whole application is refused."""
    prefix = key("tolak", found)
    st.warning(t.TOLAK_URAIAN, icon=":material/block:")
    with st.form(prefix, enter_to_submit=False, border=False):
        reason = entry.text(t.PESAN, f"{prefix}_alasan", most=_MOST_REASON, long=True)
        if st.form_submit_button(t.LANGKAH["tolak"], type="primary", width="stretch"):
            case = (found.row["id"], found.row["versi"], reason)
            save(prefix, lambda token: application_review.refuse(by, *case, token), t.TOLAK_TERSIMPAN)


@fragments.dialog(t.LANGKAH["terapkan"], width="small", icon=":material/input:")
def apply(by: Actor, found: Application) -> None:
    """Says what will enter the register, and does it on one more click."""
    prefix = key("terapkan", found)
    accepted = sum(field.keadaan == "diterima" for field in found.fields)
    papers = sum(paper.file is not None and paper.file["keadaan"] == "diterima" for paper in found.papers)
    said = t.TERAPKAN_UBAH if found.row["jenis"] != "baru" else t.TERAPKAN_TAUT
    said = t.TERAPKAN_BARU if found.row["lks_id"] is None else said
    st.markdown(feedback.escape(said.format(isian=accepted, berkas=papers, nama=found.row["lks_nama"])))
    if st.button(t.LANGKAH["terapkan"], key=f"ya_{prefix}", type="primary", width="stretch"):
        case, done = (found.row["id"], found.row["versi"]), finished(found)
        save(prefix, lambda token: application_applying.apply(by, *case, token).doubts, done)


def finished(found: Application) -> str:
    """What is said once the application is in the register."""
    return t.SELESAI_BARU if found.row["jenis"] == "baru" else t.SELESAI_UBAH

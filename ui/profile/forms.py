"""The dialogs that change one LKS: its sections, axes, papers, clients and aid, its archive, and a look at personal data."""

from typing import Any

import streamlit as st

from domain.lks import AXIS_COLUMNS
from domain.permissions import Actor
from domain.personal import PERSONAL
from services import attachments, keeping
from services import profile as profiles
from ui import feedback, fragments
from ui.profile import entry
from ui.profile.saving import save
from ui.text import nilai
from ui.text import profil as t

# The fields of each section, in the order in which they are shown and asked.
SECTIONS: dict[str, tuple[str, ...]] = {
    t.IDENTITAS: (
        *("nama", "singkatan", "kode_wilayah", "desa", "alamat", "lat", "lon"),
        *("telepon", "email", "situs", "media_sosial"),
    ),
    t.LAYANAN: (
        *("kluster", "layanan", "masalah", "sasaran", "layanan_lain", "sarana", "setting", "lokasi_layanan"),
        *("kapasitas", "binaan_dalam", "binaan_luar", "program_daerah"),
    ),
    t.PENDIRIAN: (
        *("tempat_berdiri", "tanggal_berdiri", "akta_nomor", "notaris", "pengesahan_nomor", "lembaran_negara"),
        *("sk_kemenkumham", "bentuk_hukum", "npwp", "bank_nama", "bank_rekening", "bank_pemilik"),
    ),
    t.JATI_DIRI: ("visi", "misi", "tujuan", "lingkup_kerja", "sifat_pelayanan", "posisi"),
    t.PENGURUS: (
        *("ketua", "ketua_telepon", "ketua_alamat", "ketua_nik", "sekretaris", "sekretaris_telepon"),
        *("bendahara", "bendahara_telepon", "sdm_pembina", "sdm_pengawas", "sdm_pengurus", "sdm_pekerja_sosial"),
        *("sdm_lain", "pengisi_nama", "pengisi_jabatan", "pengisi_telepon", "pengisi_email"),
    ),
    t.PEMERIKSAAN: ("diverifikasi_pada", "hasil_observasi", "tindak_lanjut", "catatan"),
}


def _prefix(kind: str, found: profiles.Profile) -> str:
    """The keys of a dialog's widgets: another LKS or another version starts from what is stored."""
    return f"{kind}_{found.record['id']}_{found.record['versi']}"


def _submit(label: str = t.SIMPAN) -> bool:
    return st.form_submit_button(label, type="primary", width="stretch")


def _district(by: Actor, found: profiles.Profile, prefix: str) -> str:
    """The kecamatan, or the kab/kota itself when it is not known."""
    record = found.record
    below = profiles.regions(by, record["kabkota_kode"])
    chosen = entry.one_of(t.label("kode_wilayah"), f"{prefix}_kecamatan", below, record["kecamatan_kode"])
    return chosen or str(record["kabkota_kode"])


@fragments.dialog(t.UBAH, width="large", icon=":material/edit:")
def section(by: Actor, found: profiles.Profile, title: str) -> None:
    """Asks for the fields of one section and stores those that changed."""
    prefix, record = _prefix(f"isi_{title}", found), found.record
    st.header(title, anchor=False)
    if any(name in PERSONAL for name in SECTIONS[title]):
        st.caption(t.KOSONG_BERARTI)
    with st.form(prefix, enter_to_submit=False, border=False):
        given: dict[str, Any] = {}
        for name in SECTIONS[title]:
            if name == "kode_wilayah":
                given[name] = _district(by, found, prefix)
            else:
                given |= entry.fields(by, [name], record, found.labels, prefix)
        reason = entry.text(t.ALASAN, f"{prefix}_alasan", most=500)
        if _submit():
            save(prefix, lambda token: keeping.edit(by, record["id"], record["versi"], given, reason, token))


@fragments.dialog(t.UBAH, width="medium", icon=":material/edit:")
def axis(by: Actor, found: profiles.Profile, axis_id: str) -> None:
    """Asks for the value and paper of one axis, with the reason that every change of it needs."""
    prefix, record = _prefix(f"sumbu_{axis_id}", found), found.record
    st.header(nilai.AXIS_TITLES[axis_id], anchor=False)
    if axis_id == "akreditasi":
        st.caption(t.AKREDITASI_PETUNJUK)
    with st.form(prefix, enter_to_submit=False, border=False):
        given = entry.fields(by, AXIS_COLUMNS[axis_id], record, found.labels, prefix)
        reason = entry.text(t.ALASAN_WAJIB, f"{prefix}_alasan", most=500)
        st.caption(t.ALASAN_CONTOH)
        if _submit():
            save(prefix, lambda token: keeping.edit(by, record["id"], record["versi"], given, reason, token))


@fragments.dialog(t.BERKAS_UBAH, width="medium", icon=":material/description:")
def document(by: Actor, found: profiles.Profile) -> None:
    """Asks which paper, then what is known of it."""
    papers = {paper.kode: paper for paper in found.documents if not paper.surat}
    base = f"berkas_{found.record['id']}"
    kode = entry.one_of(t.BERKAS_PILIH, f"{base}_pilih", {code: paper.nama for code, paper in papers.items()})
    if kode is None:
        return
    paper, prefix = papers[kode], f"{base}_{kode}"
    seen = {name: getattr(paper, name) for name in ("ada", "nomor", "tanggal", "berlaku_sampai", "catatan")}
    with st.form(prefix, enter_to_submit=False, border=False):
        st.session_state.setdefault(f"{prefix}_ada", paper.ada)
        new: dict[str, Any] = {"ada": st.checkbox(t.BERKAS_ADA, key=f"{prefix}_ada")}
        new["nomor"] = entry.text(t.BERKAS_NOMOR, f"{prefix}_nomor", paper.nomor)
        new["tanggal"] = entry.day(t.BERKAS_TANGGAL, f"{prefix}_tanggal", paper.tanggal)
        new["berlaku_sampai"] = entry.day(t.BERKAS_SAMPAI, f"{prefix}_sampai", paper.berlaku_sampai)
        new["catatan"] = entry.text(t.BERKAS_CATATAN, f"{prefix}_catatan", paper.catatan, most=500)
        if _submit():
            save(prefix, lambda token: attachments.set_document(by, found.record["id"], kode, new, seen, token))


@fragments.dialog(t.BINAAN_UBAH, width="medium", icon=":material/groups:")
def clients(by: Actor, found: profiles.Profile) -> None:
    """Asks for the number of clients of one group, setting and period."""
    st.caption(t.BINAAN_CATATAN)
    prefix = f"binaan_{found.record['id']}"
    with st.form(prefix, enter_to_submit=False, border=False):
        groups = {"semua": t.BINAAN_SEMUA} | dict(found.labels["kelompok"])
        kelompok = entry.one_of(t.BINAAN_KOLOM["kelompok"], f"{prefix}_kelompok", groups) or ""
        places = {code: nilai.SETTINGS[code] for code in ("dalam", "luar")}
        setting = entry.one_of(t.BINAAN_KOLOM["setting"], f"{prefix}_setting", places) or ""
        periode = entry.text(t.BINAAN_KOLOM["periode"], f"{prefix}_periode", most=7) or ""
        st.caption(t.BINAAN_PERIODE_CONTOH)
        jumlah = entry.count(t.BINAAN_JUMLAH, f"{prefix}_jumlah")
        if _submit():
            known = {(row["kelompok"], row["setting"], row["periode"]): row["jumlah"] for row in found.clients}
            seen = known.get((kelompok, setting, periode))
            where = (found.record["id"], kelompok, setting, periode)
            save(prefix, lambda token: attachments.set_clients(by, *where, jumlah, seen, token))


@fragments.dialog(t.BANTUAN, width="medium", icon=":material/volunteer_activism:")
def aid(by: Actor, found: profiles.Profile, row: dict[str, Any] | None) -> None:
    """Asks for one aid row: a new one, or changes to (or the removal of) a stored one."""
    lks_id, kept = found.record["id"], row or {}
    prefix = f"bantuan_{lks_id}_{kept.get('id', 'baru')}"
    with st.form(prefix, enter_to_submit=False, border=False):
        new: dict[str, Any] = {
            "tahun": entry.count(t.BANTUAN_KOLOM["tahun"] + " *", f"{prefix}_tahun", kept.get("tahun"))
        }
        new["jenis"] = entry.text(t.BANTUAN_KOLOM["jenis"] + " *", f"{prefix}_jenis", kept.get("jenis"))
        sources = dict(found.labels["sumber"])
        label = t.BANTUAN_KOLOM["sumber"] + " *"
        new["sumber"] = entry.one_of(label, f"{prefix}_sumber", sources, kept.get("sumber"))
        for name in ("nilai_rupiah", "penerima"):
            new[name] = entry.count(t.BANTUAN_KOLOM[name], f"{prefix}_{name}", kept.get(name))
        new["catatan"] = entry.text(t.BANTUAN_KOLOM["catatan"], f"{prefix}_catatan", kept.get("catatan"), most=500)
        away = st.checkbox(t.BANTUAN_YAKIN, key=f"{prefix}_hapus") if row else False
        if _submit():
            if row is None:
                save(prefix, lambda token: attachments.add_aid(by, lks_id, new, token))
            else:
                values = None if away else new
                save(prefix, lambda token: attachments.change_aid(by, lks_id, row["id"], values, row, token))


@fragments.dialog(t.ARSIP, width="small", icon=":material/archive:")
def archive(by: Actor, found: profiles.Profile) -> None:
    """Asks for the reason, then archives the LKS or restores it."""
    away, record = found.state == "aktif", found.record
    prefix = _prefix("arsip", found)
    said = t.ARSIPKAN_URAIAN if away else t.PULIHKAN_URAIAN
    st.markdown(feedback.escape(said.format(nama=record["nama"])))
    with st.form(prefix, enter_to_submit=False, border=False):
        reason = entry.text(t.ALASAN_WAJIB, f"{prefix}_alasan", most=500)
        if _submit(t.ARSIPKAN if away else t.PULIHKAN):
            act = keeping.archive if away else keeping.restore
            save(prefix, lambda token: act(by, record["id"], record["versi"], reason, token))


@fragments.dialog(t.BUKA_PRIBADI, width="small", icon=":material/visibility:")
def personal(by: Actor, found: profiles.Profile) -> None:
    """Shows one personal field in clear, after the look was written into the audit."""
    st.caption(t.BUKA_PRIBADI_URAIAN)
    kept = {name: t.label(name) for name in PERSONAL if found.record.get(name)}
    name = entry.one_of(t.ISI_DATA, f"buka_{found.record['id']}", kept)
    if st.button(t.BUKA_SATU, disabled=name is None, width="stretch") and name:
        with feedback.shown():
            st.text(profiles.reveal(by, found.record["id"], name) or t.kosong(None))

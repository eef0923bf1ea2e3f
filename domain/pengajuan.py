"""What an LKS hands in online: a new application or corrections of its own profile, and the states on the way.

Nothing of it enters the register unseen: an operator looks at each field before it does.
"""

from domain.errors import NotPermitted

KINDS = ("baru", "pemutakhiran")
# diterima: arrived, nobody looked yet; diperiksa: an operator is at it; dikembalikan: something is asked for;
# dilengkapi: what was asked for came; diterapkan: accepted into the register; ditolak: refused with a reason.
STATES = ("diterima", "diperiksa", "dikembalikan", "dilengkapi", "diterapkan", "ditolak")
OPEN = ("diterima", "diperiksa", "dikembalikan", "dilengkapi")
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "periksa": (("diterima", "dilengkapi"), "diperiksa"),
    "kembalikan": (("diterima", "diperiksa", "dilengkapi"), "dikembalikan"),
    "lengkapi": (("dikembalikan",), "dilengkapi"),  # by the LKS itself
    "terapkan": (("diperiksa",), "diterapkan"),
    "tolak": (("diterima", "diperiksa", "dikembalikan", "dilengkapi"), "ditolak"),
}
FIELD_STATES = ("menunggu", "diterima", "ditolak")
# Files: photographs as the phone made them smaller, or a PDF.
FILE_KINDS: dict[str, str] = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
MOST_BYTES, MOST_FILES, CHUNK = 4_000_000, 30, 48_000
# Fields an LKS may hand in itself; axes, verification and what the Dinas decides are not among them.
FIELDS = (
    *("nama", "singkatan", "kode_wilayah", "desa", "alamat", "lat", "lon", "telepon", "email", "situs"),
    *("pengisi_nama", "pengisi_jabatan", "pengisi_telepon", "ketua", "ketua_telepon", "sekretaris", "bendahara"),
    *("tanggal_berdiri", "akta_nomor", "notaris", "sk_kemenkumham", "npwp", "bentuk_hukum", "hukum"),
    *("kluster", "layanan", "setting", "kapasitas", "binaan_dalam", "binaan_luar"),
    *("sdm_pengurus", "sdm_pekerja_sosial", "visi", "misi"),
)


def allowed(status: str) -> list[str]:
    """The steps that may be taken from a state, in the order of STEPS."""
    return [step for step, (starts, _) in STEPS.items() if status in starts]


def advance(status: str, step: str) -> str:
    """The state after a step; NotPermitted when it may not be taken from here."""
    if step not in allowed(status):
        raise NotPermitted("langkah_pengajuan_tidak_boleh", langkah=step, status=status)
    return STEPS[step][1]

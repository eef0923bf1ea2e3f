"""Who may do what, and where: permissions, roles, the wilayah scope, and the actor every service is called by."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotFound, NotPermitted
from domain.wilayah import is_kode, level


class Permission(StrEnum):
    """One thing a person may be allowed to do."""

    VIEW_REGISTER = "lihat_register"
    EXPORT_REGISTER = "ekspor_register"
    EDIT_REGISTER = "ubah_register"
    IMPORT_REGISTER = "impor_register"
    REVIEW_REGISTRATION = "proses_pendaftaran"
    ARCHIVE_LKS = "arsip_lks"
    MERGE_LKS = "gabung_lks"
    REVEAL_PERSONAL = "buka_data_pribadi"
    MANAGE_USERS = "kelola_pengguna"
    VIEW_AUDIT = "lihat_audit"
    MANAGE_SAMPLE = "kelola_contoh"
    VIEW_EVENTS = "lihat_kegiatan"
    MANAGE_EVENTS = "kelola_kegiatan"
    MANAGE_INSTRUMENTS = "kelola_instrumen"
    ENTER_ANSWERS = "isi_untuk_peserta"
    VIEW_RESULTS = "lihat_hasil"
    VIEW_PERSON_RESULTS = "lihat_hasil_perorangan"
    VIEW_LKKS = "lihat_lkks"
    MANAGE_LKKS = "kelola_lkks"
    MANAGE_PROGRAMS = "kelola_program"
    VIEW_MEETINGS = "lihat_rapat"
    MANAGE_MEETINGS = "kelola_rapat"
    RECORD_ACTIONS = "catat_tindak_lanjut"


@dataclass(frozen=True)
class Role:
    """A role: its id, and what it is allowed to do. Titles and descriptions are in assets/teks/peran.toml."""

    id: str
    permissions: frozenset[Permission]


_READ = frozenset({Permission.VIEW_REGISTER, Permission.EXPORT_REGISTER, Permission.VIEW_LKKS})
# Who looks at what was decided, and keeps its actions going; running a meeting is the LKKS's own affair.
_DECIDE = frozenset({Permission.VIEW_MEETINGS, Permission.RECORD_ACTIONS})
_MEET = _DECIDE | {Permission.MANAGE_MEETINGS, Permission.MANAGE_LKKS}
_FOLLOW = frozenset({Permission.VIEW_EVENTS, Permission.VIEW_RESULTS})
_TRAIN = _FOLLOW | {
    Permission.MANAGE_EVENTS,
    Permission.MANAGE_INSTRUMENTS,
    Permission.ENTER_ANSWERS,
    Permission.VIEW_PERSON_RESULTS,
}
_OPERATE = (_READ | _TRAIN | _DECIDE) | {
    Permission.MANAGE_PROGRAMS,
    Permission.EDIT_REGISTER,
    Permission.IMPORT_REGISTER,
    Permission.REVIEW_REGISTRATION,
    Permission.ARCHIVE_LKS,
    Permission.MERGE_LKS,
    Permission.REVEAL_PERSONAL,
}

# In the order in which the sign-in page and the user form offer them: those who look first, those who keep last.
ROLES: dict[str, Role] = {
    role.id: role
    for role in (
        Role("kepala_dinas", _READ | _FOLLOW | _DECIDE | {Permission.VIEW_AUDIT}),
        Role("operator", _OPERATE),
        Role("pelatih", _READ | _TRAIN),
        Role("lkks", _READ | _FOLLOW | _MEET),
        Role("admin", _OPERATE | _MEET | {Permission.MANAGE_USERS, Permission.VIEW_AUDIT, Permission.MANAGE_SAMPLE}),
    )
}


@dataclass(frozen=True)
class Scope:
    """A wilayah subtree: `root` is a dotted code down to kecamatan, None is the whole country."""

    root: str | None

    def __post_init__(self) -> None:
        if self.root is not None and (not is_kode(self.root) or level(self.root) == "desa"):
            raise NotFound("wilayah_tidak_dikenal", kode=self.root)

    def covers(self, kode: str | None) -> bool:
        """True when `kode` lies in this subtree; the whole country (None) only in a national scope."""
        if self.root is None:
            return True
        return kode is not None and (kode == self.root or kode.startswith(self.root + "."))

    def narrow(self, kode: str | None) -> "Scope":
        """This scope cut down to `kode` (None leaves it as it is); NotFound when that lies outside."""
        if kode is None:
            return self
        if not self.covers(kode):
            raise NotFound("wilayah_di_luar", kode=kode)
        return Scope(kode)


@dataclass(frozen=True)
class Actor:
    """The person (or command line) on whose behalf a service acts, as read from the database for this very call."""

    user_id: int | None
    username: str
    name: str
    role: Role
    scope: Scope
    contoh: bool = False
    must_change_password: bool = False

    def may(self, permission: Permission) -> bool:
        """True when the role includes the permission and the one-time password has been replaced."""
        return permission in self.role.permissions and not self.must_change_password


def require(actor: Actor, permission: Permission) -> None:
    """Raises NotPermitted unless the actor's role includes the permission."""
    if not actor.may(permission):
        raise NotPermitted(izin=permission.value)


COMMAND_LINE = Actor(None, "baris-perintah", "Baris perintah", ROLES["admin"], Scope(None))

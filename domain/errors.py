"""The one tree of things that can go wrong by name; sentences only at the edge (assets/teks/pesan*.toml)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One refused or doubtful value: the column, the value as met, a message code, the facts for its sentence."""

    column: str
    value: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)


class PilarError(Exception):
    """A refusal that a person can act on; `code` names its sentence, `facts` fills the blanks in it."""

    code = "galat"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        self.code = code or self.code
        self.facts = {name: str(value) for name, value in facts.items()}
        super().__init__(self.code, self.facts)


class SignInRequired(PilarError):
    """Nobody is signed in, or the session ended."""

    code = "perlu_masuk"


class SignInRefused(PilarError):
    """Wrong user or wrong password: the two are not told apart."""

    code = "masuk_ditolak"


class TooManyAttempts(PilarError):
    """Too many failures lately; `retry_after` is in seconds."""

    code = "terlalu_sering"

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(menit=max(1, -(-retry_after // 60)))


class NotPermitted(PilarError):
    """The role does not include the permission."""

    code = "tidak_berhak"


class NotFound(PilarError):
    """No such thing, or not in the actor's region: the two are not told apart."""

    code = "tidak_ditemukan"


class StaleEdit(PilarError):
    """Somebody else saved the same row in between; facts carry what they changed."""

    code = "sudah_diubah_orang_lain"


class AlreadyDone(PilarError):
    """The same request (by its one-time token) was carried out before."""

    code = "sudah_dikerjakan"


class NotUndoable(PilarError):
    """The change can no longer be taken back; facts say why."""

    code = "tidak_bisa_dibatalkan"


class InvalidInput(PilarError):
    """Values that were refused, each with its own problem."""

    code = "isian_ditolak"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(jumlah=len(problems))


class FileRefused(PilarError):
    """A whole file that cannot be read or must not be; nothing of it was kept."""

    code = "berkas_ditolak"


class StoreRefused(PilarError):
    """The store is damaged, foreign, newer than the program, or set up unsafely: nothing is written to it."""

    code = "simpanan_ditolak"


class StoreUnavailable(PilarError):
    """The store does not answer now; the same request may be sent again."""

    code = "simpanan_sibuk"


class MissingSetting(PilarError):
    """A setting is absent or has a value that cannot be used; facts name it and say what is expected."""

    code = "pengaturan_keliru"

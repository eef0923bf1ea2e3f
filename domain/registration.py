"""A request for a tanda daftar LKS: its states, the steps allowed between them, and the service-time clock."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import NotPermitted
from domain.lks import working_days_after

KINDS = ("baru", "perpanjangan")
OPEN = ("diajukan", "diperiksa", "dikembalikan", "diverifikasi")
CLOSED = ("terbit", "ditolak")
SOON = 3  # days of the service time left from which on a request is urgent
URGENCIES = ("lewat", "segera", "berjalan", "belum")

# step -> (states it may start from, state it leads to). The state `diperiksa` has two halves: before and after the
# papers were found complete (`lengkap_pada`), because the service-time clock starts between them.
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "periksa": (("diajukan", "dikembalikan"), "diperiksa"),
    "kembalikan": (("diperiksa", "diverifikasi"), "dikembalikan"),
    "lengkap": (("diperiksa",), "diperiksa"),
    "verifikasi": (("diperiksa",), "diverifikasi"),
    "terbitkan": (("diverifikasi",), "terbit"),
    "tolak": (("diajukan", "diperiksa", "dikembalikan", "diverifikasi"), "ditolak"),
}


def allowed(status: str, complete: bool) -> list[str]:
    """The steps that a request in this state may take next, in the order of STEPS."""
    return [step for step, (starts, _) in STEPS.items() if status in starts and _timely(step, complete)]


def _timely(step: str, complete: bool) -> bool:
    if step == "lengkap":
        return not complete
    return complete or step not in ("verifikasi", "terbitkan")


def advance(status: str, complete: bool, step: str) -> str:
    """The state after a step; NotPermitted (langkah_tidak_boleh) when the step may not be taken from here."""
    if step not in STEPS or step not in allowed(status, complete):
        raise NotPermitted("langkah_tidak_boleh", langkah=step, status=status)
    return STEPS[step][1]


def deadline(complete_on: date, length: int, working_days: bool) -> date:
    """The last day of the service time, which starts on the day after the papers were complete."""
    return working_days_after(complete_on, length) if working_days else complete_on + timedelta(days=length)


def days_between(start: date, end: date, working_days: bool) -> int:
    """How many (working) days lie after `start` up to and including `end`; 0 when `end` is not later."""
    if not working_days:
        return max(0, (end - start).days)
    whole, rest = divmod(max(0, (end - start).days), 7)
    tail = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
    return 5 * whole + tail


@dataclass(frozen=True)
class Clock:
    """The service time of a request: day `day` of `length`, until `due`; it stops on the day of the decision."""

    day: int
    length: int
    due: date
    working_days: bool
    running: bool

    @property
    def late(self) -> bool:
        """True when the service time was or is exceeded."""
        return self.day > self.length

    @property
    def left(self) -> int:
        """How many (working) days are left after this one; 0 on the last day, below 0 when late."""
        return self.length - self.day


def clock(
    complete_on: date | None, due: date | None, done_on: date | None, today: date, working_days: bool
) -> Clock | None:
    """The clock of a request; None while its papers are not complete."""
    if complete_on is None or due is None:
        return None
    day = days_between(complete_on, done_on or today, working_days)
    return Clock(day, days_between(complete_on, due, working_days), due, working_days, done_on is None)


def urgency(left: int | None) -> str:
    """One of URGENCIES by the days left: late, at most SOON left, more left, or None because the clock does not run."""
    if left is None:
        return "belum"
    return "lewat" if left < 0 else "segera" if left <= SOON else "berjalan"

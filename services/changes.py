"""What changed in the register since a date, from the history of the axes; silent where that does not reach."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from data_access.engine import reading
from data_access.queries import changes as queries
from data_access.queries import register as register_queries
from domain.filters import Filters
from domain.monitoring import WITH_HISTORY, measures_of, valid_paper
from domain.permissions import Actor, Permission, require
from services.counting import Counter, counter
from services.selection import selection

ZONE = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Changes:
    """The register then and now; `then` and the gains and losses are None when its history begins later."""

    since: date
    on: date
    history_from: date | None  # the day of the oldest record; None when there are no records
    new: int
    archived: int
    now: Mapping[str, tuple[int, int]]  # measures of domain.monitoring.WITH_HISTORY and "total" as (n, n)
    then: Mapping[str, tuple[int, int]] | None
    gained: Mapping[str, int] | None  # papers valid now that were not then: daftar, akreditasi
    lost: Mapping[str, int] | None  # and the reverse, archived LKS left out

    @property
    def reaches(self) -> bool:
        """True when the register already held records on `since`."""
        return self.then is not None


def _now(counter: Counter, chosen: register_queries.Selection) -> dict[str, tuple[int, int]]:
    counts = counter.shares(chosen, WITH_HISTORY)
    now = {name: (counts[name + "_pembilang"], counts[name + "_penyebut"]) for name in WITH_HISTORY}
    return now | {"total": (counts["total"], counts["total"])}


def changes_since(
    by: Actor, filters: Filters, since: date, on: date, known: Mapping[str, tuple[int, int]] | None = None
) -> Changes:
    """What changed between the start of `since` and `on` among the LKS that the filters mean today.

    State is what had been recorded by then, so a paper entered later than it was issued counts from its entry.
    `known`: the measures of WITH_HISTORY and "total" on that date, when a summary has them already.
    """
    require(by, Permission.VIEW_REGISTER)
    moment = datetime.combine(since, time(), ZONE)
    with reading() as connection:
        chosen = selection(connection, by, replace(filters, arsip=False), on)
        count = counter(connection, on, since)
        now = dict(known) if known is not None else _now(count, chosen)
        oldest = count.reach(chosen)
        history_from = oldest.astimezone(ZONE).date() if oldest else None
        new, archived = count.came_and_went(chosen, moment)
        if oldest is None or oldest >= moment:
            return Changes(since, on, history_from, new, archived, now, None, None, None)
        still = count.untouched(chosen, moment, since, queries.touched_ids(connection, moment))
        rows = queries.touched(connection, chosen, moment)
        before = queries.states_before(connection, [row["id"] for row in rows], moment)
        gained = count.newcomers(chosen, moment)
    then = {name: [still[name + "_pembilang"], still[name + "_penyebut"]] for name in WITH_HISTORY}
    lost = {paper: still["hilang_" + paper] for paper in register_queries.PAPERS}
    for row in rows:
        past = before[row["id"]]
        for name, (above, below) in measures_of(past, since).items():
            then[name][0] += above
            then[name][1] += below
        for paper in register_queries.PAPERS:
            held, holds = valid_paper(past, paper, since), valid_paper(row, paper, on)
            if row["diarsipkan_pada"] is None:
                gained[paper] += holds and not held
                lost[paper] += held and not holds
    everybody = then["aktif"][1]
    told = {name: (above, below) for name, (above, below) in then.items()} | {"total": (everybody, everybody)}
    return Changes(since, on, history_from, new, archived, now, told, gained, lost)

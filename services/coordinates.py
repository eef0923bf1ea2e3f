"""Which coordinates of the register are doubtful, worked out again when one of them changed."""

from collections import OrderedDict
from threading import Lock

import settings
from data_access import geo
from data_access.engine import Connection
from data_access.queries import find as queries
from data_access.queries.columns import Located
from domain.permissions import Scope
from services import counting

Finding = tuple[int, str, str]  # id, kind, detail (data_access.geo.coordinate_problems)
_KEPT = 8
_found: "OrderedDict[tuple[str, str | None], tuple[Located, tuple[Finding, ...]]]" = OrderedDict()
_lock = Lock()


def findings(connection: Connection, scope: Scope) -> tuple[Finding, ...]:
    """The doubts about the coordinates of a scope's kept LKS; stacked points are looked for within the scope."""
    # Hardly a write touches a coordinate: what was found holds as long as the same places are asked about.
    asked, key = counting.columns(connection).located(scope), (queries.identity(connection), scope.root)
    with _lock:
        kept = _found.get(key)
    if kept is None or not kept[0].same(asked):
        kept = asked, tuple(geo.coordinate_problems(asked.rows(), settings.load().data_dir))
    with _lock:
        _found[key] = kept
        _found.move_to_end(key)
        while len(_found) > _KEPT:
            _found.popitem(last=False)
    return kept[1]


def doubtful(connection: Connection, scope: Scope, wilayah: str | None) -> set[int]:
    """The ids of the LKS with a doubt, in the scope narrowed to a region."""
    return {lks_id for lks_id, _, _ in findings(connection, scope.narrow(wilayah))}

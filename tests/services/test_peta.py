"""Map shapes: which layers there are, and for whom."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data_access import geo
from domain.errors import NotFound
from domain.permissions import ROLES, Actor
from services import peta


def test_no_other_layer_is_given(actor: Callable[..., Actor], fresh_db: Path) -> None:
    for layer in ("desa", "../kabkota", ""):
        with pytest.raises(NotFound):
            peta.shapes(actor("kepala_dinas"), layer)
    assert set(geo.LAYERS) == {"provinsi", "kabkota"}


@pytest.mark.parametrize("role", list(ROLES))
def test_every_role_may_look_at_the_map(actor: Callable[..., Actor], fresh_db: Path, role: str) -> None:
    for layer in geo.LAYERS:
        found = peta.shapes(actor(role, "33.71"), layer)
        assert found.attribution
        assert peta.shapes_url(actor(role), layer) == f"/peta/{layer}.json?v={found.digest}"

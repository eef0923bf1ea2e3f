"""The map shapes, for whoever is signed in."""

import settings
from data_access import geo
from domain.errors import NotFound
from domain.permissions import Actor, Permission, require
from domain.wilayah import lineage


def shapes(by: Actor, layer: str) -> geo.Shapes:
    """The shapes of a layer ("provinsi", "kabkota"), the office's own boundaries first; NotFound for another layer."""
    require(by, Permission.VIEW_REGISTER)
    found = next((known for known in geo.LAYERS if known == layer), None)
    if found is None:
        raise NotFound("lapisan_tidak_ada")
    return geo.shapes(settings.load().data_dir, found)


def shapes_url(by: Actor, layer: str) -> str:
    """The address of a layer with its content hash, so that a browser keeps it until the boundaries change."""
    return f"/peta/{layer}.json?v={shapes(by, layer).digest}"


def frame_of(kode: str | None) -> list[float] | None:
    """The box (west, south, east, north) that shows a region well, far islands left out; None for the whole country."""
    if kode is None:
        return None
    steps = lineage(kode)
    return geo.kabkota_frame(steps[1]) if len(steps) > 1 else geo.frames()[kode]


def attribution(by: Actor) -> str:
    """The line every map prints: whose boundaries these are."""
    return shapes(by, "kabkota").attribution

"""Boundaries: the map shapes to serve, frames to open a map at, and which kab/kota a coordinate lies in.

The shipped boundaries are indicative (assets/geo/SUMBER.md), so every test of a coordinate forgives TOLERANCE_KM.
An office may lay its own official file at DATA/batas/provinsi.* or DATA/batas/kabkota.* (.topojson or .geojson).
"""

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from domain.errors import FileRefused
from domain.wilayah import dotted

GEO = Path(__file__).resolve().parents[1] / "assets" / "geo"
Layer = Literal["provinsi", "kabkota"]
LAYERS: tuple[Layer, ...] = ("provinsi", "kabkota")
MAX_BYTES = 20_000_000
TOLERANCE_KM = 2.0
# Indonesia with a margin: west, south, east, north
BOX = (94.0, -12.0, 142.0, 7.0)
# A point this near to a kecamatan of its own kab/kota is on an island too small for the shipped coastline
ISLAND_KM = 5.0
KM_PER_DEGREE = 111.32
_QUANTUM = 1e-5  # degrees, about one metre: finer than any official kab/kota line
_CELLS = 4_000_000  # points x edges held in memory at once

Array = NDArray[np.float64]
Polygon = list[Array]  # rings of (n, 2) lon, lat; the first is the outer one
Features = dict[str, tuple[dict[str, Any], list[Polygon]]]  # undotted kode -> properties, polygons
Frame = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shapes:
    """One layer as TopoJSON whose only object is named like the layer, with properties kode (undotted) and nama."""

    layer: Layer
    plain: bytes
    gz: bytes
    digest: str
    source: Literal["indikatif", "kantor"]
    attribution: str


def shapes(data_dir: Path, layer: Layer) -> Shapes:
    """The map shapes of a layer, the office's own file first; FileRefused says what is wrong with that file."""
    path = office_file(data_dir, layer)
    if path is None:
        return _shipped_shapes(layer)
    stat = path.stat()
    return _office_shapes(path, stat.st_mtime_ns, stat.st_size, layer)


def office_file(data_dir: Path, layer: Layer) -> Path | None:
    """The office's own boundary file of a layer; None when there is none."""
    candidates = (data_dir / "batas" / f"{layer}.{ending}" for ending in ("topojson", "geojson"))
    return next((path for path in candidates if path.is_file()), None)


@lru_cache(maxsize=len(LAYERS))
def _shipped_shapes(layer: Layer) -> Shapes:
    return _pack((GEO / f"{layer}.topojson").read_bytes(), layer, "indikatif")


@lru_cache(maxsize=4)
def _office_shapes(path: Path, _mtime: int, size: int, layer: Layer) -> Shapes:
    features = _shipped_features(layer) | _office_features(path, size, layer)
    return _pack(_encode(features, layer), layer, "kantor")


def _attribution() -> dict[str, str]:
    found: dict[str, str] = json.loads((GEO / "atribusi.json").read_text(encoding="utf-8"))
    return found


def _pack(plain: bytes, layer: Layer, source: Literal["indikatif", "kantor"]) -> Shapes:
    digest = hashlib.sha256(plain).hexdigest()[:12]
    return Shapes(layer, plain, gzip.compress(plain, 9, mtime=0), digest, source, _attribution()[source])


# Reading TopoJSON and GeoJSON ------------------------------------------------------------------------------------


@lru_cache(maxsize=len(LAYERS))
def _shipped_features(layer: Layer) -> Features:
    document = json.loads((GEO / f"{layer}.topojson").read_bytes())
    return {str(props["kode"]): (props, polygons) for props, polygons in _topojson(document, layer)}


def _office_features(path: Path, size: int, layer: Layer) -> Features:
    facts = {"berkas": path.name}
    if size > MAX_BYTES:
        raise FileRefused("batas_terlalu_besar", batas_mb=MAX_BYTES // 1_000_000, **facts)
    try:
        document = json.loads(path.read_bytes(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise FileRefused("batas_bukan_json", **facts) from error
    try:
        read = list(_topojson(document, layer) if document["type"] == "Topology" else _geojson(document))
    except (AttributeError, KeyError, IndexError, OverflowError, TypeError, ValueError) as error:
        raise FileRefused("batas_bukan_geojson", **facts) from error
    known = _shipped_features(layer)
    features: Features = {}
    for number, (props, polygons) in enumerate(read, 1):
        kode = str(props.get("kode") or "").replace(".", "").strip()
        if not kode:
            raise FileRefused("batas_tanpa_kode", urutan=number, **facts)
        if kode not in known:
            raise FileRefused("batas_kode_tidak_dikenal", kode=kode, urutan=number, **facts)
        _check_box(polygons, facts | {"kode": kode})
        nama = props.get("nama") or known[kode][0]["nama"]
        before = features[kode][1] if kode in features else []
        features[kode] = (known[kode][0] | {"kode": kode, "nama": str(nama)}, before + polygons)
    if not features:
        raise FileRefused("batas_kosong", **facts)
    return features


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _check_box(polygons: list[Polygon], facts: dict[str, str]) -> None:
    points = np.concatenate([ring for polygon in polygons for ring in polygon])
    if _in_box(points[:, 0], points[:, 1]).all():
        return
    code = "batas_tertukar" if _in_box(points[:, 1], points[:, 0]).all() else "batas_luar_indonesia"
    raise FileRefused(code, **facts)


def _in_box(lon: Array, lat: Array) -> NDArray[np.bool_]:
    west, south, east, north = BOX
    return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _topojson(document: dict[str, Any], layer: Layer) -> Iterator[tuple[dict[str, Any], list[Polygon]]]:
    arcs = [_array(arc) for arc in document["arcs"]]
    if "transform" in document:
        scale, shift = (_array([document["transform"][key]])[0] for key in ("scale", "translate"))
        arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in arcs]
    objects = document["objects"]
    chosen = objects[layer] if layer in objects else list(objects.values())[0]
    for geometry in chosen["geometries"]:
        if geometry["type"] is None:
            continue
        nested = _as_multi(geometry["type"], geometry["arcs"])
        polygons = [[_ring(_joined(arcs, ring)) for ring in polygon] for polygon in nested]
        yield geometry.get("properties") or {}, polygons


def _joined(arcs: list[Array], ring: Sequence[int]) -> Array:
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _geojson(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[Polygon]]]:
    for feature in document["features"]:
        geometry = feature["geometry"]
        nested = _as_multi(geometry["type"], geometry["coordinates"])
        polygons = [[_ring(_array(ring)) for ring in polygon] for polygon in nested]
        yield feature.get("properties") or {}, polygons


def _as_multi(kind: str, nested: list[Any]) -> list[Any]:
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(kind)
    multi = [nested] if kind == "Polygon" else nested
    if not multi or not all(multi):
        raise ValueError("empty geometry")
    return multi


def _array(points: Any) -> Array:
    return np.asarray([point[:2] for point in points], dtype=np.float64).reshape(-1, 2)


def _ring(points: Array) -> Array:
    if len(points) < 4 or not np.isfinite(points).all():
        raise ValueError("a ring needs four finite points")
    return points if (points[0] == points[-1]).all() else np.vstack([points, points[:1]])


def _encode(features: Features, layer: Layer) -> bytes:
    """TopoJSON with one arc per ring; outer rings clockwise, as map drawing on a sphere expects."""
    arcs: list[list[list[int]]] = []
    geometries = []
    shift = np.array(BOX[:2])
    for kode, (props, polygons) in sorted(features.items()):
        nested = []
        for polygon in polygons:
            indices = []
            for position, ring in enumerate(polygon):
                clockwise = _area(ring) < 0
                wound = ring if clockwise == (position == 0) else ring[::-1]
                steps = np.rint((wound - shift) / _QUANTUM).astype(np.int64)
                steps = np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
                keep = steps.any(axis=1)
                keep[0] = True
                indices.append([len(arcs)])
                arcs.append(steps[keep].tolist())
            nested.append(indices)
        geometries.append({"type": "MultiPolygon", "id": kode, "properties": props, "arcs": nested})
    document = {
        "type": "Topology",
        "transform": {"scale": [_QUANTUM, _QUANTUM], "translate": shift.tolist()},
        "objects": {layer: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _area(ring: Array) -> float:
    """The signed area in square degrees; negative when the ring runs clockwise."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


# Frames and tiles -------------------------------------------------------------------------------------------------


def frames() -> dict[str, list[float]]:
    """[west, south, east, north] by province code, without its remote islands."""
    found: dict[str, list[float]] = json.loads((GEO / "fokus.json").read_text(encoding="utf-8"))
    return found


def kabkota_frame(kode: str) -> list[float]:
    """[west, south, east, north] of a kab/kota (dotted code) with a 5 % margin; parts under a tenth of its largest
    do not count, so that far small islands do not shrink the mainland; KeyError for a code without a shape."""
    outers = [polygon[0] for polygon in _shipped_features("kabkota")[kode.replace(".", "")][1]]
    sizes = [abs(_area(ring)) for ring in outers]
    points = np.concatenate([ring for ring, size in zip(outers, sizes, strict=True) if size >= max(sizes) / 10])
    low, high = points.min(axis=0), points.max(axis=0)
    margin = float((high - low).max()) * 0.05
    return [round(float(edge), 4) for edge in (*(low - margin), *(high + margin))]


def tiles() -> list[dict[str, Any]]:
    """The tile map of provinces: kode, baris, kolom (from 0), singkatan."""
    with (GEO / "petak_provinsi.csv").open(newline="", encoding="utf-8") as file:
        return [
            {
                "kode": record["kode_provinsi"],
                "baris": int(record["baris"]),
                "kolom": int(record["kolom"]),
                "singkatan": record["singkatan"],
            }
            for record in csv.DictReader(file)
        ]


# Which region a coordinate lies in --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Region:
    frame: Frame
    edges: Array  # (n, 4): lon, lat of both ends, every ring of every part


@lru_cache(maxsize=2)
def _regions(digest: str, data_dir: Path | None) -> dict[str, _Region]:
    features = _shipped_features("kabkota")
    path = office_file(data_dir, "kabkota") if data_dir else None
    if path is not None:
        features = features | _office_features(path, path.stat().st_size, "kabkota")
    found = {}
    for kode, (_, polygons) in features.items():
        edges = np.concatenate([np.hstack([ring[:-1], ring[1:]]) for polygon in polygons for ring in polygon])
        low, high = edges[:, :2].min(axis=0), edges[:, :2].max(axis=0)
        found[dotted(kode)] = _Region((float(low[0]), float(low[1]), float(high[0]), float(high[1])), edges)
    return found


def _index(data_dir: Path | None) -> dict[str, _Region]:
    if data_dir is None or office_file(data_dir, "kabkota") is None:
        return _regions("", None)
    return _regions(shapes(data_dir, "kabkota").digest, data_dir)


def _chunks(points: NDArray[Any], edges: Array) -> Iterator[slice]:
    step = max(1, _CELLS // max(1, len(edges)))
    for start in range(0, len(points), step):
        yield slice(start, start + step)


def _inside(points: Array, region: _Region) -> NDArray[np.bool_]:
    """For (n, 2) lon, lat: inside the region, by counting the edges that a ray to the east crosses."""
    west, south, east, north = region.frame
    lon, lat = points[:, 0], points[:, 1]
    found = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    near = np.flatnonzero(found)
    x1, y1, x2, y2 = region.edges.T
    for part in _chunks(near, region.edges):
        x, y = points[near[part], 0][:, None], points[near[part], 1][:, None]
        spans = (y1 > y) != (y2 > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        found[near[part]] = (spans & crossing).sum(axis=1) % 2 == 1
    return found


def _distance_km(points: Array, region: _Region) -> Array:
    """For (n, 2) lon, lat: kilometres to the nearest edge of the region, on a locally flat earth."""
    result = np.empty(len(points))
    for part in _chunks(points, region.edges):
        chunk = points[part]
        scale_x = (KM_PER_DEGREE * np.cos(np.radians(chunk[:, 1])))[:, None]
        ax = (region.edges[:, 0] - chunk[:, [0]]) * scale_x
        ay = (region.edges[:, 1] - chunk[:, [1]]) * KM_PER_DEGREE
        dx = (region.edges[:, 2] - region.edges[:, 0]) * scale_x
        dy = (region.edges[:, 3] - region.edges[:, 1]) * KM_PER_DEGREE
        length = np.maximum(dx * dx + dy * dy, 1e-12)
        along = np.clip(-(ax * dx + ay * dy) / length, 0, 1)
        result[part] = np.hypot(ax + along * dx, ay + along * dy).min(axis=1)
    return result


def _within(points: Array, region: _Region) -> NDArray[np.bool_]:
    """Inside the region or no farther than TOLERANCE_KM from it."""
    found = _inside(points, region)
    left = np.flatnonzero(~found)
    left = left[_gap_km(points[left], region.frame) <= TOLERANCE_KM]
    if len(left):
        found[left] = _distance_km(points[left], region) <= TOLERANCE_KM
    return found


def _gap_km(points: Array, frame: Frame) -> Array:
    """A lower bound of the kilometres to a frame, cheap enough to skip regions far away."""
    west, south, east, north = frame
    x = np.maximum(0, np.maximum(west - points[:, 0], points[:, 0] - east))
    y = np.maximum(0, np.maximum(south - points[:, 1], points[:, 1] - north))
    # 0.97 = cosine of 14 degrees: no place in Indonesia has shorter degrees of longitude
    return np.asarray(np.hypot(x * 0.97, y) * KM_PER_DEGREE, dtype=np.float64)


def _locate(points: Array, index: dict[str, _Region]) -> list[str | None]:
    """The kab/kota of each (lon, lat): the one that holds it, else the nearest within the tolerance, else None."""
    found: list[str | None] = [None] * len(points)
    best = np.full(len(points), TOLERANCE_KM)
    open_ = np.ones(len(points), dtype=np.bool_)
    for kode, region in index.items():
        candidates = np.flatnonzero(open_ & (_gap_km(points, region.frame) <= TOLERANCE_KM))
        if not len(candidates):
            continue
        inside = _inside(points[candidates], region)
        for position in candidates[inside]:
            found[position] = kode
        open_[candidates[inside]] = False
        outside = candidates[~inside]
        if not len(outside):
            continue
        gaps = _distance_km(points[outside], region)
        for position, gap in zip(outside, gaps, strict=True):
            if gap <= best[position]:
                best[position], found[position] = gap, kode
    return found


def point_region(lat: float, lon: float, data_dir: Path | None = None) -> str | None:
    """The dotted kab/kota code of a coordinate; None at sea or abroad, beyond TOLERANCE_KM of every region."""
    return _locate(np.array([[lon, lat]], dtype=np.float64), _index(data_dir))[0]


def coordinate_problems(
    rows: Iterable[tuple[int, float | None, float | None, str | None]],
    data_dir: Path | None = None,
) -> list[tuple[int, str, str]]:
    """What is doubtful about coordinates, from (id, lat, lon, kabkota code), as (id, kind, detail) in row order.

    Kinds: di_luar_wilayah (detail: the code it lies in, or "luar_indonesia"), tertukar (detail: "lat;lon" put right),
    di_laut (detail: whole kilometres to its own region, "" when that is unknown), bertumpuk (detail: the other ids,
    joined by ";"). Rows without a coordinate are not judged here; a row may have two kinds. The office's own file is
    the measure when `data_dir` holds one; FileRefused when it cannot be read.
    """
    given = [(row, lat, lon, kode) for row, lat, lon, kode in rows if lat is not None and lon is not None]
    if not given:
        return []
    index = _index(data_dir)
    points = np.array([(lon, lat) for _, lat, lon, _ in given], dtype=np.float64)
    successor = _successors()
    kodes = [successor.get(kode, kode) if kode else None for *_, kode in given]
    wrong = _outside_own(points, kodes, index)
    problems: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for position, finding in _explain(points, kodes, wrong, index):
        problems[position].append(finding)
    for position, others in _stacked(points, [row for row, *_ in given]):
        problems[position].append(("bertumpuk", others))
    return [(given[position][0], *finding) for position in sorted(problems) for finding in problems[position]]


def _outside_own(points: Array, kodes: list[str | None], index: dict[str, _Region]) -> NDArray[np.int64]:
    """Positions of the points that are not within their own region, or that have none to compare with."""
    groups: dict[str, list[int]] = defaultdict(list)
    wrong: list[int] = []
    for position, kode in enumerate(kodes):
        if kode in index:
            groups[str(kode)].append(position)
        else:
            wrong.append(position)
    for kode, positions in groups.items():
        members = np.array(positions)
        wrong.extend(members[~_within(points[members], index[kode])].tolist())
    return np.array(sorted(wrong), dtype=np.int64)


def _explain(
    points: Array, kodes: list[str | None], wrong: NDArray[np.int64], index: dict[str, _Region]
) -> Iterator[tuple[int, tuple[str, str]]]:
    if not len(wrong):
        return
    doubtful = points[wrong]
    swapped = doubtful[:, ::-1]
    in_box = _in_box(doubtful[:, 0], doubtful[:, 1])
    swapped_in_box = _in_box(swapped[:, 0], swapped[:, 1])
    places = iter(_locate(doubtful[in_box], index))
    for position, point, inside, turned in zip(wrong.tolist(), doubtful, in_box, swapped_in_box, strict=True):
        own = index.get(kodes[position] or "")
        if not inside:
            text = f"{point[0]:.6f};{point[1]:.6f}"
            yield position, ("tertukar", text) if turned else ("di_luar_wilayah", "luar_indonesia")
            continue
        place = next(places)
        if place is None and _on_small_island(point, kodes[position]):
            continue
        if place is None:
            away = str(round(float(_distance_km(point[None, :], own)[0]))) if own else ""
            yield position, ("di_laut", away)
        elif own is not None:
            yield position, ("di_luar_wilayah", place)


def _on_small_island(point: Array, kode: str | None) -> bool:
    centres = _kecamatan_points().get(kode or "")
    if centres is None:
        return False
    gaps = (centres - point) * (KM_PER_DEGREE * np.cos(np.radians(point[1])), KM_PER_DEGREE)
    return bool(np.hypot(gaps[:, 0], gaps[:, 1]).min() <= ISLAND_KM)


@lru_cache(maxsize=1)
def _kecamatan_points() -> dict[str, Array]:
    """Points (lon, lat) of the kecamatan below each kab/kota."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with (GEO / "kecamatan.csv").open(newline="", encoding="utf-8") as file:
        for record in csv.DictReader(file):
            if record["lat"]:
                found[dotted(record["kode_kabkota"])].append((float(record["lon"]), float(record["lat"])))
    return {kode: np.array(points) for kode, points in found.items()}


def _stacked(points: Array, rows: list[int]) -> Iterator[tuple[int, str]]:
    """Positions that share a coordinate to within a metre, with the ids of the others."""
    groups: dict[tuple[float, float], list[int]] = defaultdict(list)
    for position, (lon, lat) in enumerate(np.round(points, 5).tolist()):
        groups[lon, lat].append(position)
    for positions in groups.values():
        for position in positions if len(positions) > 1 else ():
            yield position, ";".join(str(rows[other]) for other in positions if other != position)


@lru_cache(maxsize=1)
def _successors() -> dict[str, str]:
    """Current kab/kota code by superseded code."""
    with (GEO / "perubahan.csv").open(newline="", encoding="utf-8") as file:
        return {
            dotted(record["kode_lama"]): dotted(record["kode_baru"])
            for record in csv.DictReader(file)
            if len(record["kode_lama"]) == 4
        }

"""Boundaries and coordinates: known places land in their regions; an office's own file is checked before it is used."""

import gzip
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from data_access import assets, geo
from domain.errors import FileRefused

# A square of about 11 km around Kota Magelang, counter-clockwise as GeoJSON asks
SQUARE = [[110.15, -7.55], [110.30, -7.55], [110.30, -7.40], [110.15, -7.40], [110.15, -7.55]]


def feature(kode: str | None, ring: list[list[float]], **props: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"kode": kode} | props, "geometry": geometry}


def office(data_dir: Path, *features: dict[str, Any], name: str = "kabkota.geojson") -> Path:
    path = data_dir / "batas" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return data_dir


@pytest.mark.parametrize(
    ("lat", "lon", "kode"),
    [
        (-0.22699, 100.63212, "13.76"),  # Kota Payakumbuh
        (-7.47655, 110.22011, "33.71"),  # Kota Magelang, an enclave of Kab. Magelang
        (-7.60, 110.25, "33.08"),  # Kab. Magelang
        (-2.51970, 119.34458, "76.02"),  # Kab. Mamuju
        (-8.45487, 118.78211, "52.72"),  # Kota Bima
        (-8.62, 118.62, "52.06"),  # Kab. Bima
        (-2.00746, 113.76747, "62.71"),  # Kota Palangka Raya
        (-5.5, 112.0, None),  # Java Sea
        (1.35, 103.82, None),  # Singapore
        (0.0, 0.0, None),
    ],
)
def test_known_places_lie_in_their_regions(lat: float, lon: float, kode: str | None) -> None:
    assert geo.point_region(lat, lon) == kode


def test_every_kecamatan_point_is_accepted_in_its_own_kabkota_but_for_two_on_a_border() -> None:
    rows = [
        (number, row["lat"], row["lon"], row["induk"])
        for number, row in enumerate(assets.wilayah_rows())
        if row["jenis"] == "kecamatan" and row["lat"] is not None
    ]
    assert len(rows) == 7245
    assert [(kind, detail) for _, kind, detail in geo.coordinate_problems(rows)] == [
        ("di_luar_wilayah", "12.71"),
        ("di_luar_wilayah", "14.06"),
    ]


def test_each_kind_of_doubt_is_named_with_its_detail() -> None:
    rows: list[tuple[int, float | None, float | None, str | None]] = [
        (1, -7.476, 110.220, "33.71"),  # right
        (2, -0.9471, 100.4172, "13.76"),  # in Padang
        (3, 118.752, -8.456, "52.72"),  # swapped
        (4, -3.35, 118.35, "76.05"),  # Makassar Strait
        (5, -2.2136, 113.9108, "62.71"),
        (6, -2.2136, 113.9108, "62.71"),  # on top of 5
        (7, None, None, "33.71"),  # no coordinate: not judged
        (8, 48.85, 2.35, "33.71"),  # Paris
        (9, -2.21360000001, 113.91080000001, "33.71"),  # on top of 5 and 6, and in another kota
    ]
    assert geo.coordinate_problems(rows) == [
        (2, "di_luar_wilayah", "13.71"),
        (3, "tertukar", "-8.456000;118.752000"),
        (4, "di_laut", "53"),
        (5, "bertumpuk", "6;9"),
        (6, "bertumpuk", "5;9"),
        (8, "di_luar_wilayah", "luar_indonesia"),
        (9, "di_luar_wilayah", "62.71"),
        (9, "bertumpuk", "5;6"),
    ]


def test_two_kilometres_are_forgiven_and_five_are_not() -> None:
    """The shipped lines are indicative; Kota Magelang's eastern edge lies near 110.235 E."""
    assert geo.point_region(-7.4765, 110.2601) == "33.08"
    near, far = (1, -7.4765, 110.2480, "33.71"), (2, -7.4765, 110.2800, "33.71")
    assert geo.coordinate_problems([near, far]) == [(2, "di_luar_wilayah", "33.08")]


def test_a_superseded_code_is_judged_by_its_successor() -> None:
    merauke = (-8.49, 140.40)
    assert geo.point_region(*merauke) == "93.01"
    assert geo.coordinate_problems([(1, *merauke, "91.01")]) == []
    assert geo.coordinate_problems([(1, *merauke, "91.02")]) == [(1, "di_luar_wilayah", "93.01")]


def test_without_a_known_region_only_the_sea_is_doubtful() -> None:
    assert geo.coordinate_problems([(1, -7.476, 110.220, None), (2, -5.5, 112.0, None)]) == [(2, "di_laut", "")]


def test_25000_coordinates_are_judged_within_five_seconds() -> None:
    places = [row for row in assets.wilayah_rows() if row["jenis"] == "kecamatan" and row["lat"] is not None]
    rng = random.Random(7)
    rows = []
    for number in range(25_000):
        place = rng.choice(places)
        # a third of them is thrown far enough to be doubtful
        spread = 0.5 if number % 3 == 0 else 0.001
        rows.append((number, place["lat"] + rng.uniform(-spread, spread), place["lon"], place["induk"]))
    geo.point_region(0.0, 0.0)  # the shapes are read once per process
    start = time.perf_counter()
    problems = geo.coordinate_problems(rows)
    assert time.perf_counter() - start < 5
    assert len(problems) > 1000


@pytest.mark.parametrize(("layer", "count"), [("provinsi", 38), ("kabkota", 514)])
def test_shipped_shapes_are_served_as_they_are(tmp_path: Path, layer: geo.Layer, count: int) -> None:
    shapes = geo.shapes(tmp_path, layer)
    assert shapes.plain == (geo.GEO / f"{layer}.topojson").read_bytes()
    assert gzip.decompress(shapes.gz) == shapes.plain
    assert len(json.loads(shapes.plain)["objects"][layer]["geometries"]) == count
    assert (shapes.source, len(shapes.digest)) == ("indikatif", 12)
    assert shapes.attribution.startswith("Batas indikatif, bukan batas resmi.")
    assert "OpenStreetMap" in shapes.attribution


def test_an_office_file_replaces_its_region_and_leaves_the_others(tmp_path: Path) -> None:
    shapes = geo.shapes(office(tmp_path, feature("33.71", SQUARE, nama="Kota Magelang (resmi)")), "kabkota")
    document = json.loads(shapes.plain)
    geometries = {item["properties"]["kode"]: item for item in document["objects"]["kabkota"]["geometries"]}
    assert len(geometries) == 514
    assert geometries["3371"]["properties"]["nama"] == "Kota Magelang (resmi)"
    assert geometries["3308"]["properties"]["nama"] == "Kabupaten Magelang"
    assert shapes.source == "kantor"
    assert shapes.digest != geo.shapes(tmp_path / "none", "kabkota").digest
    # Drawn on a sphere a counter-clockwise ring is the whole world but the region: the ring is turned
    ring = geo._joined([geo._array(arc).cumsum(axis=0) for arc in document["arcs"]], geometries["3371"]["arcs"][0][0])
    assert geo._area(ring) < 0
    scale, shift = document["transform"]["scale"], document["transform"]["translate"]
    corners = sorted({(round(x * scale[0] + shift[0], 5), round(y * scale[1] + shift[1], 5)) for x, y in ring.tolist()})
    assert corners == [(110.15, -7.55), (110.15, -7.4), (110.3, -7.55), (110.3, -7.4)]


def test_coordinates_are_judged_by_the_office_file_when_there_is_one(tmp_path: Path) -> None:
    office(tmp_path, feature("3371", SQUARE))
    assert geo.point_region(-7.42, 110.28) == "33.08"
    assert geo.coordinate_problems([(1, -7.42, 110.28, "33.71")]) == [(1, "di_luar_wilayah", "33.08")]
    assert geo.coordinate_problems([(1, -7.42, 110.28, "33.71")], tmp_path) == []


def test_an_unclosed_ring_is_closed(tmp_path: Path) -> None:
    office(tmp_path, feature("33.71", SQUARE[:4]))
    # in the corner that only the closing edge cuts off from the outside
    assert geo.coordinate_problems([(1, -7.45, 110.16, "33.71")], tmp_path) == []


def test_a_changed_office_file_is_read_again(tmp_path: Path) -> None:
    office(tmp_path, feature("33.71", SQUARE))
    first = geo.shapes(tmp_path, "kabkota").digest
    office(tmp_path, feature("33.71", [[x + 0.01, y] for x, y in SQUARE]), feature("33.23", SQUARE))
    assert geo.shapes(tmp_path, "kabkota").digest != first


def test_an_office_topojson_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "batas" / "provinsi.topojson"
    path.parent.mkdir()
    path.write_bytes((geo.GEO / "provinsi.topojson").read_bytes())
    shapes = geo.shapes(tmp_path, "provinsi")
    assert shapes.source == "kantor"
    kodes = {item["properties"]["kode"] for item in json.loads(shapes.plain)["objects"]["provinsi"]["geometries"]}
    assert len(kodes) == 38
    assert "33" in kodes


SWAPPED = [[y, x] for x, y in SQUARE]


@pytest.mark.parametrize(
    ("features", "code"),
    [
        ([feature(None, SQUARE)], "batas_tanpa_kode"),
        ([feature("33.99", SQUARE)], "batas_kode_tidak_dikenal"),
        ([feature("33.71", SWAPPED)], "batas_tertukar"),
        ([feature("33.71", [[x - 100, y] for x, y in SQUARE])], "batas_luar_indonesia"),
        ([feature("33.71", SQUARE[:2])], "batas_bukan_geojson"),
        ([{"type": "Feature", "properties": {"kode": "3371"}, "geometry": None}], "batas_bukan_geojson"),
        (
            [{"properties": {"kode": "3371"}, "geometry": {"type": "Point", "coordinates": [110.2, -7.4]}}],
            "batas_bukan_geojson",
        ),
        ([], "batas_kosong"),
    ],
)
def test_an_office_file_with_a_fault_is_refused_by_name(
    tmp_path: Path, features: list[dict[str, Any]], code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        geo.shapes(office(tmp_path, *features), "kabkota")
    assert refused.value.code == code
    assert refused.value.facts["berkas"] == "kabkota.geojson"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not json", "batas_bukan_json"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "batas_bukan_json"),
        (b"[" * 100_000, "batas_bukan_json"),
        (b"[]", "batas_bukan_geojson"),
        (b'{"type": "Topology"}', "batas_bukan_geojson"),
        (b'{"type": "Topology", "arcs": [], "objects": []}', "batas_bukan_geojson"),
        (b'{"type": "FeatureCollection", "features": "3371"}', "batas_bukan_geojson"),
        (b'{"type": "Topology", "arcs": [], "objects": {}}', "batas_bukan_geojson"),
        (b" " * (geo.MAX_BYTES + 1), "batas_terlalu_besar"),
    ],
)
def test_a_file_that_is_no_boundary_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "batas" / "kabkota.geojson"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        geo.shapes(tmp_path, "kabkota")
    assert refused.value.code == code


def test_frames_hold_their_regions_without_far_islands() -> None:
    frames = geo.frames()
    assert len(frames) == 38
    assert frames["76"] == [118.7, -3.63, 119.84, -0.79]
    west, south, east, north = geo.kabkota_frame("76.02")
    # Kab. Mamuju reaches to 117.55 E with the Bala Balakang islands (DOMAIN G4)
    assert west > 118.5
    assert west < 119.34458 < east
    assert south < -2.51970 < north
    with pytest.raises(KeyError):
        geo.kabkota_frame("99.99")


def test_tiles_give_every_province_its_own_place() -> None:
    tiles = geo.tiles()
    assert {tile["kode"] for tile in tiles} == geo.frames().keys()
    assert len({(tile["baris"], tile["kolom"]) for tile in tiles}) == 38
    assert tiles[0] == {"kode": "11", "baris": 0, "kolom": 0, "singkatan": "Aceh"}

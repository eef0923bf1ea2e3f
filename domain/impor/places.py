"""Which province, kab/kota and kecamatan a name or code means; two possible answers are a refusal, not a guess."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from domain.impor.repair import Cell, Note, Outcome, Step, clean_text, closest, fold, refusal, shown
from domain.wilayah import dotted, is_kode, level, short_name

_KAB = re.compile(r"^(?:kabupaten|kab)\s+(?:administrasi\s+|adm\s+)?")
_KOTA = re.compile(r"^(?:kota|kotamadya|kodya|kodia|kt)\s+(?:administrasi\s+|adm\s+)?")
_PROV = re.compile(r"^(?:provinsi|propinsi|prov|prop)\s+")
_KEC = re.compile(r"^(?:kecamatan|kec|distrik)\s+")
_CODES = r"\d{2}(?:\.\d{2}){1,2}(?:\.\d{4})?|\d{4}|\d{6}|\d{10}"
_CODE = re.compile(rf"(?<![\d.])({_CODES})(?![\d.]*\d)")  # beside a name: two digits alone can be "50 Kota"
# (like names there, the same name elsewhere) -> the refusal of a kecamatan that its kab/kota does not have
_NOT_INSIDE = {
    (False, False): "kecamatan_asing",
    (True, False): "kecamatan_tidak_dikenal",
    (False, True): "kecamatan_di_kabkota_lain",
    (True, True): "kecamatan_mirip_atau_lain",
}
_ONLY_CODE = re.compile(rf"[\s'(]*(\d{{2}}|{_CODES})[\s')]*")
_ABBREVIATED = (("kep ", "kepulauan "), ("peg ", "pegunungan "), ("d i ", "di "), ("dki ", ""), ("dista ", ""))
_PROVINCE_NAMES = {
    "dkijakarta": "31", "jakarta": "31", "daerahkhususjakarta": "31", "dkj": "31", "diyogyakarta": "34", "diy": "34",
    "yogyakarta": "34", "jogjakarta": "34", "daerahistimewayogyakarta": "34", "jateng": "33", "jabar": "32",
    "jatim": "35", "sumbar": "13", "sumut": "12", "sumsel": "16", "sulbar": "76", "sulsel": "73", "sulut": "71",
    "sulteng": "72", "sultra": "74", "kalteng": "62", "kalbar": "61", "kalsel": "63", "kaltim": "64", "kaltara": "65",
    "ntb": "52", "ntt": "53", "babel": "19", "kepri": "21", "nad": "11", "nanggroeacehdarussalam": "11",
}  # fmt: skip


def place_key(text: str) -> str:
    """The comparison form of a place's name: letters only, so "Palangka Raya" and "Palangkaraya" are one."""
    plain = f"{fold(text)} "
    for short, full in _ABBREVIATED:
        if plain.startswith(short):
            plain = full + plain[len(short) :]
    return plain.replace("50 ", "lima puluh ").replace(" ", "")


class Place:
    """One region in force: dotted code, name as the register prints it, kind, parent, BPS code if known."""

    __slots__ = ("kode", "nama", "jenis", "induk", "bps")

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.kode = str(row["kode"])
        self.jenis = str(row["jenis"])
        self.nama = str(row["nama"])
        self.induk = str(row["induk"]) if row.get("induk") else ""
        self.bps = str(row["kode_bps"]) if row.get("kode_bps") else ""

    @property
    def bare(self) -> str:
        """The comparison form of its name without the kind."""
        return _without_kind(self.nama, self.jenis)

    @property
    def label(self) -> str:
        """ "Kota Magelang"."""
        return self.nama if self.jenis == "kecamatan" else short_name(self.jenis, self.nama)

    @property
    def described(self) -> str:
        """ "Kota Magelang (33.71)"."""
        return f"{self.label} ({self.kode})"


def _without_kind(nama: str, jenis: str) -> str:
    pattern = {"kabupaten": _KAB, "kota": _KOTA, "provinsi": _PROV, "kecamatan": _KEC}.get(jenis)
    plain = fold(nama)
    return place_key(pattern.sub("", plain) if pattern else plain)


def _keys(place: Place, earlier: Iterable[str]) -> list[str]:
    """The comparison forms of a region's names, each once: a name it bore before may equal the one it bears now."""
    return list(dict.fromkeys([place.bare, *(_without_kind(str(name), place.jenis) for name in earlier)]))


class WilayahIndex:
    """Looks regions up by name or code.

    Rows: dict(kode, nama, jenis, induk) and, when known, kode_bps, berlaku_sampai, pendahulu, nama_lain (old names).
    Codes that are no longer in force are named with their successors."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.by_code: dict[str, Place] = {}
        self.replaced: dict[str, list[str]] = defaultdict(list)
        self._provinces: dict[str, Place] = {}
        self._kabkota: dict[str, dict[str, Place]] = defaultdict(dict)  # key -> {kode: place}
        # Thousands of kecamatan: their names are made comparable only where a row asks for them.
        self._below: dict[str, list[tuple[Place, Sequence[str]]]] = defaultdict(list)  # kab/kota -> place, old names
        self._by_bps: dict[str, Place] = {}
        old: list[str] = []
        for row in rows:
            if row.get("berlaku_sampai"):
                old.append(str(row["kode"]))
                continue
            place = Place(row)
            self.by_code[place.kode] = place
            if row.get("pendahulu"):
                self.replaced[str(row["pendahulu"])].append(place.kode)
            earlier = row.get("nama_lain") or ()
            if place.jenis == "kecamatan":
                self._below[place.induk].append((place, earlier))
            elif place.jenis == "provinsi":
                self._provinces.update(dict.fromkeys(_keys(place, earlier), place))
            elif place.jenis in ("kabupaten", "kota"):
                for key in _keys(place, earlier):
                    self._kabkota[key][place.kode] = place
            if place.bps and place.jenis in ("kabupaten", "kota"):
                self._by_bps[place.bps] = place
        for kode in old:
            self.replaced.setdefault(kode, [])
        for key, kode in _PROVINCE_NAMES.items():
            if kode in self.by_code:
                self._provinces.setdefault(key, self.by_code[kode])
        # The same few names come back thousands of times.
        self.kabkota = lru_cache(maxsize=5_000, typed=True)(self._read_kabkota)
        self.provinsi = lru_cache(maxsize=1_000, typed=True)(self._read_provinsi)
        self.kode = lru_cache(maxsize=20_000, typed=True)(self._read_kode)
        self.kecamatan = lru_cache(maxsize=20_000, typed=True)(self._read_kecamatan)
        self._inside = lru_cache(maxsize=1_000)(self._kecamatan_of)
        self._suggested = lru_cache(maxsize=5_000)(self._near)

    @property
    def province_codes(self) -> frozenset[str]:
        """The two digits of every province in force or replaced."""
        return frozenset(kode[:2] for kode in (*self.by_code, *self.replaced))

    # --- codes

    def _code(self, text: str, least: int = 2) -> Place | Note:
        """The region that a code means; undotted four digits are refused when BPS means another region by them."""
        kode = text
        if "." not in text:
            try:
                kode = dotted(text)
            except ValueError:
                return Note("kode_tidak_dikenal", {"kode": text})
        if not is_kode(kode):
            return Note("kode_tidak_dikenal", {"kode": text})
        if kode in self.replaced and kode not in self.by_code:
            after = ", ".join(self.by_code[new].described for new in self.replaced[kode] if new in self.by_code)
            return Note("kode_wilayah_lama", {"kode": kode, "pengganti": after or "?"})
        place = self.by_code.get(kode)
        if place is None and level(kode) == "desa":
            place = self.by_code.get(kode.rpartition(".")[0])
        bps = self._by_bps.get(text) if len(text) == 4 and "." not in text else None
        if bps is not None and (place is None or bps.kode != place.kode):
            reading = place.described if place else "?"
            return Note("kode_bps_atau_kemendagri", {"kode": text, "kemendagri": reading, "bps": bps.described})
        return place or Note("kode_tidak_dikenal", {"kode": text})

    def _numeric(self, cell: int | float) -> str | Note:
        """The code that a numeric cell holds; one decimal has lost a zero and is refused."""
        if cell != cell or cell <= 0:
            return Note("kode_tidak_dikenal", {"kode": shown(cell)})
        if float(cell).is_integer():
            return str(int(cell))
        whole, _, rest = repr(float(cell)).partition(".")
        if len(rest) == 1:
            return self._lost_zero(f"{whole}.{rest}")
        return f"{whole}.{rest}"

    def _lost_zero(self, text: str) -> Note:
        place = self.by_code.get(f"{text}0")
        return Note("kode_nol_hilang", {"kode": text, "mungkin": place.described if place else f"{text}0"})

    def _read_kode(self, cell: Cell) -> Outcome:
        """The dotted code of the region in a code column; desa codes keep all their digits."""
        if isinstance(cell, bool):
            return refusal("kode_tidak_dikenal", kode=shown(cell))
        if isinstance(cell, int | float):
            text: str | Note = self._numeric(cell)
            steps: tuple[Step, ...] = ()
        else:
            found = clean_text(cell)
            if not found.text:
                return found
            text, steps = found.text.replace(" ", "").strip("'.`"), found.steps
            if re.fullmatch(r"\d\d\.\d", text):
                text = self._lost_zero(text)
        if isinstance(text, Note):
            return Outcome(refused=text)
        place = self._code(text)
        if isinstance(place, Note):
            return Outcome(refused=place)
        kode = text if "." in text else dotted(text)
        if shown(cell) != kode:
            steps += (Step("kode_bertitik", shown(cell), kode),)
        return Outcome(kode, steps)

    # --- names

    def _read_provinsi(self, cell: Cell) -> Outcome:
        """The code of a province written as a name or a code."""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            found = self.kode(cell)
            if found.refused or level(str(found.value)) != "provinsi":
                return Outcome(refused=found.refused or Note("provinsi_asing"))
            return found
        found = clean_text(cell)
        if not found.text:
            return found
        if re.fullmatch(r"\d\d", found.text):
            return self.kode(found.text)
        place = self._provinces.get(place_key(_PROV.sub("", fold(re.sub(r"\(?\b\d\d\b\)?", " ", found.text)))))
        if place is None:
            names = [place.label for place in self._provinces.values()]
            hint = ", ".join(dict.fromkeys(closest(found.text, names, fuzz.ratio)))
            return refusal("provinsi_tidak_dikenal", mungkin=hint) if hint else refusal("provinsi_asing")
        return Outcome(place.kode, self._renamed(found, place.label))

    @staticmethod
    def _renamed(found: Outcome, label: str) -> tuple[Step, ...]:
        return found.steps if found.text == label else (*found.steps, Step("nama_baku", found.text, label))

    def _read_kabkota(self, cell: Cell, provinsi: str = "") -> Outcome:
        """The code of a kab/kota written as a name, a code, or both; `provinsi` (a code or "") narrows the names."""
        if isinstance(cell, bool):
            return refusal("kabkota_asing")
        if isinstance(cell, int | float):
            text = self._numeric(cell)
            if isinstance(text, Note):
                return Outcome(refused=text)
            return self._kabkota_code(text, shown(cell), ())
        found = clean_text(cell)
        if not found.text:
            return found
        written = found.text
        if re.fullmatch(r"'?\d\d\.\d", written):
            return Outcome(refused=self._lost_zero(written.strip("'")))
        if only := _ONLY_CODE.fullmatch(written):
            return self._kabkota_code(only[1], written, found.steps)
        code = _CODE.search(written)
        name = _CODE.sub(" ", written, count=1) if code else written
        named = self._named(name, provinsi)
        if code is None:
            if isinstance(named, Note):
                return Outcome(refused=named)
            return Outcome(named.kode, self._renamed(found, named.label))
        candidates = self._candidates(name, provinsi)
        kode = code[1] if "." in code[1] else dotted(code[1])
        if any(place.kode == kode for place in candidates):
            return Outcome(kode, self._renamed(found, self.by_code[kode].label))
        if isinstance(named, Note) and not candidates:
            return Outcome(refused=named)
        if kode not in self.by_code:
            return refusal("kode_tidak_dikenal", kode=kode)
        return refusal(
            "kode_nama_beda",
            kode=kode,
            menurut_kode=self.by_code[kode].label,
            menurut_nama=" / ".join(place.described for place in candidates),
        )

    def _kabkota_code(self, text: str, written: str, steps: tuple[Step, ...]) -> Outcome:
        place = self._code(text)
        if isinstance(place, Note):
            return Outcome(refused=place)
        if place.jenis not in ("kabupaten", "kota"):
            return refusal("kode_bukan_kabkota", kode=place.kode, nama=place.label)
        doubts: tuple[Note, ...] = ()
        if "." not in text and not place.bps:
            doubts = (Note("kode_tanpa_titik", {"nama": place.described}),)
        return Outcome(place.kode, (*steps, Step("kode_jadi_nama", written, place.label)), None, doubts)

    def _candidates(self, name: str, provinsi: str) -> list[Place]:
        """The kab/kota that a written name can mean, the kind honoured when it is written."""
        plain = re.sub(r"^(?:pemerintah|pemkab|pemkot|dinsos|dinas sosial)\s+", "", fold(name))
        kind = "kabupaten" if _KAB.match(plain) else "kota" if _KOTA.match(plain) else ""
        bare = (_KAB if kind == "kabupaten" else _KOTA).sub("", plain) if kind else plain
        found = [
            place
            for place in self._kabkota.get(place_key(bare), {}).values()
            if (not kind or place.jenis == kind) and (not provinsi or place.induk == provinsi)
        ]
        if not found and kind == "kota":
            # "Kota Waringin Barat", "Kota Baru": the first word belongs to the name of a kabupaten.
            whole = self._kabkota.get(place_key(plain), {}).values()
            found = [place for place in whole if not provinsi or place.induk == provinsi]
        return found

    def _named(self, name: str, provinsi: str) -> Place | Note:
        found = self._candidates(name, provinsi)
        if len(found) == 1:
            return found[0]
        if found:
            return Note("kabkota_ambigu", {"pilihan": " / ".join(place.described for place in found)})
        elsewhere = self._candidates(name, "") if provinsi else []
        if elsewhere:
            facts = {"provinsi": self.by_code[provinsi].label, "sebenarnya": self._with_province(elsewhere)}
            return Note("kabkota_beda_provinsi", facts)
        near = self._suggested(name, provinsi)
        if not near:
            return Note("kabkota_asing")
        return Note("kabkota_tidak_dikenal", {"mungkin": " / ".join(place.described for place in near)})

    def _near(self, name: str, provinsi: str) -> list[Place]:
        """Up to three kab/kota that look like the name, those of the written kind first: a hint, never taken by itself.

        A name with a word too many ("Kota Magelng Baru") is looked for by its words as well."""
        plain = fold(name)
        kind = "kabupaten" if _KAB.match(plain) else "kota" if _KOTA.match(plain) else ""
        bare = _KOTA.sub("", _KAB.sub("", plain))
        allowed = {
            key: [place for place in places.values() if not provinsi or place.induk == provinsi]
            for key, places in self._kabkota.items()
        }
        keys = [key for key, places in allowed.items() if places]
        words = bare.split()
        parts = [word for word in words if len(word) >= 5] + [a + b for a, b in zip(words, words[1:], strict=False)]
        found: list[Place] = []
        for asked in ([place_key(bare)], parts):
            hits = [hit for part in asked for hit in process.extract(part, keys, scorer=fuzz.ratio, score_cutoff=80)]
            ranked = sorted(hits, key=lambda hit: -hit[1])
            found = [place for key, _, _ in ranked for place in allowed[key]]
            if found:
                break
        best = sorted(dict.fromkeys(found), key=lambda place: bool(kind) and place.jenis != kind)
        return best[:3]

    def _with_province(self, places: list[Place]) -> str:
        return " / ".join(f"{place.described}, {self.by_code[place.induk].label}" for place in places)

    def _read_kecamatan(self, cell: Cell, kabkota: str) -> Outcome:
        """The code of a kecamatan inside `kabkota`, written as a name or a code."""
        inside = self._inside(kabkota)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            cell = str(int(cell)) if float(cell).is_integer() else shown(cell)
        found = clean_text(cell)
        if not found.text:
            return found
        if not inside:  # this register knows no kecamatan there; the name alone is kept by the caller
            return Outcome(None, found.steps)
        code = _CODE.search(found.text)
        if code and not fold(_CODE.sub(" ", found.text, count=1)):
            place = self._code(code[1])
            if isinstance(place, Note):
                return Outcome(refused=place)
            if place.induk != kabkota or place.jenis != "kecamatan":
                return self._not_inside(place.label, kabkota, [place])
            return Outcome(place.kode, (*found.steps, Step("kode_jadi_nama", found.text, place.label)))
        plain = fold(_CODE.sub(" ", found.text) if code else found.text)
        places = inside.get(place_key(_KEC.sub("", plain)), [])
        if len(places) == 1:
            return Outcome(places[0].kode, self._renamed(found, places[0].label))
        if places:
            return refusal("kecamatan_ambigu", pilihan=" / ".join(place.described for place in places))
        key = place_key(_KEC.sub("", plain))
        elsewhere = [place for other in self._below for place in self._inside(other).get(key, ())]
        return self._not_inside(found.text, kabkota, elsewhere)

    def _kecamatan_of(self, kabkota: str) -> dict[str, list[Place]]:
        """The kecamatan of one kab/kota by every name they go by."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place, earlier in self._below.get(kabkota, ()):
            for key in _keys(place, earlier):
                found[key].append(place)
        return dict(found)

    def _not_inside(self, name: str, kabkota: str, elsewhere: list[Place]) -> Outcome:
        labels = {place.label: place for places in self._inside(kabkota).values() for place in places}
        hint = closest(_KEC.sub("", fold(name)), list(labels), fuzz.ratio, 70)
        other = [self.by_code[place.induk].label for place in elsewhere if place.induk in self.by_code][:3]
        facts = {"kabkota": self.by_code[kabkota].label}
        facts |= {"mungkin": ", ".join(hint)} if hint else {}
        facts |= {"ada_di": ", ".join(other)} if other else {}
        return refusal(_NOT_INSIDE[bool(hint), bool(other)], **facts)

"""Counts of the register: one selection of LKS, and the few statements that measure it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
)

from data_access.queries.records import in_scope
from data_access.tables import angka_publikasi, lks, lks_binaan, lks_pilihan, referensi, wilayah
from domain.filters import EMPTY, EXPIRED, Filters
from domain.lks import AXES, CORE, EXPIRY_DAYS, GRADES, verified_since
from domain.permissions import Scope
from domain.wilayah import lineage

Condition = ColumnElement[bool]
PAPERS = ("daftar", "akreditasi")
WINDOWS: tuple[int | str, ...] = (*EXPIRY_DAYS, EXPIRED)


@dataclass(frozen=True)
class Selection:
    """The LKS that a reading is about: what the actor may see, what was asked for, and the date it is held against."""

    scope: Scope
    filters: Filters
    on: date
    came_in: tuple[str, ...] = ()  # kab/kota counted in filters.wilayah on that date though their code lies elsewhere
    went_out: tuple[str, ...] = ()  # and the reverse
    ids: tuple[int, ...] | None = None  # what a search or the coordinate check left
    archived: tuple[int, ...] | None = None  # all archived LKS, when somebody has looked already

    @property
    def everything(self) -> bool:
        """True when all kept LKS of the whole country are meant."""
        unmoved = self.filters.wilayah is None and self.ids is None
        return unmoved and self.scope.root is None and self.filters.open


def _either(column: ColumnElement[Any], values: tuple[str, ...]) -> Condition:
    told = [value for value in values if value != EMPTY]
    asked = [column.in_(told)] if told else []
    return or_(*asked, column.is_(None)) if EMPTY in values else asked[0]


def _has_kluster(values: tuple[str, ...]) -> Condition:
    # One list per statement, not one look-up per row: three times as fast over the whole register.
    holders = select(lks_pilihan.c.lks_id).where(lks_pilihan.c.bidang == "kluster")
    told = [value for value in values if value != EMPTY]
    asked = [lks.c.id.in_(holders.where(lks_pilihan.c.kode.in_(told)))] if told else []
    return or_(*asked, lks.c.id.not_in(holders)) if EMPTY in values else asked[0]


def _under(scope: Scope) -> Condition:
    """in_scope, said for every level above as well: so a covering index is entered at its front."""
    columns = (lks.c.provinsi_kode, lks.c.kabkota_kode)
    return and_(in_scope(scope), *[c == kode for c, kode in zip(columns, lineage(scope.root)[:-1], strict=False)])


def _region(selection: Selection) -> Condition:
    asked = _under(Scope(selection.filters.wilayah))
    if selection.went_out:
        asked = and_(asked, lks.c.kabkota_kode.not_in(selection.went_out))
    return or_(asked, lks.c.kabkota_kode.in_(selection.came_in)) if selection.came_in else asked


def holds_paper(paper: str) -> Condition:
    """The LKS was given the paper (a registration, a grade), ended or not."""
    return lks.c.daftar == "terdaftar" if paper == "daftar" else lks.c.akreditasi.in_(GRADES)


def _ends(paper: str) -> ColumnElement[date]:
    return lks.c[paper + "_sampai"]


def valid(paper: str, on: date) -> Condition:
    """The LKS holds the paper and it has not ended on the date."""
    return and_(holds_paper(paper), or_(_ends(paper).is_(None), _ends(paper) >= on))


def ending(paper: str, window: int | str, on: date) -> Condition:
    """The paper ends within so many days of the date, or has ended (EXPIRED)."""
    if window == EXPIRED:
        return and_(holds_paper(paper), _ends(paper) < on)
    return and_(holds_paper(paper), _ends(paper) >= on, _ends(paper) <= on + timedelta(days=int(window)))


def _eligible() -> Condition:
    return and_(lks.c.aktif == "aktif", lks.c.hukum == "berbadan_hukum")


def unverified(on: date) -> Condition:
    """Nobody checked the LKS in the field within twelve months before the date."""
    return or_(lks.c.diverifikasi_pada.is_(None), lks.c.diverifikasi_pada < verified_since(on))


def conditions(selection: Selection, *, archived: bool | None = False) -> list[Condition]:
    """What a row of lks must meet to be in the selection; archived=None counts kept and archived ones alike."""
    filters, on = selection.filters, selection.on
    found = [_under(selection.scope)]
    if filters.wilayah is not None:
        found.append(_region(selection))
    if archived is not None:
        kept = lks.c.diarsipkan_pada.is_(None)
        found.append(~kept if filters.arsip else kept)
    found += [_either(lks.c[name], getattr(filters, name)) for name in (*AXES, "setting") if getattr(filters, name)]
    if filters.kluster:
        found.append(_has_kluster(filters.kluster))
    if filters.contoh is not None:
        found.append(lks.c.contoh.is_(filters.contoh))
    if filters.berakhir is not None:
        found.append(or_(*[ending(paper, filters.berakhir, on) for paper in PAPERS]))
    if filters.belum_verifikasi:
        found.append(unverified(on))
    if selection.ids is not None:
        found.append(lks.c.id.in_(_listed(selection.ids)))
    return found


def _listed(ids: tuple[int, ...]) -> BindParameter[int]:
    # Written into the statement as numbers: a search may leave more than a database binds.
    return bindparam("ids", list(ids), Integer, expanding=True, literal_execute=True, unique=True)


def _members(column: ColumnElement[int], selection: Selection) -> Condition:
    """`column` names an LKS of the selection; for the whole register the few archived ones are left out instead."""
    if selection.everything and selection.archived is not None:
        return column.not_in(_listed(selection.archived)) if selection.archived else true()
    if selection.everything:
        return column.not_in(select(lks.c.id).where(lks.c.diarsipkan_pada.is_not(None)))
    return column.in_(select(lks.c.id).where(*conditions(selection)))


def _count(*where: Condition) -> ColumnElement[int]:
    return func.count().filter(*where) if where else func.count()


COMPLETENESS = "kelengkapan"  # the one measure of fields, not of LKS


def measure_rules(measure: str, on: date) -> tuple[Condition, Condition | None]:
    """Who counts above and who below the line of a measure of LKS; None below is everybody."""
    rules: dict[str, tuple[Condition, Condition | None]] = {
        "terdaftar": (valid("daftar", on), None),
        "terakreditasi": (and_(valid("akreditasi", on), _eligible()), _eligible()),
        "terakreditasi_semua": (valid("akreditasi", on), None),
        "aktif": (lks.c.aktif == "aktif", None),
        "berbadan_hukum": (lks.c.hukum == "berbadan_hukum", None),
        "terverifikasi": (lks.c.diverifikasi_pada >= verified_since(on), None),
    }
    return rules[measure]


@lru_cache(maxsize=256)
def measure_parts(measure: str, on: date) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Numerator and denominator of a measure (domain.lks.MEASURES) as aggregates over rows of lks."""
    if measure == COMPLETENESS:
        return func.coalesce(func.sum(lks.c.terisi), 0), _count() * len(CORE)
    above, below = measure_rules(measure, on)
    return _count(above), _count() if below is None else _count(below)


def without_end(paper: str) -> Condition:
    """The LKS holds a paper that names no end date."""
    return and_(holds_paper(paper), _ends(paper).is_(None))


@lru_cache(maxsize=32)
def _share_columns(measures: tuple[str, ...], on: date) -> tuple[ColumnElement[int], ...]:
    # Kept: putting these expressions together takes as long as the store needs to answer them for a province.
    columns: list[ColumnElement[int]] = [_count().label("total"), _count(lks.c.contoh).label("contoh")]
    columns += [_count(lks.c.setting == name).label("setting_" + name) for name in ("dalam", "luar", "keduanya")]
    columns += [_count(without_end(p)).label("tanpa_akhir_" + p) for p in PAPERS]
    for name in measures:
        above, below = measure_parts(name, on)
        columns += [above.label(name + "_pembilang"), below.label(name + "_penyebut")]
    return tuple(columns)


def shares_query(selection: Selection, measures: Iterable[str]) -> Select[Any]:
    """One row: total, sample count, settings, papers without an end date, and both parts of each measure."""
    columns = _share_columns(tuple(measures), selection.on)
    return select().add_columns(*columns).where(*conditions(selection))


def shares(connection: Connection, selection: Selection, measures: Iterable[str]) -> dict[str, int]:
    """The counts of shares_query by their labels."""
    return dict(connection.execute(shares_query(selection, measures)).mappings().one())


def expiring(connection: Connection, selection: Selection) -> dict[int | str, dict[str, int]]:
    """How many papers end within 30, 90 and 180 days (each includes the nearer), and how many have ended ("lewat")."""
    cells = [(window, paper) for window in WINDOWS for paper in PAPERS]
    # Only the rows near an end are counted in eight ways: the others fall out at two comparisons.
    horizon = selection.on + timedelta(days=max(EXPIRY_DAYS))
    near = or_(*[_ends(paper) <= horizon for paper in PAPERS])
    query = select(*[_count(ending(p, w, selection.on)) for w, p in cells]).where(near, *conditions(selection))
    counts = dict(zip(cells, connection.execute(query).one(), strict=True))
    return {window: {paper: counts[window, paper] for paper in PAPERS} for window in WINDOWS}


def kluster_query(selection: Selection) -> Select[Any]:
    """How many LKS are in each kluster: kode, jumlah."""
    mine = (lks_pilihan.c.bidang == "kluster", _members(lks_pilihan.c.lks_id, selection))
    return select(lks_pilihan.c.kode, func.count()).where(*mine).group_by(lks_pilihan.c.kode)


def kluster_counts(connection: Connection, selection: Selection) -> tuple[dict[str, int], int, int]:
    """LKS per kluster, how many LKS are in any, and how many in more than one."""
    per_kluster = {kode: count for kode, count in connection.execute(kluster_query(selection))}
    mine = (lks_pilihan.c.bidang == "kluster", _members(lks_pilihan.c.lks_id, selection))
    each = select(func.count().label("n")).where(*mine).group_by(lks_pilihan.c.lks_id).subquery()
    in_any, in_many = connection.execute(select(func.count(), _count(each.c.n > 1)).select_from(each)).one()
    return per_kluster, in_any, in_many


def clients(connection: Connection, selection: Selection) -> dict[str, tuple[int, int]]:
    """Clients inside and outside the home: (how many, reported by how many LKS) per setting.

    Of an LKS and setting the undated total counts; where there is none, its latest period (its total, or the sum of its
    groups when the source gives no total).
    """
    b = lks_binaan
    undated = and_(b.c.kelompok == "semua", b.c.periode == "")
    query = select(b.c.setting, func.sum(b.c.jumlah), func.count()).where(undated, _members(b.c.lks_id, selection))
    found = {setting: (total, count) for setting, total, count in connection.execute(query.group_by(b.c.setting))}
    for setting, jumlah in _dated_clients(connection, selection):
        total, count = found.get(setting, (0, 0))
        found[setting] = (total + jumlah, count + 1)
    return {setting: found.get(setting, (0, 0)) for setting in ("dalam", "luar")}


# Said as ranges of the index: "!=" would look at every row to find the few.
_dated = or_(
    lks_binaan.c.kelompok < "semua",
    lks_binaan.c.kelompok > "semua",
    and_(lks_binaan.c.kelompok == "semua", lks_binaan.c.periode > ""),
)
_any_dated = select(lks_binaan.c.id).where(_dated).limit(1)


def _dated_clients(connection: Connection, selection: Selection) -> Iterable[tuple[str, int]]:
    """(setting, clients) of each LKS and setting known only by group or period."""
    if connection.execute(_any_dated).first() is None:  # as in most registers: nothing to put together
        return []
    b, other = lks_binaan, lks_binaan.alias()
    same = and_(other.c.lks_id == b.c.lks_id, other.c.setting == b.c.setting)
    has_total = select(literal(1)).where(same, other.c.kelompok == "semua", other.c.periode == "").exists()
    # An undated split by groups is the present; else the latest period.
    newest = func.row_number().over(
        partition_by=(b.c.lks_id, b.c.setting),
        order_by=(case((b.c.periode == "", 1), else_=0).desc(), b.c.periode.desc()),
    )
    whole = func.max(case((b.c.kelompok == "semua", b.c.jumlah)))
    sums = select(b.c.setting, func.coalesce(whole, func.sum(b.c.jumlah)).label("jumlah"), newest.label("urut"))
    sums = sums.where(_dated, ~has_total, _members(b.c.lks_id, selection)).group_by(
        b.c.lks_id, b.c.setting, b.c.periode
    )
    latest = sums.subquery()
    query = select(latest.c.setting, latest.c.jumlah).where(latest.c.urut == 1)
    return [(setting, jumlah) for setting, jumlah in connection.execute(query)]


def published(connection: Connection, kode: str | None) -> list[dict[str, Any]]:
    """The figures that articles printed about exactly this region, oldest first; the table is public."""
    a = angka_publikasi
    where = a.c.wilayah.is_(None) if kode is None else a.c.wilayah == kode
    told = (a.c.tanggal, a.c.sumber, a.c.tautan, a.c.catatan)
    columns = (a.c.ukuran, a.c.nilai, a.c.sekitar, a.c.batas, a.c.satuan, *told)
    return [
        dict(row) for row in connection.execute(select(*columns).where(where).order_by(a.c.tanggal, a.c.id)).mappings()
    ]


def kluster_codes(connection: Connection) -> list[str]:
    """Every kluster of the reference list, in its order."""
    query = select(referensi.c.kode).where(referensi.c.daftar == "kluster").group_by(referensi.c.kode)
    return list(connection.execute(query.order_by(func.min(referensi.c.urutan))).scalars())


def region_changes(connection: Connection) -> list[dict[str, Any]]:
    """The regions that took a code over or gave theirs up: what domain.wilayah_history.moves reads; public."""
    columns = (wilayah.c.kode, wilayah.c.berlaku_mulai, wilayah.c.berlaku_sampai, wilayah.c.pendahulu)
    changed = or_(wilayah.c.pendahulu.is_not(None), wilayah.c.berlaku_sampai.is_not(None))
    return [dict(row) for row in connection.execute(select(*columns).where(changed)).mappings()]

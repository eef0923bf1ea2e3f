"""The sample: loaded once, marked, taken out without a real row, and its open door closed for good."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_access.commands import lks as lks_commands
from data_access.engine import reading, writing
from data_access.queries.accounts import count_real_users
from data_access.queries.samples import count_real, count_sample
from data_access.tables import audit, lks, lks_bantuan, lks_berkas, lks_pilihan, metadata, pengguna
from domain.errors import NotPermitted, SignInRefused
from domain.permissions import COMMAND_LINE, ROLES, Actor
from services import accounts, samples

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def counted() -> tuple[int, int]:
    with reading() as connection:
        return count_sample(connection), count_real(connection)


def add_real(nama: str = "LKS Sungguhan") -> int:
    with writing() as connection:
        [lks_id] = lks_commands.add(connection, [{"nama": nama, "kode_wilayah": "33.71"}], at=NOW, by=COMMAND_LINE)
    return lks_id


def sizes() -> dict[str, int]:
    with reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def test_kota_magelang_is_as_published(seeded_db: Path) -> None:
    query = (
        select(lks_pilihan.c.kode, func.count())
        .join(lks, lks.c.id == lks_pilihan.c.lks_id)
        .where(lks_pilihan.c.bidang == "kluster", lks.c.kabkota_kode == "33.71")
        .group_by(lks_pilihan.c.kode)
    )
    with reading() as connection:
        per_kluster = {kode: jumlah for kode, jumlah in connection.execute(query)}
        total = connection.execute(select(func.count()).where(lks.c.kabkota_kode == "33.71")).scalar_one()
    assert per_kluster == {"anak": 8, "disabilitas": 2, "lansia": 1}
    assert total == 11


def test_every_sample_row_is_marked_and_named_so(seeded_db: Path) -> None:
    with reading() as connection:
        rows = connection.execute(select(lks.c.nama, lks.c.contoh)).all()
        people = connection.execute(select(pengguna.c.nama_pengguna, pengguna.c.sandi).where(pengguna.c.contoh)).all()
    assert len(rows) > 100
    assert [nama for nama, contoh in rows if not contoh or "contoh" not in nama] == []
    assert sorted(people) == sorted((f"contoh.{role}", None) for role in ROLES), "no sample account has a password"


def test_loading_twice_adds_nothing(seeded_db: Path) -> None:
    before = sizes()
    assert samples.loaded()
    assert samples.load(COMMAND_LINE) == 0
    assert sizes() == before


def test_the_sample_is_not_laid_over_real_rows(fresh_db: Path) -> None:
    add_real()
    with pytest.raises(NotPermitted) as refused:
        samples.load(COMMAND_LINE)
    assert refused.value.code == "contoh_di_atas_data_nyata"
    assert counted() == (0, 1)


def test_removing_leaves_real_rows_and_accounts(seeded_db: Path) -> None:
    sample, _ = counted()
    real = add_real()
    assert samples.remove(COMMAND_LINE) == sample
    assert counted() == (0, 1)
    with reading() as connection:
        assert connection.execute(select(lks.c.id)).scalars().all() == [real]
        assert count_real_users(connection) == 1
        assert connection.execute(select(pengguna.c.contoh).distinct()).scalars().all() == [False]
        for table in (lks_pilihan, lks_berkas, lks_bantuan):
            assert connection.execute(select(table.c.lks_id)).all() == []
    assert not samples.loaded()
    assert samples.remove(COMMAND_LINE) == 0


def test_load_and_remove_stand_in_the_trail(fresh_db: Path) -> None:
    loaded = samples.load(COMMAND_LINE)
    samples.remove(COMMAND_LINE)
    with reading() as connection:
        rows = connection.execute(
            select(audit.c.aksi, audit.c.sebelum, audit.c.sesudah).where(audit.c.objek == "contoh").order_by(audit.c.id)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("muat_contoh", None, {"lks": loaded, "kegiatan": 5, "pengajuan": 2}),
        ("hapus_contoh", {"lks": loaded, "kegiatan": 5, "rapat": 10, "pengajuan": 2}, None),
    ]


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"admin"}))
def test_only_an_admin_may(seeded_db: Path, actor: Callable[..., Actor], role: str) -> None:
    before = counted()
    for attempt in (samples.load, samples.remove):
        with pytest.raises(NotPermitted):
            attempt(actor(role))
    assert counted() == before


def test_the_sample_door_closes_with_the_sample_and_stays_closed(seeded_db: Path) -> None:
    assert {role for _, role in accounts.sample_roles()} == set(ROLES)
    token = accounts.sign_in_sample("contoh.operator", "127.0.0.1")
    assert accounts.actor_of(token) is not None
    samples.remove(COMMAND_LINE)
    assert accounts.actor_of(token) is None
    assert samples.load(COMMAND_LINE) > 100
    assert accounts.sample_roles() == []
    with pytest.raises(SignInRefused):
        accounts.sign_in_sample("contoh.operator", "127.0.0.1")


def test_the_sample_door_closes_with_the_first_real_row(seeded_db: Path) -> None:
    token = accounts.sign_in_sample("contoh.admin", "127.0.0.1")
    with writing() as connection:
        accounts.close_sample_sign_in_in(connection)
    assert accounts.actor_of(token) is None
    assert accounts.sample_roles() == []


def test_the_sample_door_is_open_on_this_computer_only(seeded_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = accounts.sign_in_sample("contoh.admin", "127.0.0.1")
    for host in ("0.0.0.0", "", "10.0.0.5"):
        monkeypatch.setenv("PILAR_HOST", host)
        assert accounts.actor_of(token) is None
        assert accounts.sample_roles() == []
        with pytest.raises(SignInRefused):
            accounts.sign_in_sample("contoh.admin", "127.0.0.1")

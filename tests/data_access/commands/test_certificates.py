"""The store itself refuses a number twice and a withdrawal without a reason; codes differ and are kept sealed."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from data_access import secrets
from data_access.commands import certificates as commands
from data_access.engine import reading, writing
from data_access.tables_dokumen import sertifikat
from domain import certificate as rules
from tests import bimtek_rows
from tests.data_access.queries.test_certificates import NOW, row


def test_codes_are_kept_as_hash_and_sealed(fresh_db: Path) -> None:
    event = bimtek_rows.store_event(phases={})
    with writing() as connection:
        commands.add(connection, [row(event, number) for number in range(1, 31)])
    with reading() as connection:
        kept = connection.execute(select(sertifikat.c.sidik_kode, sertifikat.c.kode_sandi)).all()
    codes = [secrets.unseal(one.kode_sandi) for one in kept]
    assert len(set(codes)) == 30
    assert [secrets.fingerprint(code) for code in codes] == [one.sidik_kode for one in kept]
    assert all(rules.well_formed(code, secrets.derived("kode-sertifikat")) for code in codes)


def test_the_store_refuses_a_number_twice_and_a_withdrawal_without_reason(fresh_db: Path) -> None:
    event = bimtek_rows.store_event(phases={})
    with writing() as connection:
        [made] = commands.add(connection, [row(event, 1)])
    with pytest.raises(IntegrityError), writing() as connection:
        commands.add(connection, [row(event, 1)])
    with pytest.raises(IntegrityError), writing() as connection:
        connection.execute(update(sertifikat).values(dicabut_pada=NOW))
    with writing() as connection:
        assert not commands.withdraw(connection, made, 2, NOW, "alasan")
        assert commands.withdraw(connection, made, 1, NOW, "alasan")
        assert not commands.withdraw(connection, made, 2, NOW, "lagi")

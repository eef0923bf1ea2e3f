"""Signing in and out: who gets a session, what a refusal gives away, and what ends a session."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from data_access import tables
from data_access.engine import reading
from domain.permissions import COMMAND_LINE
from services import accounts, clock
from tests.web.conftest import PASSWORD
from web import trust

Tab = Callable[..., TestClient]
MakeUser = Callable[..., int]


def enter(client: TestClient, name: str = "sari", password: str = PASSWORD, lanjut: str = "") -> object:
    return client.post("/masuk", data={"nama_pengguna": name, "kata_sandi": password, "lanjut": lanjut})


def failures() -> int:
    with reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.gagal_masuk)).scalar_one()


def test_the_page_is_indonesian_and_needs_no_script(fresh_db: Path, tab: Tab) -> None:
    answer = tab().get("/masuk?lanjut=/daftar-lks%3Fprovinsi%3D33")
    assert answer.status_code == 200
    assert '<html lang="id">' in answer.text
    assert 'autocomplete="username"' in answer.text and 'autocomplete="current-password"' in answer.text
    assert 'name="lanjut" value="/daftar-lks?provinsi=33"' in answer.text
    assert "<script>" not in answer.text and "onclick" not in answer.text


def test_the_right_password_opens_the_page_asked_for(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab()
    answer = client.post(
        "/masuk", data={"nama_pengguna": " SARI ", "kata_sandi": PASSWORD, "lanjut": "/daftar-lks?provinsi=33"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/daftar-lks?provinsi=33")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("pilar_sesi=")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie and "Secure" not in cookie
    assert client.get("/daftar-lks").text == "<title>dalam</title>"


def test_behind_tls_the_cookie_is_bound_to_the_host(user: MakeUser, tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILAR_SECURE_COOKIE", "1")
    user()
    answer = tab().post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-pilar_sesi=") and "Secure" in cookie and "Domain" not in cookie
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_wrong_user_and_wrong_password_are_told_and_checked_alike(
    user: MakeUser, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    user()
    checked: list[str] = []
    real = accounts._hasher

    class Spy:
        def verify(self, stored: str, password: str) -> bool:
            assert stored.startswith("$argon2id$")  # anything else is refused without the work of a hash
            checked.append(password)
            return real.verify(stored, password)

    monkeypatch.setattr(accounts, "_hasher", Spy())
    wrong = tab().post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": "keliru-sekali"})
    nobody = tab().post("/masuk", data={"nama_pengguna": "sira", "kata_sandi": "keliru-sekali"})
    assert (wrong.status_code, nobody.status_code) == (401, 401)
    assert wrong.text.replace('value="sari"', "") == nobody.text.replace('value="sira"', "")
    assert checked == ["keliru-sekali", "keliru-sekali"]
    assert "set-cookie" not in wrong.headers


def test_an_account_switched_off_is_told_like_a_wrong_password(user: MakeUser, tab: Tab) -> None:
    user_id = user()
    accounts.change_user(
        COMMAND_LINE, user_id, 1, name="Uji", role="operator", wilayah=None, active=False, reason="pindah"
    )
    answer = tab().post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD})
    assert answer.status_code == 401
    assert "Nama pengguna atau kata sandi salah." in answer.text


def test_too_many_failures_hold_the_pair_back_but_not_the_account(
    user: MakeUser, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    user()
    stranger, owner = tab(peer="203.0.113.9"), tab(peer="203.0.113.7")
    codes = [
        stranger.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": f"coba-{n}"}).status_code
        for n in range(10)
    ]
    assert codes == [401] * 8 + [429] * 2
    held = stranger.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD})
    assert held.status_code == 429 and int(held.headers["retry-after"]) == 900
    assert "Tunggu 15 menit" in held.text
    # a stranger must not be able to lock the owner out
    assert owner.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD}).status_code == 303
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert stranger.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD}).status_code == 303


@pytest.mark.parametrize(("spread", "tried"), [(1, 20), (1000, 300)])
def test_a_thousand_guesses_in_a_minute_find_nothing(
    user: MakeUser, tab: Tab, monkeypatch: pytest.MonkeyPatch, spread: int, tried: int
) -> None:
    user()
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    found = []
    for guess in range(1000):
        try:
            # the right password comes last: by then the limit must hold it back
            password = PASSWORD if guess == 999 else f"coba-{guess}"
            # many accounts, so that only the limits per address and in all apply
            name = "sari" if guess == 999 else f"orang{guess}"
            found.append(accounts.sign_in(name, password, f"203.0.{guess % spread // 250}.{guess % spread % 250}"))
        except (accounts.SignInRefused, accounts.TooManyAttempts):
            continue
    assert found == []
    assert failures() == tried


def test_a_chosen_forwarded_address_does_not_make_a_new_guesser(user: MakeUser, tab: Tab) -> None:
    """uvicorn believes X-Forwarded-For from this computer and puts it into the client address."""
    user()
    codes = []
    for n in range(9):
        client = tab(peer=f"198.51.100.{n}", X_Forwarded_For=f"198.51.100.{n}")
        codes.append(client.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": "coba"}).status_code)
    assert codes == [401] * 8 + [429]


def test_each_sign_in_makes_a_new_token_and_ends_the_one_before(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab()
    client.cookies.set("pilar_sesi", "tanaman-penyerang", domain="localhost.local")
    enter(client)
    first = client.cookies["pilar_sesi"]
    assert first != "tanaman-penyerang" and accounts.actor_of("tanaman-penyerang") is None
    enter(client)
    second = client.cookies["pilar_sesi"]
    assert second != first
    assert accounts.actor_of(first) is None and accounts.actor_of(second) is not None


def test_the_token_is_not_kept_in_the_store(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab()
    enter(client)
    with reading() as connection:
        kept = connection.execute(select(tables.sesi.c.sidik)).scalars().all()
    assert kept == [accounts.digest(client.cookies["pilar_sesi"])]


def _switch_off(user_id: int) -> None:
    accounts.change_user(COMMAND_LINE, user_id, 1, name="Uji", role="operator", wilayah=None, active=False, reason="a")


def _other_role(user_id: int) -> None:
    accounts.change_user(COMMAND_LINE, user_id, 1, name="Uji", role="lkks", wilayah=None, active=True, reason="a")


def _other_region(user_id: int) -> None:
    accounts.change_user(COMMAND_LINE, user_id, 1, name="Uji", role="operator", wilayah="33", active=True, reason="a")


def _reset(user_id: int) -> None:
    accounts.reset_password(COMMAND_LINE, user_id)


@pytest.mark.parametrize("change", [_switch_off, _other_role, _other_region, _reset])
def test_a_change_of_the_account_ends_its_sessions(user: MakeUser, tab: Tab, change: Callable[[int], None]) -> None:
    user_id = user()
    client = tab()
    enter(client)
    assert client.get("/").status_code == 200
    change(user_id)
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/masuk")


def test_a_new_name_alone_ends_no_session(user: MakeUser, tab: Tab) -> None:
    user_id = user()
    client = tab()
    enter(client)
    accounts.change_user(
        COMMAND_LINE, user_id, 1, name="Nama Baru", role="operator", wilayah=None, active=True, reason="ejaan"
    )
    assert client.get("/").status_code == 200


def test_a_session_ends_by_itself(user: MakeUser, tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    user()
    client = tab()
    enter(client)
    later = clock.now() + timedelta(hours=12, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/").status_code == 303


def test_signing_out_takes_a_button_and_ends_the_session(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab()
    enter(client)
    token = client.cookies["pilar_sesi"]
    assert client.get("/keluar").status_code == 200
    assert accounts.actor_of(token) is not None
    answer = client.post("/keluar")
    assert (answer.status_code, answer.headers["location"]) == (303, "/masuk?kabar=keluar")
    assert accounts.actor_of(token) is None and "pilar_sesi" not in client.cookies
    assert "Anda sudah keluar." in client.get("/masuk?kabar=keluar").text


def test_somebody_signed_in_is_led_on(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab()
    enter(client)
    # the page /peta, not the map shapes below /peta/
    answer = client.get("/masuk?lanjut=/peta%3Fukuran%3Daktif")
    assert (answer.status_code, answer.headers["location"]) == (303, "/peta?ukuran=aktif")


def test_a_one_time_password_must_be_replaced_first(user: MakeUser, tab: Tab) -> None:
    user(once=True)
    client = tab()
    answer = client.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD, "lanjut": "/impor"})
    assert answer.headers["location"] == "/sandi"
    assert client.get("/impor").headers["location"] == "/sandi"
    assert "hanya berlaku sekali" in client.get("/sandi").text
    new = "hujan-bulan-november"
    done = client.post("/sandi", data={"lama": PASSWORD, "baru": new, "ulang": new})
    assert (done.status_code, done.headers["location"]) == (303, "/masuk?kabar=sandi_diganti")
    assert client.get("/impor").headers["location"] == "/masuk?lanjut=/impor"
    assert client.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD}).status_code == 401
    assert client.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": new}).headers["location"] == "/"
    assert client.get("/impor").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "status", "sentence"),
    [
        ("keliru", "hujan-bulan-november", "hujan-bulan-november", 401, "Kata sandi lama tidak cocok."),
        (PASSWORD, "hujan-bulan-november", "hujan-bulan-desember", 422, "ulangannya tidak sama"),
        (PASSWORD, "pendek", "pendek", 422, "terlalu mudah ditebak"),
        (PASSWORD, "saya-sari-sekali", "saya-sari-sekali", 422, "terlalu mudah ditebak"),
        (PASSWORD, PASSWORD, PASSWORD, 422, "sama dengan yang lama"),
    ],
)
def test_a_bad_new_password_is_refused_and_the_session_stays(
    user: MakeUser, tab: Tab, old: str, new: str, again: str, status: int, sentence: str
) -> None:
    user()
    client = tab()
    enter(client)
    answer = client.post("/sandi", data={"lama": old, "baru": new, "ulang": again})
    assert answer.status_code == status and sentence in answer.text
    assert client.get("/").status_code == 200


def test_a_stolen_session_cannot_guess_the_password(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab()
    enter(client)
    form = {"baru": "hujan-bulan-november", "ulang": "hujan-bulan-november"}
    codes = [client.post("/sandi", data=form | {"lama": f"coba-{n}"}).status_code for n in range(9)]
    assert codes == [401] * 8 + [429]


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "/a//evil.example",
    "evil.example",
    "http:evil.example",
    "/masuk",
    "/masuk?lanjut=/masuk",
    "/keluar",
    "/unduh/../masuk\\",
    "/_stcore/health",
    "/" + "a" * 3000,
    "",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_elsewhere(user: MakeUser, tab: Tab, wanted: str) -> None:
    user()
    client = tab()
    answer = client.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD, "lanjut": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert trust.safe_next(wanted) == "/"


@pytest.mark.parametrize("path", ["/masuk", "/masuk/contoh", "/keluar", "/sandi"])
@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser sends a form without saying where it stood
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost:8501.evil.example"},
        {"Referer": "https://evil.example/localhost:8501"},
        {"Origin": "http://localhost:8501", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:8501", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_on_another_site_is_refused(signed_in: Tab, path: str, headers: dict[str, str]) -> None:
    client = signed_in()
    del client.headers["Origin"]
    answer = client.post(path, data={"nama_pengguna": "sari", "kata_sandi": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert client.get("/").status_code == 200  # still signed in


def test_the_referer_serves_where_a_browser_sends_no_origin(user: MakeUser, tab: Tab) -> None:
    user()
    client = tab(own=False, Referer="http://localhost:8501/masuk")
    assert client.post("/masuk", data={"nama_pengguna": "sari", "kata_sandi": PASSWORD}).status_code == 303


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_body_is_refused(fresh_db: Path, tab: Tab, chunked: bool) -> None:
    body = b"nama_pengguna=" + b"a" * 20_000
    content = (body[i : i + 1000] for i in range(0, len(body), 1000)) if chunked else body
    answer = tab().post("/masuk", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
    assert failures() == 0


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"%%%=&&==\xff\xfe", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"&".join(b"a%d=1" % n for n in range(900)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_form_is_refused_without_a_fault(fresh_db: Path, tab: Tab, content: bytes, kind: str) -> None:
    answer = tab().post("/masuk", content=content, headers={"Content-Type": kind})
    assert answer.status_code in (400, 401)


def test_script_in_the_user_name_stays_text(fresh_db: Path, tab: Tab) -> None:
    name = '"><script>alert(1)</script>'
    answer = tab().post("/masuk", data={"nama_pengguna": name, "kata_sandi": "x"})
    assert answer.status_code == 401 and "<script>alert" not in answer.text


# --- one click per role, only beside sample data on this computer -----------------------------------------------------


def test_sample_roles_are_offered_and_open_a_session(seeded_db: Path, tab: Tab) -> None:
    client = tab()
    page = client.get("/masuk?lanjut=/klaster")
    assert page.text.count('action="/masuk/contoh"') == 5 and "data contoh" in page.text
    assert "Melihat ringkasan, peta, indikator" in page.text
    name = accounts.sample_roles()[0][0]
    answer = client.post("/masuk/contoh", data={"nama": name, "lanjut": "/klaster"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/klaster")
    actor = accounts.actor_of(client.cookies["pilar_sesi"])
    assert actor is not None and actor.contoh and actor.role.id == "kepala_dinas"


@pytest.mark.parametrize(
    ("host", "peer", "headers"),
    [
        ("evil.com", "127.0.0.1", {}),  # DNS rebinding
        ("localhost.evil.com:8501", "127.0.0.1", {}),
        ("192.168.1.5:8501", "127.0.0.1", {}),
        ("localhost:8501", "192.168.1.9", {}),
        ("localhost:8501", "::ffff:192.168.1.9", {}),
        ("localhost:8501", "127.0.0.1", {"X_Forwarded_For": "127.0.0.1"}),
        ("localhost:8501", "127.0.0.1", {"Forwarded": "for=203.0.113.9"}),
    ],
)
def test_sample_roles_are_for_this_computer_only(
    seeded_db: Path, tab: Tab, host: str, peer: str, headers: dict[str, str]
) -> None:
    name = accounts.sample_roles()[0][0]
    client = tab(host, peer, **headers)
    assert "/masuk/contoh" not in client.get("/masuk").text
    answer = client.post("/masuk/contoh", data={"nama": name})
    assert answer.status_code == 401 and "pilar_sesi" not in client.cookies


@pytest.mark.parametrize(
    ("host", "peer"), [("127.0.0.1:8501", "127.0.0.1"), ("[::1]:8501", "::1"), ("localhost", "::ffff:127.0.0.1")]
)
def test_every_name_of_this_computer_counts(seeded_db: Path, tab: Tab, host: str, peer: str) -> None:
    assert "/masuk/contoh" in tab(host, peer).get("/masuk").text


def test_sample_roles_go_for_good(seeded_db: Path, tab: Tab) -> None:
    client = tab()
    name = accounts.sample_roles()[0][0]
    client.post("/masuk/contoh", data={"nama": name})
    assert client.get("/").status_code == 200
    accounts.close_sample_sign_in()
    assert client.get("/").status_code == 303  # sessions opened before end as well
    assert "/masuk/contoh" not in client.get("/masuk").text
    assert client.post("/masuk/contoh", data={"nama": name}).status_code == 401


def test_a_server_open_to_others_offers_no_sample_roles(
    seeded_db: Path, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILAR_HOST", "0.0.0.0")
    assert "/masuk/contoh" not in tab().get("/masuk").text


def test_a_real_account_cannot_be_entered_as_a_sample(seeded_db: Path, tab: Tab) -> None:
    assert tab().post("/masuk/contoh", data={"nama": "admin"}).status_code == 401


def test_a_sample_account_has_no_password(seeded_db: Path, tab: Tab) -> None:
    client = tab()
    client.post("/masuk/contoh", data={"nama": accounts.sample_roles()[0][0]})
    assert "Akun contoh tidak memiliki kata sandi." in client.get("/sandi").text
    new = "hujan-bulan-november"
    assert client.post("/sandi", data={"lama": "", "baru": new, "ulang": new}).status_code == 401

"""Long work in the background: results, named errors, progress, and only its owner may look."""

import threading
from collections.abc import Callable

import pytest

from domain.errors import FileRefused, NotFound, PilarError
from domain.permissions import ROLES, Actor, Scope
from services import jobs

OWNER = Actor(1, "pemilik", "Pemilik Contoh", ROLES["operator"], Scope("33.71"))
OTHER = Actor(2, "lain", "Lain Contoh", ROLES["admin"], Scope(None))
SECONDS = 10.0


def fails(error: BaseException) -> Callable[[Callable[[int, int], None]], None]:
    def work(progress: Callable[[int, int], None]) -> None:
        raise error

    return work


@pytest.mark.parametrize("result", [7, "x", None, [], 0])
def test_the_result_comes_back(result: object) -> None:
    """Work that returned None was told to have failed, after it had been carried out."""
    job = jobs.wait(OWNER, jobs.start(OWNER, lambda progress: result), SECONDS)
    assert job.finished.is_set()
    assert job.outcome() == result


def test_progress_is_seen_while_it_runs() -> None:
    half, go_on = threading.Event(), threading.Event()

    def work(progress: Callable[[int, int], None]) -> str:
        progress(5, 10)
        half.set()
        assert go_on.wait(SECONDS)
        progress(10, 10)
        return "selesai"

    job_id = jobs.start(OWNER, work)
    assert half.wait(SECONDS)
    job = jobs.look(OWNER, job_id)
    assert (job.done, job.total, job.finished.is_set()) == (5, 10, False)
    assert not jobs.wait(OWNER, job_id, 0.01).finished.is_set()
    go_on.set()
    job = jobs.wait(OWNER, job_id, SECONDS)
    assert (job.done, job.total, job.outcome()) == (10, 10, "selesai")


@pytest.mark.parametrize(
    "error", [FileRefused("berkas_kosong"), OSError("disk"), ValueError("x"), RuntimeError("y")], ids=repr
)
def test_an_error_of_the_work_is_the_askers(error: Exception) -> None:
    job = jobs.wait(OWNER, jobs.start(OWNER, fails(error)), SECONDS)
    with pytest.raises(type(error)) as raised:
        job.outcome()
    assert raised.value is error


@pytest.mark.parametrize("error", [KeyError("x"), ZeroDivisionError(), MemoryError()], ids=repr)
def test_an_unforeseen_error_ends_the_job_too(error: Exception) -> None:
    """Else the page would ask for ever how far it is."""
    job = jobs.wait(OWNER, jobs.start(OWNER, fails(error)), SECONDS)
    assert job.finished.is_set()
    with pytest.raises(PilarError) as raised:
        job.outcome()
    assert raised.value.code == "pekerjaan_gagal"


def test_nobody_else_may_look_wait_or_drop() -> None:
    job_id = jobs.start(OWNER, lambda progress: 1)
    for attempt in (jobs.look, jobs.drop, lambda by, key: jobs.wait(by, key, 0)):
        for who, key in ((OTHER, job_id), (OWNER, job_id + "x"), (OWNER, "")):
            with pytest.raises(NotFound) as refused:
                attempt(who, key)
            assert refused.value.code == "pekerjaan_tidak_ada"
    assert jobs.wait(OWNER, job_id, SECONDS).outcome() == 1


def test_a_dropped_job_is_forgotten() -> None:
    job_id = jobs.start(OWNER, lambda progress: 1)
    jobs.wait(OWNER, job_id, SECONDS)
    jobs.drop(OWNER, job_id)
    with pytest.raises(NotFound):
        jobs.look(OWNER, job_id)


def test_old_results_are_swept_away(monkeypatch: pytest.MonkeyPatch) -> None:
    old = jobs.start(OWNER, lambda progress: 1)
    jobs.wait(OWNER, old, SECONDS).started -= jobs._KEEP_SECONDS + 1
    new = jobs.start(OWNER, lambda progress: 2)
    with pytest.raises(NotFound):
        jobs.look(OWNER, old)
    assert jobs.wait(OWNER, new, SECONDS).outcome() == 2


def test_ids_cannot_be_guessed() -> None:
    made = {jobs.start(OWNER, lambda progress: 1) for _ in range(20)}
    assert len(made) == 20
    assert min(map(len, made)) >= 16

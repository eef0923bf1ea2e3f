"""Long work outside the page's run, which a click or a lost connection would stop; the page asks how far it is."""

import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from domain.errors import NotFound, PilarError
from domain.permissions import Actor

_KEEP_SECONDS = 3600
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pekerjaan")
_jobs: dict[str, "Job"] = {}
_lock = threading.Lock()


@dataclass
class Job:
    """One piece of long work: how far it is, and what came of it."""

    owner: str
    started: float = field(default_factory=time.monotonic)
    done: int = 0
    total: int = 0
    finished: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: BaseException | None = None

    def progress(self, done: int, total: int) -> None:
        """Called by the work itself."""
        self.done, self.total = done, total

    def outcome(self) -> Any:
        """The result; raises what the work raised."""
        if self.error is not None:
            raise self.error
        return self.result


def start(by: Actor, work: Callable[[Callable[[int, int], None]], Any]) -> str:
    """Begins `work(progress)` and returns the job's id, which only its owner can ask about."""
    job, job_id = Job(by.username), secrets.token_urlsafe(12)

    def run() -> None:
        ended = False
        try:
            job.result = work(job.progress)
            ended = True
        except (PilarError, OSError, ValueError, RuntimeError) as error:
            job.error = error
        finally:
            if not ended and job.error is None:
                job.error = PilarError("pekerjaan_gagal")
            job.finished.set()

    with _lock:
        for old in [key for key, kept in _jobs.items() if time.monotonic() - kept.started > _KEEP_SECONDS]:
            del _jobs[old]
        _jobs[job_id] = job
    _pool.submit(run)
    return job_id


def look(by: Actor, job_id: str) -> Job:
    """The job as it is now; NotFound when it is another's or long over."""
    job = _jobs.get(job_id)
    if job is None or job.owner != by.username:
        raise NotFound("pekerjaan_tidak_ada")
    return job


def wait(by: Actor, job_id: str, seconds: float) -> Job:
    """The job once it has ended, or as it is when the seconds are over."""
    job = look(by, job_id)
    job.finished.wait(seconds)
    return job


def drop(by: Actor, job_id: str) -> None:
    """Forgets a job and its result."""
    look(by, job_id)
    with _lock:
        _jobs.pop(job_id, None)

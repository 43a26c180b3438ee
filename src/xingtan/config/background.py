"""Background work: queued jobs, waiting events, learned time for the ledger, the signed heads of the night."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from xingtan.core.calendar import SHANGHAI, local_day
from xingtan.domains.admissions import api as admissions
from xingtan.domains.exchange import api as exchange
from xingtan.domains.learning import api as learning
from xingtan.foundation.events.hallway import deliver_pending
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import run_job_task
from xingtan.foundation.ledger.heads import sign_heads

from .retaining import retain
from .watching import Watch

LOG = logging.getLogger(__name__)


class Background:
    """What one process does beside answering pages; several processes may do it at once on PostgreSQL."""

    PAUSE = 0.5
    LEARNED_EVERY = timedelta(seconds=20)
    HEADS_EVERY = timedelta(hours=24)
    LINES_EVERY = timedelta(minutes=1)
    NIGHT = range(1, 5)  # hours of the local clock

    def __init__(self) -> None:
        start = timezone.now()
        self.learned_at = self.heads_at = self.lines_at = start
        self.exchange = exchange.Turns(start)
        self.archived_on: date | None = None
        self.retained_on: date | None = None
        self.watch = Watch()

    def turn(self) -> None:
        """Whatever was waiting is done, or logged and tried again at the next turn."""
        for act in (
            self._jobs,
            deliver_pending,
            self._learned,
            self._exchange,
            self._lines,
            self._heads,
            self._archive,
            self._retain,
            self._watch,
        ):
            self._guarded(act)
        close_old_connections()

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception:
            LOG.exception("background work failed; it is tried again")

    def _jobs(self) -> None:
        if DBTaskResult.objects.ready().exists():
            Worker(
                queue_names=["*"],
                interval=0,
                batch=True,
                backend_name="default",
                startup_delay=False,
                max_tasks=1,
                worker_id="background",
                excluded_queue_names=[],
            ).run()

    def _learned(self) -> None:
        now = timezone.now()
        if now - self.learned_at >= self.LEARNED_EVERY:
            self.learned_at = now
            learning.tell_learned(now)

    def _exchange(self) -> None:
        self.exchange.turn(timezone.now())

    def _lines(self) -> None:
        """Seats offered from a waiting line go on to the next once their time is over."""
        now = timezone.now()
        if now - self.lines_at >= self.LINES_EVERY:
            self.lines_at = now
            admissions.move_lines(now)

    def _heads(self) -> None:
        now = timezone.now()
        if now - self.heads_at >= self.HEADS_EVERY:
            self.heads_at = now
            sign_heads(now)

    def _watch(self) -> None:
        self.watch.turn(timezone.now())

    def _archive(self) -> None:
        """One day at a turn, so that whatever else waits is done in between; after a failure not before the next night."""
        now = timezone.now()
        if now.astimezone(SHANGHAI).hour not in self.NIGHT or self.archived_on == local_day(now):
            return
        self.archived_on = local_day(now)
        if learning.archive_next(now):
            self.archived_on = None

    def _retain(self) -> None:
        """Once a night, a portion at a time, what has been kept for its time goes."""
        now = timezone.now()
        if now.astimezone(SHANGHAI).hour in self.NIGHT and self.retained_on != local_day(now):
            self.retained_on = local_day(now)
            retain(now, pause=0.05)


def resume_jobs() -> int:
    """Jobs that a stopped process left behind wait in the queue again; they are all-or-nothing, so nothing is done twice."""
    left = list(Job.everywhere.filter(state__in=[State.QUEUED, State.RUNNING]).values_list("pk", flat=True))
    DBTaskResult.objects.filter(status__in=["READY", "RUNNING"], task_path__endswith="run_job_task").delete()
    for job_id in left:
        run_job_task.enqueue(job_id)
    return len(left)


def start_background() -> threading.Thread:
    """The background work runs in a thread of this process from now on, jobs left behind first."""

    def loop() -> None:
        resume_jobs()
        background = Background()
        while True:
            background.turn()
            time.sleep(Background.PAUSE)

    thread = threading.Thread(target=loop, name="background", daemon=True)
    thread.start()
    return thread

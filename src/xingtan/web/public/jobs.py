"""A job in words."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.refusal import Refused
from xingtan.web.words import refusal_sentence

STATES = {
    State.QUEUED: ("wait", pgettext_lazy("job", "Waiting")),
    State.RUNNING: ("info", pgettext_lazy("job", "Running")),
    State.DONE: ("ok", pgettext_lazy("job", "Done")),
    State.REFUSED: ("stop", pgettext_lazy("job", "Refused")),
    State.FAILED: ("stop", pgettext_lazy("job", "Failed")),
}
RESULTS = {
    "new": gettext_lazy("New"),
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("Unchanged"),
    "unchanged": gettext_lazy("Unchanged"),
    "refused": gettext_lazy("Refused"),
    "rows": gettext_lazy("Rows"),
    "schools": gettext_lazy("Schools"),
    "teachers": gettext_lazy("Teachers"),
    "passed": gettext_lazy("Passed"),
    "returned": gettext_lazy("Returned"),
    "entered": gettext_lazy("Entered"),
}


@lru_cache(maxsize=1)
def _rooms_words() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for room in settings.ROOMS:
        found |= getattr(import_module(f"xingtan.domains.{room}.api"), "JOB_WORDS", {})
    return found


def job_facts(job: Job) -> dict[str, Any]:
    """State, progress, result and refusal of a job, as its page shows them."""
    title, labels = _rooms_words().get(job.kind, (_("Background work"), {}))
    state = State(job.state)
    kind, word = STATES[state]
    words = _("%(done)s of %(total)s") % {"done": f"{job.done_count:,}", "total": f"{job.total_count:,}"} if job.total_count else str(word)
    return {
        "job": job,
        "title": title,
        "kind": kind,
        "word": word,
        "words": words,
        "refusal": refusal_sentence(Refused(job.result["refusal"], **job.result.get("params", {}))) if state is State.REFUSED else "",
        "results": _results(job, labels) if state is State.DONE else [],
    }


def _results(job: Job, labels: dict[str, Any]) -> list[tuple[str, object]]:
    known = RESULTS | labels
    return [(str(known[key]), value) for key, value in job.result.items() if key in known and isinstance(value, int | str)]

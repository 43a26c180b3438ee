"""The teacher's own study group: place, times, people, what counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.kits import api as kits
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request

AHEAD = 8


@require_safe
@allowed(kits.SEE_OWN_GROUP)
def group(request: Request) -> HttpResponse:
    """The groups in which the teacher is named, the next times, and the own hours there."""
    own = request.actor.teacher_id or 0
    return render(request, "trainee/group.html", {"groups": [_shown(one, own, request) for one in kits.groups_of(own)]})


def _shown(one: kits.StudyGroup, teacher_id: int, request: Request) -> dict[str, Any]:
    modes = kits.modes_of(policies.policy_of(one.training_year))
    hours = kits.hours_of(one).get(teacher_id, kits.Hours(0, {}, ()))
    last = one.ended_on or one.training_year.last_on
    ahead = [time for time in kits.times_of(one) if request.today <= time.on <= last][:AHEAD]
    return {
        "it": one,
        "hours": hours,
        "modes": [(kits.mode_word(modes, code), seconds) for code, seconds in hours.by_mode.items()],
        "people": [member.teacher.name for member in kits.members_of(one)],
        "times": [{"on": time.on, "from": _clock(time.from_minute), "to": _clock(time.to_minute)} for time in ahead],
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

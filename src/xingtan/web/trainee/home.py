"""The teacher's home: am I on track, what is next, what counts?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.calendar import WindowKind
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.nav import place_for
from xingtan.web.parts.figures import LadderStep, Part
from xingtan.web.parts.formats import hours
from xingtan.web.words import message_sentence

from .access import OWN_PAGES
from .steps import next_steps, running
from .words import NOT_BEGUN
from .year import TeacherYear, year_of_teacher

VERDICTS = determination_room.VERDICTS
MOST_STEPS, MOST_RUNNING, MOST_MESSAGES = 4, 3, 3
WEEK = 7


@require_safe
@allowed(OWN_PAGES)
def home(request: Request) -> HttpResponse:
    """The year's answer first, then ring, amounts, ladder, next steps, running courses and messages."""
    if request.actor.teacher_id is None:
        raise NotInScope
    year = year_of_teacher(request.actor.teacher_id, request.today)
    inbox = messages_of(cast("int", request.actor.account_id))
    if year is None:
        return render(request, "trainee/home.html", {"year": None, "inbox": inbox})
    return render(request, "trainee/home.html", {"inbox": inbox, **_facts(year, request.actor)})


@require_safe
@allowed(OWN_PAGES)
def me(request: Request) -> HttpResponse:
    """The phone's fifth tab: everything that the header shows on a wide screen."""
    return render(request, "trainee/me.html")


def _facts(year: TeacherYear, actor: Actor) -> dict[str, Any]:
    steps, begun, verdict = next_steps(year), running(year), _verdict_now(year)
    ladder = ladder_of(year, verdict)
    return {
        "year": year,
        "total": year.amounts.total,
        "parts": year.parts,
        "ring_label": ring_label(year),
        "answer": answer(year.parts, verdict),
        "where": where_in_time(year),
        "verdict": verdict,
        "verdict_word": VERDICTS[verdict],
        "is_full": not any(part.gap_centi for part in year.parts),
        "waiting_centi": year.amounts.total.recognised - year.amounts.total.verified,
        "record_url": place_for(actor, "trainee:record"),
        "is_word": verdict in (Verdict.EXEMPT, Verdict.DEFERRED),
        "ladder": ladder,
        "cycle_centi": sum(step.recognised_centi for step in ladder),
        "cycle_required": sum(step.required_centi for step in ladder),
        "steps": steps[:MOST_STEPS],
        "step_count": len(steps),
        "running": begun[:MOST_RUNNING],
        "first": begun[0] if begun else None,
    }


def _verdict_now(year: TeacherYear) -> Verdict:
    found = determination_room.determination_of(year.teacher.pk, year.year.pk)
    return Verdict(found.verdict) if found else Verdict.IN_PROGRESS


def answer(parts: Sequence[Part], verdict: Verdict) -> tuple[str, str, str]:
    """The first line in three pieces (before, number, after): the first gap in policy words, or that the year is complete."""
    gaps = [part for part in parts if part.gap_centi]
    if verdict in (Verdict.QUALIFIED, Verdict.EXEMPT, Verdict.DEFERRED, Verdict.EXAM_REQUIRED, Verdict.MAKE_UP_REQUIRED):
        return str(VERDICTS[verdict]), "", ""
    if not gaps:
        return _("All hours are there"), "", ""
    whole = gaps[0] if len(gaps) == 1 else Part("", sum(part.gap_centi for part in gaps), 0, 0)
    said = _("Still lacking |%(n)s| hours of %(component)s") if whole.label else _("Still lacking |%(n)s| hours%(component)s")
    before, number, after = (said % {"n": hours(whole.gap_centi), "component": whole.label}).split("|")
    return before, number, after


def ring_label(year: TeacherYear) -> str:
    """The ring in one sentence."""
    whole = year.amounts.total
    return _("Training year %(year)s: recognised %(recognised)s hours, of them verified %(verified)s, of %(required)s") % {
        "year": year.year.year,
        "recognised": hours(whole.recognised),
        "verified": hours(whole.verified),
        "required": hours(whole.required),
    }


def where_in_time(year: TeacherYear) -> str:
    """Which week of study it is, or how the year lies to the day."""
    study = year.windows[WindowKind.STUDY]
    facts: dict[str, object] = {"year": year.year.year, "place": year.year.year - year.year.cycle_first + 1}
    if year.day < study.opens_on:
        facts |= {"day": study.opens_on.isoformat()}
        return _("Training year %(year)s, year %(place)s of the cycle; study opens on %(day)s") % facts
    if year.day > study.closes_on:
        return _("Training year %(year)s, year %(place)s of the cycle; study is over") % facts
    if year.day > year.year.last_on:
        return _("Training year %(year)s, year %(place)s of the cycle; study goes on beyond the year") % facts
    facts |= {"week": (year.day - study.opens_on).days // WEEK + 1}
    return _("Training year %(year)s, week %(week)s, year %(place)s of the cycle") % facts


def ladder_of(year: TeacherYear, verdict: Verdict) -> list[LadderStep]:
    """The cycle's years; each bears its verdict, the present one its amounts, those to come what they will ask."""
    now, whole = year.year, year.amounts.total
    known = {row.year: row for row in policies.years_for(year.teacher.school_id)}
    steps = []
    for number in range(now.cycle_first, now.cycle_last + 1):
        if number == now.year:
            steps.append(LadderStep(number, verdict, str(VERDICTS[verdict]), whole.required, whole.recognised, whole.verified, is_now=True))
        else:
            steps.append(_other_step(year, number, known.get(number)))
    return steps


def _other_step(year: TeacherYear, number: int, row: policies.TrainingYear | None) -> LadderStep:
    found = determination_room.determination_of(year.teacher.pk, row.pk) if row else None
    if found is None:
        return LadderStep(number, "", str(NOT_BEGUN), year.amounts.total.required)
    verdict = Verdict(found.verdict)
    return LadderStep(number, verdict, str(VERDICTS[verdict]), found.required_centi, found.recognised_centi, found.verified_centi)


def messages_of(account_id: int) -> list[dict[str, Any]]:
    """The newest messages with their sentences."""
    rows = Message.objects.filter(account_id=account_id).order_by("-sent_at", "-pk")[:MOST_MESSAGES]
    return [{"said": message_sentence(row.code, row.params), "row": row, "is_new": row.read_at is None} for row in rows]

"""A package of others: its player, what it reports, and another attempt."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.content.addresses import FETCH, RUNTIME, content_origin, runtime_address
from xingtan.web.content.framing import frame_facts, framed, package_of
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .desk import locked_page, unit_here
from .playing import play

MOST_BODY = 2 << 20


@never_cache
@require_safe
@allowed(assessment.TAKE_QUIZ)
def package(request: Request, public_id: str) -> HttpResponse:
    """The player of the package, its frame on the content host; or why it is locked."""
    course, unit = unit_here(request, public_id, courses.UnitKind.PACKAGE)
    if course.why:
        return locked_page(request, course, unit)
    assessment.refresh_launched(teacher_id=request.actor.teacher_id or 0, unit_id=unit.pk, now=request.now)
    states = assessment.package_states(request.actor.teacher_id or 0, unit.pk)
    after = next((other for other in course.units if other.unit.place > unit.place), None)
    facts = {"course": course, "unit": unit, "after": after} | page_facts(request, unit, states)
    return framed(request, play(request, "trainee/package.html", course, unit, facts))


def page_facts(request: Request, unit: courses.Unit, states: list[assessment.PackageState]) -> dict[str, Any]:
    """What the page shows of the package, and what its script is told."""
    state = next(iter(states), None)
    facts = package_of(unit).facts
    items = items_shown(unit, state)
    told = frame_facts(request, unit) | {
        "unit": unit.public_id,
        "account": request.actor.account_id,
        "attempt": state.attempt if state else 1,
        "kept": state.items if state else {},
        "report": reverse("trainee:package_report", args=[unit.public_id]),
        "launch": reverse("trainee:package_launch", args=[unit.public_id]),
        "csrf": get_token(request),
    }
    told["item"] = next((item["key"] for item in items if item["kind"] != "heading" and item["state"] != "done"), told["item"])
    standard = courses.STANDARDS[courses.Standard(facts["standard"])]
    return {"items": items, "package": told, "standard": standard, "state": state, "answer": answer_of(unit, state)}


def items_shown(unit: courses.Unit, state: assessment.PackageState | None) -> list[dict[str, Any]]:
    """The package's items with how far each is: new, begun, done, failed."""
    done = assessment.item_states(package_of(unit).facts, state.items if state else {})
    return [item | {"state": done.get(item["key"], "new")} for item in package_of(unit).facts["items"] if item["is_visible"]]


def answer_of(unit: courses.Unit, state: assessment.PackageState | None) -> dict[str, Any]:
    """How the attempt stands, as page and script show it."""
    word = "new"
    if state:
        word = "passed" if state.is_passed else "failed" if state.is_complete else "begun"
    items = state.items if state else {}
    return {
        "state": word,
        "score": state.score if state else None,
        "is_complete": bool(state and state.is_complete),
        "versions": {key: one["version"] for key, one in items.items()},
        "items": assessment.item_states(package_of(unit).facts, items),
    }


@never_cache
@require_http_methods(["GET", "POST"])
@allowed(assessment.TAKE_QUIZ)
def package_report(request: Request, public_id: str) -> HttpResponse:
    """What the package told is kept, and what came of it is answered; 409 with the sentence when another device went on."""
    _course, unit = unit_here(request, public_id, courses.UnitKind.PACKAGE)
    if request.method == "GET":
        state = assessment.refresh_launched(teacher_id=request.actor.teacher_id or 0, unit_id=unit.pk, now=request.now)
        return JsonResponse(answer_of(unit, state))
    try:
        state = assessment.keep_items(actor=request.actor, unit_id=unit.pk, report=_report(request), now=request.now)
    except Refused as refused:
        return JsonResponse({"code": refused.code, "sentence": refusal_sentence(refused)}, status=409)
    return JsonResponse(answer_of(unit, state))


def told_of(request: Request) -> dict[str, Any]:
    """The JSON object of the request; raises `Refused` for anything else."""
    try:
        told = json.loads(request.body[: MOST_BODY + 1]) if len(request.body) <= MOST_BODY else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Refused("package_report_unclear")
    return told


def _report(request: Request) -> assessment.Report:
    told = told_of(request)
    attempt, items, claimed_s = told.get("attempt"), told.get("items"), told.get("claimed_s", 0)
    if not isinstance(attempt, int) or not isinstance(items, dict) or not isinstance(claimed_s, int):
        raise Refused("package_report_unclear")
    return assessment.Report(attempt, items, claimed_s, told.get("is_forced") is True)


@require_POST
@allowed(assessment.TAKE_QUIZ)
def package_again(request: Request, public_id: str) -> HttpResponse:
    """A fresh attempt stands beside the ones before; the best counts."""
    _course, unit = unit_here(request, public_id, courses.UnitKind.PACKAGE)
    assessment.begin_again(actor=request.actor, unit_id=unit.pk, now=request.now)
    return redirect("trainee:package", public_id=public_id)


@require_POST
@allowed(assessment.TAKE_QUIZ)
def package_launch(request: Request, public_id: str) -> HttpResponse:
    """A cmi5 unit's launch is prepared in the record store; the answer is the query that its address carries."""
    _course, unit = unit_here(request, public_id, courses.UnitKind.PACKAGE)
    told = told_of(request)
    origin = content_origin(request)
    folder = runtime_address(request, package_of(unit).public_id).removesuffix(RUNTIME)
    back = request.build_absolute_uri(reverse("trainee:study"))
    place = assessment.Place(f"{origin}/xapi/", folder + FETCH, back)
    query = assessment.launch_unit(actor=request.actor, unit_id=unit.pk, item=str(told.get("item", "")), place=place, now=request.now)
    return JsonResponse({"query": query})

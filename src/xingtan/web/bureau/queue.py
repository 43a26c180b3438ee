"""The queue of an office: its steps of the chain, one entry or a thousand, by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import Level, Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.trainee.record import chosen_year
from xingtan.web.words import refusal_sentence

from .deciding import FILTERS, WAITS, QueueRow, back_to, decide_from, filters_of, ids_of, panel_of, reasons, rows_words, wanted_of, year_in

Step = credits_room.Step
DECIDES = {Role.COUNTY_OFFICER: Level.COUNTY, Role.CITY_OFFICER: Level.CITY, Role.PROVINCE_OFFICER: Level.PROVINCE}


@require_safe
@allowed(credits_room.SEE_QUEUE)
def queue(request: Request) -> HttpResponseBase:
    """What waits for a step of the office, with facets, checks and the evidence of one entry."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    steps = reviews.steps_for(request.actor, policies.policy_of(year)) if year else []
    if year is None or not steps:
        return render(request, "bureau/queue.html", {"year": year, "years": years, "no_step": bool(year)})
    step = step_of(request.GET.get("tab", ""), steps)
    policy = policies.policy_of(year)
    rows = reviews.queue(request.actor.scope, step, year.pk, filters_of(request.GET), now=request.now)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, year, policy)
    if "panel" in request.GET:
        one = rows.filter(entry__public_id=request.GET.get("entry", "")).first()
        return render(request, "bureau/queue_panel.html", panel_facts(request, one, year, step))
    page = page_of(request, rows)
    shown = rows_words(request, page.rows, year)
    current = next((row for row in shown if row.state.entry.public_id == request.GET.get("entry")), shown[0] if shown else None)
    facts = {
        "current": current,
        "reasons": reasons(),
        "tab": step.value,
        "year": year,
        "may_decide": may_decide(request.actor, policy, step),
    }
    if current is not None:
        facts |= _evidence(request, current, policy)
    around = _around(request, year, step, steps)
    return render(
        request,
        "bureau/queue.html",
        {**facts, **around, "years": years, "page_rows": page, "rows": shown, "total": credits_room.total_of(rows)},
    )


def step_of(wanted: str, steps: Sequence[Step]) -> Step:
    """The step that was named, or the first of the office's."""
    return next((one for one in steps if one.value == wanted), steps[0])


def may_decide(actor: Actor, policy: Policy, step: Step) -> bool:
    """True when the step is the role's own; a city has the county's part for schools that hang directly under it."""
    own = DECIDES.get(actor.role)
    rule = reviews.rule_of(policy, step)
    return own is not None and (own in {rule.level, *rule.by_stage.values()} or (own, rule.level) == (Level.CITY, Level.COUNTY))


def panel_facts(request: Request, one: credits_room.EntryState | None, year: policies.TrainingYear, step: Step) -> dict[str, Any]:
    """What the panel of one entry shows; the hint to choose one where there is none."""
    facts = {"tab": step.value, "year": year, "reasons": reasons(), "may_decide": may_decide(request.actor, policies.policy_of(year), step)}
    if one is None:
        return {**facts, "current": None}
    [row] = rows_words(request, [one], year)
    return {**facts, "current": row, **_evidence(request, row, policies.policy_of(year))}


def _evidence(request: Request, row: QueueRow, policy: Policy) -> dict[str, Any]:
    """The entry's evidence for the panel; it counts as opened because this answer shows it."""
    reviews.note_evidence(actor=request.actor, entry_id=row.state.pk, now=request.now)
    return panel_of(row, policy)


def _around(request: Request, year: policies.TrainingYear, step: Step, steps: Sequence[Step]) -> dict[str, Any]:
    """Facets with their counts, and the tabs of the office's steps with theirs."""
    scope, policy = request.actor.scope, policies.policy_of(year)
    facets = reviews.queue_facets(scope, step, year.pk, now=request.now)
    counts = credits_room.state_counts(scope, year.pk)
    chain = credits_room.steps_of(policy)
    waits = {one: sum(counts[state].count for state in credits_room.waiting_for(chain, one)) for one in steps}
    wait_words = dict(zip(WAITS, (_("7 days and more"), _("3 to 7 days"), _("Less than 3 days")), strict=True))
    said = [
        ("check", _("Automatic check"), [(check.value, reviews.CHECKS[check], n) for check, n in facets.checks.items()]),
        ("component", _("Component"), [(code, credits_room.component_word(policy, code), n) for code, n in facets.components.items()]),
        ("wait", _("Waiting"), [(name, wait_words[name], n) for name, n in facets.waits.items()]),
        ("school", _("School"), facets.schools),
    ]
    words = _filter_words(request, said)
    clean = _clean_found(request, step, year) if words else facets.checks[reviews.Check.CLEAN]
    return {
        "tabs": [(one.value, credits_room.word_of(reviews.rule_of(policy, one).label), waits[one]) for one in steps],
        "facets": [*said[:3], (*said[3][:2], facets.schools[:12])],
        "filter_words": words,
        "active": {name: request.GET.get(name, "") for name in FILTERS if name != "q"},
        "clean_count": clean,
        "sample_count": reviews.sample_due(request.actor.organisation_id or 0, year, step, clean),
        "batch": reviews.drawn_batch(request.actor, year.pk, step.value),
    }


def _filter_words(request: Request, facets: Sequence[tuple[str, str, Any]]) -> str:
    """The filters of the address in words; empty where the whole queue is meant."""
    wanted = [(label, word) for key, label, options in facets for value, word, _n in options if str(value) == request.GET.get(key)]
    found = [f"{label} {word}" for label, word in wanted] + [text for text in [request.GET.get("q", "").strip()] if text]
    return "; ".join(found)


def _clean_found(request: Request, step: Step, year: policies.TrainingYear) -> int:
    """How many clean entries a batch of what the filters find would hold: none of them one's own."""
    rows = reviews.queue(request.actor.scope, step, year.pk, filters_of(request.GET), now=request.now)
    ids = list(rows.exclude(teacher_id__in=teachers.own_ids(request.actor)).values_list("pk", flat=True))
    return len(reviews.clean_of(ids, reviews.checks_in(request.actor.scope, year.pk)))


def _workbook(rows: Any, year: policies.TrainingYear, policy: Policy) -> FileResponse:  # noqa: ANN401 -- a list of entries
    headings = [_("Entry"), _("Teacher"), _("School"), _("Activity"), _("Component"), _("Date"), _("Learned"), _("Recognised")]
    lines = (
        (
            row.entry.public_id,
            row.teacher.name,
            row.school,
            row.entry.title,
            credits_room.component_word(policy, row.component),
            row.happened_on,
            format_hours_exact(row.learned_centi),
            format_hours_exact(row.recognised_centi),
        )
        for row in rows.iterator(chunk_size=1000)
    )
    return workbook_response(f"{year.year}-{_('queue')}", headings, lines)


@require_POST
@allowed(reviews.DRAW)
def decide(request: Request) -> HttpResponse:
    """The entries have the office's decision; so many that a sample is due are drawn as a batch instead. Scripts are answered in JSON."""
    year = year_in(request, request.POST.get("year", ""))
    step = _posted_step(request, year)
    if "fetch" in request.headers.get("X-Requested-With", ""):
        return _answer(lambda: decide_from(request, step))
    if "all" in request.POST:
        ids, _left = wanted_of(request, step, year, credits_room.Outcome.PASSED)
        if reviews.sample_due(request.actor.organisation_id or 0, year, step, len(ids)):
            filters = {name: request.POST.get(name, "") for name in ("q", "check", "component", "school", "wait")}
            batch = reviews.draw_batch(
                actor=request.actor, step=step, training_year_id=year.pk, entry_ids=ids, filters=filters, now=request.now
            )
            return redirect("bureau:batch", batch.public_id)
    decide_from(request, step)
    return redirect(back_to("bureau:queue", request.POST, step.value, year.year))


@require_POST
@allowed(reviews.DRAW)
def undo(request: Request) -> HttpResponse:
    """The own last decision on these entries is taken back."""
    ids = ids_of(request, request.POST.getlist("ids"))
    return _answer(lambda: _undone(reviews.undo(actor=request.actor, entry_ids=list(ids.values()), now=request.now)))


def _undone(count: int) -> str:
    return ngettext("%(n)s decision was taken back.", "%(n)s decisions were taken back.", count) % {"n": count}


def _posted_step(request: Request, year: policies.TrainingYear) -> Step:
    steps = reviews.steps_for(request.actor, policies.policy_of(year))
    if not steps:
        raise NotInScope
    return step_of(request.POST.get("tab", ""), steps)


def _answer(act: Any) -> JsonResponse:  # noqa: ANN401 -- a function that says what it did
    """What was done, or why it was not (409), as a script reads it."""
    try:
        return JsonResponse({"said": act()})
    except Refused as refused:
        return JsonResponse({"said": refusal_sentence(refused)}, status=409)

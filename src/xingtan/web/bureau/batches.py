"""A batch: its sample is opened entry by entry, then the whole passes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .deciding import back_to, decided_sentence, filters_of, year_in
from .queue import panel_facts, step_of


@require_POST
@allowed(reviews.DRAW)
def draw(request: Request) -> HttpResponse:
    """Every clean entry that the filters find stands in a new batch, with a sample drawn by the server."""
    year = year_in(request, request.POST.get("year", ""))
    steps = reviews.steps_for(request.actor, policies.policy_of(year))
    if not steps:
        raise NotInScope
    step, filters = step_of(request.POST.get("tab", ""), steps), filters_of(request.POST)
    wanted = reviews.queue(request.actor.scope, step, year.pk, filters, now=request.now)
    found = list(wanted.exclude(teacher_id__in=teachers.own_ids(request.actor)).values_list("pk", flat=True))
    clean = reviews.clean_of(found, reviews.checks_in(request.actor.scope, year.pk))
    said = {name: getattr(filters, name) for name in ("q", "check", "component", "school", "wait")}
    batch = reviews.draw_batch(actor=request.actor, step=step, training_year_id=year.pk, entry_ids=clean, filters=said, now=request.now)
    return redirect("bureau:batch", batch.public_id)


@require_safe
@allowed(reviews.DRAW)
def batch(request: Request, pid: str) -> HttpResponse:
    """The batch, its sample with what was opened and when, and the evidence of one entry of it."""
    return _page(request, reviews.batch_named(request.actor, pid), request.GET.get("entry", ""))


def _page(request: Request, one: reviews.ReviewBatch, entry: str, refused: Refused | None = None) -> HttpResponse:
    samples = reviews.samples_of(one)
    shown = next((row for row in samples if row.entry.public_id == entry and row.opened_at), None)
    step = credits_room.Step(one.step)
    state = (
        credits_room.EntryState.objects.within(request.actor.scope).filter(pk=shown.entry_id).select_related(*RELATED).first()
        if shown
        else None
    )
    facts = panel_facts(request, state, one.training_year, step)
    states = reviews.states_by_entry([row.entry_id for row in samples])
    facts |= {
        "batch": one,
        "samples": [(row, credits_room.STATES[credits_room.State(states[row.entry_id])]) for row in samples],
        "unopened": sum(1 for row in samples if not row.opened_at),
        "opened": sum(1 for row in samples if row.opened_at),
        "step_word": credits_room.word_of(reviews.rule_of(policies.policy_of(one.training_year), step).label),
        "is_drawn": one.state == reviews.BatchState.DRAWN,
        "is_passed": one.state == reviews.BatchState.PASSED,
    }
    facts["refusal"] = refusal_sentence(refused) if refused else ""
    return render(request, "bureau/batch.html", facts, status=409 if refused else 200)


RELATED = ("entry", "entry__evidence", "teacher", "school", "provider", "training_year")


@require_POST
@allowed(reviews.DRAW)
def look(request: Request, pid: str) -> HttpResponse:
    """The entry's evidence was opened now, for it stands in this answer: for a script the panel, for a form the page."""
    one = reviews.batch_named(request.actor, pid)
    public_id = request.POST.get("entry", "")
    entry_id = credits_room.entry_ids_in(request.actor.scope, [public_id]).get(public_id)
    if entry_id is None:
        raise NotInScope
    reviews.look(actor=request.actor, batch_id=one.pk, entry_id=entry_id, now=request.now)
    if "fetch" not in request.headers.get("X-Requested-With", ""):
        return _page(request, one, public_id)
    state = credits_room.EntryState.objects.within(request.actor.scope).filter(pk=entry_id).select_related(*RELATED).first()
    return render(request, "bureau/queue_panel.html", panel_facts(request, state, one.training_year, credits_room.Step(one.step)))


@require_POST
@allowed(reviews.DRAW)
def pass_batch(request: Request, pid: str) -> HttpResponse:
    """The whole batch has passed its step; a refusal is said on the batch's own page."""
    one = reviews.batch_named(request.actor, pid)
    try:
        done = reviews.pass_batch(actor=request.actor, batch_id=one.pk, now=request.now)
    except Refused as refused:
        return _page(request, one, "", refused)
    messages.success(request, decided_sentence(credits_room.Outcome.PASSED, done))
    return redirect(back_to("bureau:queue", one.filters, one.step, one.training_year.year))


@require_POST
@allowed(reviews.DRAW)
def drop(request: Request, pid: str) -> HttpResponse:
    """The drawn batch is dropped; its entries wait in the queue as before."""
    one = reviews.batch_named(request.actor, pid)
    reviews.drop_batch(actor=request.actor, batch_id=one.pk, now=request.now)
    messages.success(request, _("The batch was dropped. Its entries are in the queue."))
    return redirect(back_to("bureau:queue", one.filters, one.step, one.training_year.year))

"""What the pages of the review chain share: filters in the address, rows in words, a decision from a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xingtan.core.policy import Policy
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.http import Request
from xingtan.web.trainee.record import chosen_year

WAITS = ("long", "middle", "short")
FILTERS = ("q", "check", "component", "school", "wait", "sort")


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of a queue in words."""

    state: credits_room.EntryState
    component: str
    checks: list[tuple[str, str | Promise]]
    is_own: bool
    days: int
    due_on: date | None = None
    late_days: int = 0

    @property
    def is_clean(self) -> bool:
        """True when the automatic check found nothing."""
        return not self.checks


def filters_of(data: QueryDict) -> reviews.Filters:
    """The filters that an address or a form names."""
    return reviews.Filters(**{name: data.get(name, "").strip() for name in FILTERS})


def back_to(place: str, data: Mapping[str, Any], tab: str, year: object) -> str:
    """The address of the list that the form was sent from, with its search, filters and order."""
    kept = {name: data[name] for name in FILTERS if data.get(name)}
    return f"{reverse(place)}?{urlencode({'tab': tab, 'year': str(year), **kept})}"


def rows_words(request: Request, rows: Sequence[credits_room.EntryState], year: policies.TrainingYear) -> list[QueueRow]:
    """The rows with what the automatic check finds and the days they have; what one entered or learned oneself is somebody else's to review."""
    policy, deadlines = policies.policy_of(year), reviews.Deadlines(year)
    findings = reviews.findings_of([row.pk for row in rows], reviews.checks_in(request.actor.scope, year.pk)) if rows else {}
    mine = teachers.own_ids(request.actor) if rows else frozenset[int]()
    shown = [_row(request, row, policy, findings[row.pk], deadlines.of_entry(row)) for row in rows]
    return [replace(one, is_own=True) if one.state.teacher_id in mine else one for one in shown]


def _row(
    request: Request, row: credits_room.EntryState, policy: Policy, findings: Sequence[reviews.Check], due_on: date | None
) -> QueueRow:
    return QueueRow(
        state=row,
        component=credits_room.component_word(policy, row.component),
        checks=[(check.value, reviews.CHECKS[check]) for check in findings],
        is_own=row.entered_by_id is not None and row.entered_by_id == request.actor.account_id,
        days=max((request.now - row.changed_at).days, 0),
        due_on=due_on,
        late_days=reviews.days_late(due_on, request.now),
    )


def year_in(request: Request, wanted: str) -> policies.TrainingYear:
    """The year that was named, or the latest open one; `NotInScope` where there is none."""
    year = chosen_year(list(policies.years_for(request.actor)), wanted)
    if year is None:
        raise NotInScope
    return year


def decide_from(request: Request, step: credits_room.Step) -> str:
    """The form's decision is taken and told; of many only clean entries pass, flagged ones wait to be looked at one by one."""
    data = request.POST
    year = year_in(request, data.get("year", ""))
    outcome = credits_room.Outcome.RETURNED if data.get("outcome") == "returned" else credits_room.Outcome.PASSED
    ids, left = wanted_of(request, step, year, outcome)
    if not ids:
        raise Refused("nothing_ticked")
    done = reviews.decide(
        actor=request.actor,
        step=step,
        entry_ids=ids,
        outcome=outcome,
        reason_code=data.get("reason_code", ""),
        reason=data.get("reason", ""),
        now=request.now,
    )
    said = decided_sentence(outcome, done)
    if "fetch" not in request.headers.get("X-Requested-With", ""):
        messages.success(request, said)
        if left:
            messages.warning(request, _("%(n)s entries with a finding stayed: look at them one by one.") % {"n": left})
    return said


def wanted_of(
    request: Request, step: credits_room.Step, year: policies.TrainingYear, outcome: credits_room.Outcome
) -> tuple[list[int], int]:
    """The entries meant, and how many flagged ones were left out of a batch that passes."""
    if "all" in request.POST:
        rows = reviews.queue(request.actor.scope, step, year.pk, filters_of(request.POST), now=request.now)
        rows = rows.exclude(entered_by_id=request.actor.account_id) if step is credits_room.Step.REVIEW else rows
        rows = rows.exclude(teacher_id__in=teachers.own_ids(request.actor))
        ids = list(rows.values_list("pk", flat=True))
    else:
        ids = list(ids_of(request, request.POST.getlist("ids")).values())
    if outcome is credits_room.Outcome.RETURNED or len(ids) == 1:
        return ids, 0
    clean = reviews.clean_of(ids, reviews.checks_in(request.actor.scope, year.pk))
    return clean, len(ids) - len(clean)


def ids_of(request: Request, public_ids: Sequence[str]) -> dict[str, int]:
    """The entries behind these addresses; `NotInScope` when one of them lies elsewhere."""
    found = credits_room.entry_ids_in(request.actor.scope, set(public_ids))
    if len(found) != len(set(public_ids)):
        raise NotInScope
    return found


def decided_sentence(outcome: credits_room.Outcome, done: reviews.Decided) -> str:
    """What was decided, in words."""
    count = done.moved + done.already
    if outcome is credits_room.Outcome.RETURNED:
        return ngettext("%(n)s entry was returned.", "%(n)s entries were returned.", count) % {"n": count}
    return ngettext("%(n)s entry passed.", "%(n)s entries passed.", count) % {"n": count}


def reasons() -> list[tuple[str, str | Promise]]:
    """The reasons of a return, in the order of their keys."""
    return [(reason.value, label) for reason, label in credits_room.RETURN_REASONS.items()]


def panel_of(row: QueueRow, policy: Policy) -> dict[str, Any]:
    """What the reviewer needs to decide one entry: its evidence, the teacher's component, its chain so far."""
    state = row.state
    record = determination_room.record_of(state.teacher_id, state.training_year_id, state.happened_on)
    amount = record.amounts.by_component.get(state.component, credits_room.Amount())
    view = next((view for section in record.sections for one in section.rows for view in one.entries if view.entry.pk == state.pk), None)
    own = next((one for section in record.sections for one in section.rows if any(v.entry.pk == state.pk for v in one.entries)), None)
    clause = next((one.clause for one in policy.components if one.code == state.component), "")
    chain = [(credits_room.STEPS[step.step], step) for step in view.chain if step.at] if view else []
    return {"row": row, "amount": amount, "chain": chain, "clause": clause, "items": own.items if own else []}

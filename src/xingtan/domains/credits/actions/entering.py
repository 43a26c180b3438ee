"""Writing hours into the ledger: the difference between what is due and what stands, and lines that take back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from xingtan.core.calendar import Position, WindowKind, local_day
from xingtan.domains.credits.access import ENTER, REVERSE
from xingtan.domains.credits.models import CreditEntry, EntryState, Evidence
from xingtan.domains.credits.queries.dues import Due, dues_of
from xingtan.domains.credits.queries.extensions import extended_counties
from xingtan.domains.credits.states import STANDING, EntryKind, State
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.ledger.post import post
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.tree import counties_of


def chain_of(county_id: int) -> str:
    """The name of the county's chain."""
    return f"county:{county_id}"


def refuse_outside_window(training_year: policies.TrainingYear, kind: WindowKind, now: datetime, county_ids: Collection[int] = ()) -> None:
    """Nothing changed; raises `Refused` with the window's days unless it is open, or was made longer for each of these counties."""
    if training_year.state == policies.YearState.CLOSED:
        raise Refused("year_closed", year=training_year.year)
    if policies.window_state(training_year, kind, local_day(now)) is not Position.OPEN:
        if county_ids and set(county_ids) <= extended_counties(training_year.pk, kind, local_day(now)):
            return
        window = policies.windows_of(training_year).get(kind)
        raise Refused("hours_window_closed", opens_on=window and window.opens_on, closes_on=window and window.closes_on)


@atomic
def enter(
    *,
    actor: Actor,
    training_year_id: int,
    teacher_ids: Collection[int] | None = None,
    evidence_ids: Collection[int] | None = None,
    now: datetime,
) -> list[CreditEntry]:
    """What is due of the actor's own training stands in the ledger as entered; returns the new lines, none when nothing is due.

    Without ids: for every trainee. `NotInScope` for evidence of another organisation.
    """
    require(actor, ENTER)
    training_year = _year(training_year_id)
    wanted = _own_evidence(actor, training_year_id, teacher_ids, evidence_ids)
    people = {teacher_id for _, teacher_id in wanted}
    # Entering for one teacher twice at once: whoever comes second waits here, then sees what the first has entered.
    list(
        Evidence.everywhere.select_for_update()
        .filter(teacher_id__among=people, training_year_id=training_year_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    ids = {pk for pk, _ in wanted}
    due = [one for one in dues_of(training_year, people) if one.evidence.pk in ids]
    lines = lines_of(due, training_year, actor, now)
    refuse_outside_window(training_year, WindowKind.ENTRY, now, {line.county_id for line in lines})
    made = write_entries(lines, state=State.ENTERED, actor=actor, now=now)
    if made:
        record(actor, "credits.entered", "credit_entry", [line.pk for line in made], now=now)
    return made


def _year(training_year_id: int) -> policies.TrainingYear:
    year = policies.TrainingYear.everywhere.select_related("pack").filter(pk=training_year_id).first()
    if year is None:
        raise NotInScope
    return year


def _own_evidence(
    actor: Actor, training_year_id: int, teacher_ids: Collection[int] | None, evidence_ids: Collection[int] | None
) -> list[tuple[int, int]]:
    """(evidence, teacher) of the training that the actor's organisation ran."""
    own = Evidence.everywhere.filter(training_year_id=training_year_id, withdrawn_at=None)
    if actor.role is not Role.OPERATOR:
        own = own.filter(provider_id=actor.organisation_id)
    if teacher_ids is not None:
        own = own.filter(teacher_id__among=teacher_ids)
    if evidence_ids is not None:
        own = own.filter(pk__among=evidence_ids)
    found = list(own.values_list("pk", "teacher_id"))
    if evidence_ids is not None and len(found) != len(set(evidence_ids)):
        raise NotInScope
    return found


def lines_of(
    due: Sequence[Due], training_year: policies.TrainingYear, actor: Actor, now: datetime, kind: EntryKind = EntryKind.LEARNED
) -> list[CreditEntry]:
    """The lines, not yet posted, that enter what is due."""
    counties = counties_of(one.evidence.school_id for one in due)
    return [
        CreditEntry(
            source=f"evidence:{one.evidence.pk}:{one.number}",
            teacher_id=one.evidence.teacher_id,
            training_year_id=training_year.pk,
            school_id=one.evidence.school_id,
            county_id=counties[one.evidence.school_id],
            provider_id=one.evidence.provider_id,
            evidence_id=one.evidence.pk,
            kind=kind.value,
            component=one.evidence.component,
            title=one.evidence.title,
            title_en=one.evidence.title_en,
            learned_centi=one.learned,
            recognised_centi=one.recognised,
            happened_on=one.evidence.happened_on,
            entered_at=now,
            entered_by_id=actor.account_id,
            pack_digest=training_year.pack.digest,
        )
        for one in due
    ]


def write_entries(lines: Iterable[CreditEntry], *, state: State, actor: Actor, now: datetime) -> list[CreditEntry]:
    """The lines stand in their counties' chains, one block a county, each with its state; lines whose source is known are left out."""
    by_county: dict[int, list[CreditEntry]] = defaultdict(list)
    for line in lines:
        by_county[line.county_id].append(line)
    made: list[CreditEntry] = []
    for county_id in sorted(by_county):
        made += post(chain_of(county_id), by_county[county_id], account_id=actor.account_id, now=now)
    insert_objects([state_of(line, state) for line in made])
    return made


def state_of(line: CreditEntry, state: State, *, changed_at: datetime | None = None, changed_by_id: int | None = None) -> EntryState:
    """The projection's row for a line in this state."""
    return EntryState(
        entry_id=line.pk,
        state=state.value,
        teacher_id=line.teacher_id,
        training_year_id=line.training_year_id,
        school_id=line.school_id,
        county_id=line.county_id,
        provider_id=line.provider_id,
        component=line.component,
        kind=line.kind,
        learned_centi=line.learned_centi,
        recognised_centi=line.recognised_centi,
        happened_on=line.happened_on,
        entered_by_id=line.entered_by_id,
        changed_at=changed_at or line.entered_at,
        changed_by_id=changed_by_id if changed_at else line.entered_by_id,
    )


@atomic
def reverse(*, actor: Actor, entry_id: int, reason: str, now: datetime) -> CreditEntry:
    """A line that takes the entry back stands beside it and its evidence counts no more; doing it again changes nothing."""
    require(actor, REVERSE)
    held = EntryState.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=entry_id).first()
    if held is None:
        raise NotInScope
    if not reason.strip():
        raise Refused("reversal_needs_reason")
    entry = CreditEntry.everywhere.select_related("training_year").get(pk=entry_id)
    if held.state == State.REVERSED:
        return CreditEntry.everywhere.filter(corrects=entry).first() or entry
    if held.state == State.VERIFIED and entry.kind != EntryKind.OPENING:
        raise Refused("entry_locked")
    if held.state not in STANDING:
        raise Refused("stale")
    if entry.training_year.state == policies.YearState.CLOSED and actor.role not in (Role.PROVINCE_OFFICER, Role.OPERATOR):
        raise Refused("year_closed", year=entry.training_year.year)
    made = write_entries([taking_back(entry, reason, actor, now)], state=State.REVERSED, actor=actor, now=now)
    EntryState.everywhere.filter(pk=entry_id).update(state=State.REVERSED, changed_at=now, changed_by_id=actor.account_id)
    if entry.evidence_id is not None:
        Evidence.everywhere.filter(pk=entry.evidence_id).update(withdrawn_at=now)
    record(actor, "credits.reversed", "credit_entry", [entry_id], now=now)
    return made[0]


def taking_back(entry: CreditEntry, reason: str, actor: Actor, now: datetime) -> CreditEntry:
    """The line, not yet posted, that takes the whole entry back."""
    fields = ("teacher_id", "training_year_id", "school_id", "county_id", "provider_id", "evidence_id", "component", "title", "title_en")
    return CreditEntry(
        **{name: getattr(entry, name) for name in fields},
        source=f"reversal:{entry.pk}",
        corrects=entry,
        kind=EntryKind.CORRECTION.value,
        learned_centi=-entry.learned_centi,
        recognised_centi=-entry.recognised_centi,
        happened_on=entry.happened_on,
        entered_at=now,
        entered_by_id=actor.account_id,
        reason=reason.strip()[:200],
        pack_digest=entry.pack_digest,
    )

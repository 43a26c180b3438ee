"""The teacher confirms or objects to the own earlier hours; the office keeps them or mends them, with words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from xingtan.core.calendar import local_day
from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers.access import CONFIRM_OPENING
from xingtan.domains.papers.models import OpeningAnswer
from xingtan.domains.papers.states import Answer
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .lines import lines_of, mark_of
from .rules import decide_until, refuse_deciding, refuse_saying


@dataclass(frozen=True, slots=True)
class Objection:
    """What a teacher says is wrong: words, the hours that would be right by line (hundredths), and a paper that shows it."""

    words: str
    wanted: Mapping[str, int] = field(default_factory=dict)
    file: StoredFile | None = None


@atomic
def say(*, actor: Actor, answer_id: str, objection: Objection | None, now: datetime) -> OpeningAnswer:
    """The teacher's own earlier hours are confirmed, or objected to with the day by which the office answers. Confirming again changes nothing."""
    require(actor, CONFIRM_OPENING)
    one = _locked(OpeningAnswer.everywhere.filter(teacher_id=actor.teacher_id or 0, public_id=answer_id))
    if objection is None and one.state == Answer.CONFIRMED:
        return one
    words, today = objection.words if objection else "", local_day(now)
    if why := refuse_saying(Answer(one.state), one.batch.answer_by, today, is_objection=objection is not None, words=words):
        raise Refused(why, day=one.batch.answer_by.isoformat())
    one.state, one.said_at = (Answer.OBJECTED if objection else Answer.CONFIRMED), now
    if objection:
        known = set(lines_of(one.batch, [one.teacher_id]).values_list("entry__public_id", flat=True))
        if not objection.wanted.keys() <= known:
            raise NotInScope
        one.words, one.wanted, one.file, one.due_on = words.strip(), dict(objection.wanted), objection.file, decide_until(today)
    one.save()
    record(actor, f"papers.opening_{one.state}", "opening_answer", [one.pk], now=now)
    return one


@atomic
def decide_objection(*, actor: Actor, answer_id: str, words: str, hours: Mapping[str, int] | None = None, now: datetime) -> OpeningAnswer:
    """The objection is answered: the hours are kept, or the named lines are taken back and stand anew with these hours (hundredths).

    A line of a closed year is not touched here: `Refused` names the year, and the province corrects closed years.
    """
    require(actor, credits_room.IMPORT_OPENING)
    one = _locked(OpeningAnswer.objects.within(actor.scope).filter(public_id=answer_id))
    if why := refuse_deciding(Answer(one.state), words):
        raise Refused(why)
    changed = _mend(actor, one, hours or {}, words, now)
    one.state, one.decided_at = (Answer.MENDED if changed else Answer.KEPT), now
    one.decided_by_id, one.decided_words = actor.account_id, words.strip()
    one.save()
    record(actor, f"papers.opening_{one.state}", "opening_answer", [one.pk], now=now)
    link = reverse("trainee:openings")
    tell(
        [one.teacher.account_id], f"opening_{one.state}", source=f"opening_answer:{one.pk}:{now.isoformat()}", params={}, link=link, now=now
    )
    return one


def _locked(rows: object) -> OpeningAnswer:
    found: OpeningAnswer | None = rows.select_for_update(of=("self",)).select_related("batch", "teacher").first()  # type: ignore[attr-defined]  # -- rows of a gate
    if found is None:
        raise NotInScope
    return found


def _mend(actor: Actor, one: OpeningAnswer, hours: Mapping[str, int], words: str, now: datetime) -> int:
    """Each line with other hours is taken back, and the right ones stand beside it; answers how many."""
    lines = {row.entry.public_id: row for row in lines_of(one.batch, [one.teacher_id]) if row.state in credits_room.STANDING}
    if not hours.keys() <= lines.keys():
        raise NotInScope
    wrong = [(lines[pid], centi) for pid, centi in hours.items() if lines[pid].learned_centi != centi]
    for row, centi in wrong:
        if row.training_year.state == policies.YearState.CLOSED:
            raise Refused("opening_year_closed", year=row.training_year.year)
        credits_room.reverse(actor=actor, entry_id=row.pk, reason=words, now=now)
        if centi:
            _enter(actor, one, row, centi, now)
    return len(wrong)


def _enter(actor: Actor, one: OpeningAnswer, row: credits_room.EntryState, centi: int, now: datetime) -> None:
    school, year = row.school.name, row.training_year.year
    cells = {
        "身份证件号码": f"@{one.teacher.public_id}",
        "姓名": one.teacher.name,
        "学校": school,
        "学年": str(year),
        "部分": row.component,
        "来源": row.entry.title,
        "批次": f"{mark_of(one.batch)}{one.public_id}",
    }
    mended = credits_room.OpeningRow(1, cells, year, centi)
    credits_room.import_rows(actor=actor, rows=[mended], totals={(school, year): centi}, job_id=0, now=now)

"""The operator's way to import a roster: `xingtan import-roster FILE [--as ORG]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db.models import Q
from django.utils.translation import gettext as _

from xingtan.foundation.people.roles import OPERATOR, Actor
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.words import refusal_sentence

from .actions.undoing import undo_batch
from .handin import Imported, RosterRefused, Tell, Work, import_roster, silent
from .queries import batch_in, obstacles
from .report import error_lines
from .states import RowState
from .words import OBSTACLES, ROW_STATES

BAD_INPUT = 2


def operator_for(organisation: str) -> Actor:
    """The operator, confined to the branch of the office or school with this code, public id or unique name; everywhere for ""."""
    if not organisation:
        return OPERATOR
    found = list(Organisation.everywhere.filter(Q(code=organisation) | Q(public_id=organisation) | Q(name=organisation))[:2])
    if len(found) != 1:
        raise Refused("organisation_unknown", found=organisation)
    return replace(OPERATOR, organisation_id=found[0].pk, scope=found[0].scope)


def import_roster_command(
    path: Path, *, organisation: str = "", good_only: bool = False, now: datetime, say: Callable[[str], None], tell: Tell = silent
) -> int:
    """The roster is imported and 0 returned; or nothing is, every error has been said, and 2 is returned."""
    try:
        done = import_roster(actor=operator_for(organisation), path=path, now=now, good_only=good_only, work=Work(tell=tell))
    except RosterRefused as refused:
        for line in error_lines(refused.layout, refused.plan.of(RowState.REFUSED)):
            say(line)
        say(refusal_sentence(refused))
        return BAD_INPUT
    except Refused as refused:
        say(refusal_sentence(refused))
        return BAD_INPUT
    _say_done(done, say)
    return 0


def undo_roster_command(
    batch: str, *, organisation: str = "", reason: str, now: datetime, say: Callable[[str], None], tell: Tell = silent
) -> int:
    """The import is undone as a whole and 0 returned; or refused, everyone in the way said, and 2 returned."""
    try:
        actor = operator_for(organisation)
        undo_batch(actor=actor, batch_id=batch, reason=reason, now=now, tell=tell)
    except NotInScope:
        say(_("There is no import %(batch)s.") % {"batch": batch})
        return BAD_INPUT
    except Refused as refused:
        if refused.code == "batch_in_use":
            for person, why in obstacles(batch_in(actor.scope, batch)):
                say(f"{person.name} {person.school}: {OBSTACLES.get(why, OBSTACLES[''])}")
        say(refusal_sentence(refused))
        return BAD_INPUT
    return 0


def _say_done(done: Imported, say: Callable[[str], None]) -> None:
    for line in error_lines(done.layout, done.plan.of(RowState.REFUSED)):
        say(line)
    say("  ".join(f"{ROW_STATES[RowState(state)]} {count}" for state, count in done.counts.items()))
    if done.batch:
        say(_("Import %(batch)s") % {"batch": done.batch.public_id})
    if not done.counts[RowState.NEW] + done.counts[RowState.CHANGED]:
        say(_("Nothing to change: the register already says what the file says."))

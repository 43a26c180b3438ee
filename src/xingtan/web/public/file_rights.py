"""Who may download a stored file: by what it holds, not only by where it lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module

from django.conf import settings

from xingtan.domains.admissions import api as admissions
from xingtan.domains.assessment import api as assessment
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.closing import api as closing
from xingtan.domains.credits import api as credits_room
from xingtan.domains.exchange import api as exchange
from xingtan.domains.kits import api as kits
from xingtan.domains.papers import api as papers
from xingtan.domains.recognition import api as recognition
from xingtan.domains.reviews import api as reviews
from xingtan.domains.rosters import api as rosters
from xingtan.domains.supervision import api as supervision
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.kinds import is_personal
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.people.grants import grants_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import BUREAU, SCHOOL, Actor, Permission, Role

Rights = tuple[Permission, ...]
Place = tuple[str, int | None]  # a role and its organisation

OFFICES = SCHOOL | BUREAU | {Role.PROVIDER_STAFF, Role.SUPERVISOR}
LIE_OPEN = Permission("files.see_in_branch", OFFICES)

# Who reads a kind in the branch where it lies. Whole identity numbers stand in what is imported and exported: only who brings such files in.
IN_BRANCH: Mapping[str, Rights] = {
    **dict.fromkeys(["roster", "roster.preview", "roster.mend", "roster.bundle"], (rosters.IMPORT_ROSTER,)),
    **dict.fromkeys(["learning_records", "exchange.look", "exchange.mend"], (exchange.KEEP_REPORT,)),
    **dict.fromkeys(["opening", "credits.opening", "credits.opening_report"], (credits_room.IMPORT_OPENING,)),
    **dict.fromkeys(["papers.opening", "papers.opening_scan"], (credits_room.IMPORT_OPENING,)),
    "papers.opening_proof": (credits_room.IMPORT_OPENING, papers.SEE_OPENINGS),
    "papers.month_book": (papers.SUBMIT_PAPERS,),
    "papers.sealed": (papers.SEE_PAPERS,),
    "exam_results": (assessment.ENTER_RESULTS,),
    **dict.fromkeys(["nominations", "nominations.mend"], (admissions.NOMINATE,)),
    **dict.fromkeys(["tenders.file", "tenders.copy"], ()),  # the panel's, the bidder's and the office's: their room says so
    "tenders.sealed": (),  # the bidder's alone: that it lies there tells who bids
    "circumstance": (circumstances.SEE_CIRCUMSTANCES,),
    "late_entry": (reviews.SEE_LATE,),
    "group_sheet": (kits.SEE_GROUPS,),
    **dict.fromkeys(["recognition", "recognition.folder"], (recognition.SEE_TRAININGS,)),
    "recognition.platform": (recognition.BRING_FILE,),
    "everything": (teachers.UNMASK,),
    "research": (supervision.RESEARCH,),
    "hand_in": (),  # the tutor's, the workshop lead's and the objection's offices': their rooms say so
}
# Who else may have made such a file, and then reads it where it was made.
MADE: Mapping[str, Rights] = {
    "hand_in": (assessment.HAND_IN, closing.OBJECT_FOR),
    "recognition": (recognition.CLAIM,),
    "papers.opening_proof": (papers.CONFIRM_OPENING,),
    "everything": (teachers.TAKE_OUT,),
}


def may_read(actor: Actor, found: StoredFile, today: date) -> bool:
    """True for who made it and still holds that office, for the roles of its branch that its kind is for, and whom a room lets read it."""
    return _is_own(actor, found, today) or _is_in_branch(actor, found) or any(rule(actor, found.pk) for rule in _rooms_rules())


def may_see_job(actor: Actor, job: Job, today: date) -> bool:
    """True for who started it, as long as the role and office in which they did are theirs."""
    if job.account_id is None or job.account_id != actor.account_id:
        return False
    role, organisation_id = job.actor.get("own") or (job.actor["role"], job.actor["organisation_id"])
    return (role, organisation_id) in _places(actor, today)


def _rights(kind: str) -> Rights:
    return IN_BRANCH.get(kind, () if is_personal(kind) else (LIE_OPEN,))


def _is_in_branch(actor: Actor, found: StoredFile) -> bool:
    if actor.role not in OFFICES or found.organisation is None or not actor.scope.holds(found.organisation.path):
        return False
    return any(actor.may(right) for right in _rights(found.kind))


def _is_own(actor: Actor, found: StoredFile, today: date) -> bool:
    if found.account_id is None or found.account_id != actor.account_id:
        return False
    rights = _rights(found.kind) + MADE.get(found.kind, ())
    roles = frozenset(role for right in rights for role in right.roles) if is_personal(found.kind) else frozenset(Role)
    if actor.role is Role.TEACHER and actor.own is None and Role.TEACHER in roles:
        return True  # a teacher's own work stays theirs in another school
    return any(role in roles and organisation_id == found.organisation_id for role, organisation_id in _places(actor, today))


def _places(actor: Actor, today: date) -> set[Place]:
    """The roles and offices that the account holds today, and the one in which it acts."""
    here: set[Place] = {(actor.role.value, actor.organisation_id)}
    account = Account.objects.filter(pk=actor.account_id or 0).first()
    return here | {(grant.role, grant.organisation_id) for grant in (grants_of(account, today) if account else ())}


@lru_cache(maxsize=1)
def _rooms_rules() -> tuple[Callable[[Actor, int], bool], ...]:
    doors = [import_module(f"xingtan.domains.{room}.api") for room in settings.ROOMS]
    return tuple(door.may_read_file for door in doors if hasattr(door, "may_read_file"))

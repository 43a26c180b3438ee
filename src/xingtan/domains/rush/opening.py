"""What a project's page tells before the press: when it opens, what stands against it, and the token where nothing does."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from xingtan.core.selection import Finding
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.api import STANDING, Application, Around, Round, RoundState, Way
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from .presses import Answer
from .standing import shut
from .tokens import LIVES_S, Claims, write_token


class Opening(NamedTuple):
    """A teacher before a project's press: `token` only where pressing is allowed, now or once the round opens."""

    project: projects.Project
    round: Round | None
    application: Application | None  # standing, or the latest that ended
    shut: Answer | None
    against: tuple[Finding, ...]
    category: str
    seats: int  # free now in the quotas that serve
    token: str
    categories: tuple[str, ...]


class Wished(NamedTuple):
    """What the teacher asks for: a class or course, and a category of seats."""

    choice_id: int | None = None
    category: str = ""


def opening_of(actor: Actor, public_id: str, wished: Wished, now: datetime) -> Opening:
    """The opening of the project with this address for this teacher; `NotInScope` where the project takes nobody from there by first come."""
    project = projects.public_project(public_id)
    found, teacher = admissions.around(project.pk), teachers.teachers_by_id([actor.teacher_id or 0]).get(actor.teacher_id or 0)
    if teacher is None or not admissions.covered(project, teacher.school) or (project.ways and Way.OWN not in project.ways):
        raise NotInScope
    held = admissions.own_applications(teacher.pk).filter(project=project)
    application = next((one for one in held if one.state in STANDING), None) or held.first()
    begun = _round(found, teacher.pk, now)
    why = shut(project, found.terms, now)
    categories = tuple(categories_for(project, teacher))
    category = wished.category if wished.category in categories else next(iter(categories), "")
    serving = _serving(project, teacher, category)
    blocking = admissions.looks(project, [teacher.pk], now)[teacher.pk].blocking
    is_free = application is None or application.state not in STANDING
    is_open = begun is not None or not Round.everywhere.filter(project=project).exclude(state=RoundState.DROPPED).exists()
    offers = {offer.pk for offer in projects.offers_of([project.pk])[project.pk]}
    choice = wished.choice_id if wished.choice_id in offers else None
    claims = Claims(
        teacher_id=teacher.pk, account_id=actor.account_id or 0, school_id=teacher.school_id, project_id=project.pk, address=public_id,
        round_id=begun.pk if begun else None, category=category, choice_id=choice, quota_ids=(), issued_at=0, expires_at=0,
        from_at=int(begun.opens_at.timestamp()) if begun else 0,
    )  # fmt: skip
    token = _token(claims, serving, now) if is_free and is_open and serving and not (why or blocking) else ""
    return Opening(project, begun, application, why, blocking, category, sum(one.free for one in serving), token, categories)


def _round(found: Around, teacher_id: int, now: datetime) -> Round | None:
    """The first-come round that is open or comes next for this teacher."""
    rounds = Round.everywhere.filter(project=found.project, is_capped=True, closes_at__gt=now).exclude(state=RoundState.DROPPED)
    begun = rounds.order_by("opens_at").first()
    if begun and begun.first_until and now < begun.first_until and not admissions.had_class_cancelled(found.project.pk, teacher_id):
        begun.opens_at = begun.first_until
    return begun


def _serving(project: projects.Project, teacher: teachers.Teacher, category: str) -> list[quotas.Quota]:
    """The nearest quota that holds seats, and those further up that have free ones now; the nearest first."""
    if admissions.is_for_rural(category) and not teacher.school.is_rural:
        return []
    place = (teacher.school_id, category)
    line = quotas.lines_for(project.pk, [place])[place]
    known = {quota.pk: quota for quota in quotas.Quota.everywhere.filter(pk__in=line)}
    return [known[pk] for number, pk in enumerate(line) if number == 0 or known[pk].free > 0]


def _token(usual: Claims, serving: list[quotas.Quota], now: datetime) -> str:
    """Good for whoever opened the page, from now until the page is too old."""
    issued = int(now.timestamp())
    return write_token(usual._replace(quota_ids=tuple(quota.pk for quota in serving), issued_at=issued, expires_at=issued + LIVES_S))


def categories_for(project: projects.Project, teacher: teachers.Teacher) -> list[str]:
    """The categories of seats in which the teacher may press here, the empty one among them where it has a quota."""
    codes = ["", *(str(one["code"]) for one in project.categories)]
    return [code for code in codes if _serving(project, teacher, code)]

"""Rows as the standard shapes them. Identity numbers never leave by this way; an id is the register's public one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from xingtan.core.oneroster import Role, family_and_given
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Kind, Organisation

BASE = "/ims/oneroster/rostering/v1p2"
GONE = frozenset({teachers.Status.LEFT, teachers.Status.RETIRED})
METADATA = ("stage", "subject", "position", "title", "honour", "status")


def href(collection: str, sourced_id: object) -> str:
    """The address of one thing."""
    return f"{settings.PUBLIC_URL}{BASE}/{collection}/{sourced_id}"


def reference(collection: str, kind: str, sourced_id: object) -> dict[str, str]:
    """The standard's pointer to another thing."""
    return {"href": href(collection, sourced_id), "sourcedId": str(sourced_id), "type": kind}


def _base(sourced_id: object, changed_at: datetime | None, *, is_active: bool = True, **metadata: str) -> dict[str, Any]:
    told: dict[str, Any] = {"sourcedId": str(sourced_id), "status": "active" if is_active else "tobedeleted"}
    if changed_at:
        told["dateLastModified"] = changed_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if metadata:
        told["metadata"] = {f"xingtan.{key}": value for key, value in metadata.items() if value}
    return told


def org(row: Organisation) -> dict[str, Any]:
    """An organisation; a school's parent is the county above it."""
    told = _base(row.public_id, None, is_active=row.closed_on is None) | {
        "name": row.name,
        "type": rosters.ORG_TYPES[Kind(row.kind)],
        "identifier": row.code,
    }
    return told | ({"parent": reference("orgs", "org", row.parent.public_id)} if row.parent else {})


def user(row: teachers.Teacher) -> dict[str, Any]:
    """A teacher with the post of today; the phone and every number stay here."""
    family, given = family_and_given(row.name)
    beside = {key: str(getattr(row, key)) for key in METADATA} | {"name": row.name, "hired_on": row.hired_on.isoformat()}
    role = Role.PRINCIPAL if row.position in rosters.PRINCIPALS else Role.TEACHER
    post = reference("orgs", "org", row.school.public_id)
    return _base(row.public_id, vars(row).get("changed_at"), is_active=row.status not in GONE, **beside) | {
        "userMasterIdentifier": row.public_id,
        "username": row.public_id,
        "enabledUser": "true" if row.status == teachers.Status.IN_POST else "false",
        "givenName": given,
        "familyName": family,
        "identifier": row.staff_number,
        "roles": [{"roleType": "primary", "role": role.value, "org": post, "beginDate": row.hired_on.isoformat()}],
        "primaryOrg": post,
    }


def demographics(row: teachers.Teacher) -> dict[str, Any]:
    """A teacher's sex; the day of birth is part of the identity number and stays here."""
    return _base(row.public_id, vars(row).get("changed_at")) | {"sex": row.gender}


def session(row: policies.TrainingYear) -> dict[str, Any]:
    """A training year; the standard names a school year by the year in which it ends."""
    days = {"startDate": row.first_on.isoformat(), "endDate": row.last_on.isoformat(), "schoolYear": str(row.last_on.year)}
    return _base(row.pk, None) | {"title": f"{row.year}", "type": "schoolYear", **days}


def course(row: projects.Project) -> dict[str, Any]:
    """A project."""
    told = {"title": row.title, "schoolYear": reference("academicSessions", "academicSession", row.training_year_id)}
    return _base(row.public_id, row.published_at) | told | {"org": reference("orgs", "org", row.organiser.public_id)}


def lesson(row: projects.Offer) -> dict[str, Any]:
    """An offer of a project that somebody chose."""
    return _base(row.public_id, None) | {
        "title": row.title,
        "classType": "scheduled",
        "course": reference("courses", "course", row.project.public_id),
        "school": reference("orgs", "org", row.project.organiser.public_id),
        "terms": [reference("academicSessions", "academicSession", row.project.training_year_id)],
        "subjects": [row.subject] if row.subject else [],
    }


def enrollment(row: enrolment.ChosenOffer) -> dict[str, Any]:
    """A teacher who studies an offer: there a trainee, whom the standard calls student."""
    chosen = row.selection
    return _base(row.pk, chosen.confirmed_at) | {
        "role": Role.PUPIL.value,
        "primary": "false",
        "user": reference("users", "user", chosen.teacher.public_id),
        "class": reference("classes", "class", row.offer.public_id),
        "school": reference("orgs", "org", chosen.school.public_id),
    }

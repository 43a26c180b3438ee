"""Roles, permissions, and the actor who carries one role in one branch of the tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xingtan.foundation.refusal import NotAllowed
from xingtan.foundation.scope.branch import Scope


class Role(StrEnum):
    """What a person does here; one person may hold several, and acts in one at a time."""

    TEACHER = "teacher"
    SCHOOL_CLERK = "school_clerk"
    SCHOOL_REVIEWER = "school_reviewer"
    COUNTY_OFFICER = "county_officer"
    CITY_OFFICER = "city_officer"
    PROVINCE_OFFICER = "province_officer"
    PROVIDER_STAFF = "provider_staff"
    TUTOR = "tutor"
    WORKSHOP_LEAD = "workshop_lead"
    SUPERVISOR = "supervisor"
    VISITOR = "visitor"
    OPERATOR = "operator"


SCHOOL = frozenset({Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER})
BUREAU = frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.PROVINCE_OFFICER})
OVERSIGHT = BUREAU | {Role.SUPERVISOR}
EVERYONE_SIGNED_IN = frozenset(set(Role) - {Role.VISITOR, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class Permission:
    """A right named after the act (`enrolment.confirm`) and the roles that have it."""

    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts now: one account in one role in one branch; a visitor has no account, the operator's branch is the whole tree."""

    account_id: int | None
    role: Role
    organisation_id: int | None
    scope: Scope
    name: str = ""
    teacher_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """True when this role has the right; the operator at the command line has every right."""
        return self.role in permission.roles or self.role is Role.OPERATOR


VISITOR = Actor(account_id=None, role=Role.VISITOR, organisation_id=None, scope=Scope.nothing())
OPERATOR = Actor(account_id=None, role=Role.OPERATOR, organisation_id=None, scope=Scope(first="", beyond="~"), name="operator")


def require(actor: Actor, permission: Permission) -> None:
    """Nothing changed; raises `NotAllowed` unless the actor's role has the right."""
    if not actor.may(permission):
        raise NotAllowed(permission.name)

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
    EXPERT = "expert"
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
    is_passed_on: bool = True  # False: the holder in person, neither a deputy nor somebody who acts for them
    is_assisted: bool = False  # True: a school's clerk may do it in a teacher's place


@dataclass(frozen=True, slots=True)
class Own:
    """What somebody who acts for another really is: the role and the office of the grant in use."""

    role: Role
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts now: one account in one role in one branch; a visitor has no account, the operator's branch is the whole tree.

    Acting for another, role, branch and teacher are the other's, and the account stays one's own: whatever is written names the real person.
    """

    account_id: int | None
    role: Role
    organisation_id: int | None
    scope: Scope
    name: str = ""
    teacher_id: int | None = None
    grant_id: int | None = None
    deputy_for_id: int | None = None  # the grant whose holder this one stands in for
    own: Own | None = None  # while acting for another

    def may(self, permission: Permission) -> bool:
        """True when this role has the right, and a deputy or somebody acting for another too; the operator has every right."""
        if self.role is Role.OPERATOR:
            return True
        if self.role not in permission.roles or permission.roles >= EVERYONE_SIGNED_IN:
            return self.role in permission.roles
        if self.own is None:
            return permission.is_passed_on or self.deputy_for_id is None
        return permission.is_assisted if self.role is Role.TEACHER else permission.is_passed_on


VISITOR = Actor(account_id=None, role=Role.VISITOR, organisation_id=None, scope=Scope.nothing())
OPERATOR = Actor(account_id=None, role=Role.OPERATOR, organisation_id=None, scope=Scope(first="", beyond="~"), name="operator")


def require(actor: Actor, permission: Permission) -> None:
    """Nothing changed; raises `NotAllowed` unless the actor's role has the right."""
    if not actor.may(permission):
        raise NotAllowed(permission.name)

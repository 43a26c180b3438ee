"""Teams, duties and the lives of the registers' rows."""

from __future__ import annotations

from enum import StrEnum


class Team(StrEnum):
    """The five teams of every level (S0 五(二))."""

    EXPERTS = "experts"
    MENTORS = "mentors"
    TUTORS = "tutors"
    TECHNICAL = "technical"
    MANAGEMENT = "management"


class PoolState(StrEnum):
    """Where a nomination for the pool stands."""

    NOMINATED = "nominated"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


class Duty(StrEnum):
    """What a cadre is at a school."""

    PRINCIPAL = "principal"
    DEPUTY = "deputy"
    DEAN = "dean"
    RESERVE = "reserve"


class Need(StrEnum):
    """The training that a cadre needs next."""

    QUALIFYING = "qualifying"
    IMPROVING = "improving"
    ADVANCED = "advanced"
    THEMED = "themed"


class Standing(StrEnum):
    """How offices see a training provider."""

    ADMITTED = "admitted"
    WATCHED = "watched"
    SUSPENDED = "suspended"
    STRUCK = "struck"


class OfficeKind(StrEnum):
    """Offices beside the tree (A9)."""

    CERTIFICATE_STATION = "certificate_station"
    QUALIFICATION_CENTRE = "qualification_centre"
    PROJECT_OFFICE = "project_office"
    LEADERSHIP = "leadership"
    EXPERT_PANEL = "expert_panel"


class OfficeDuty(StrEnum):
    """What a person is in an office beside the tree."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"


class MemberKind(StrEnum):
    """Who becomes a member."""

    SCHOOL = "school"
    INDIVIDUAL = "individual"


class MemberState(StrEnum):
    """Where an application stands."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"

"""States, tiers and kinds of a project and of its segments."""

from __future__ import annotations

from enum import StrEnum


class ProjectState(StrEnum):
    """A project is prepared, published, closed; or cancelled with a reason before it closes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Tier(StrEnum):
    """国培, 省培, city, county, school (C2)."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SCHOOL = "school"


class ProjectKind(StrEnum):
    """What kind of training a project is (C2)."""

    ALL_STAFF = "all_staff"
    FACE_TO_FACE = "face_to_face"
    NETWORK_SCHOOL = "network_school"
    IT_CAPABILITY = "it_capability"
    PRINCIPALS = "principals"
    KINDERGARTEN = "kindergarten"
    OVERSEAS = "overseas"
    OUTREACH = "outreach"
    SCHOOL_RUN = "school_run"


class SegmentKind(StrEnum):
    """What happens in a segment (C7), and being together in one place, as the kinds of S2 ask."""

    DIAGNOSIS = "diagnosis"
    SELECTION = "selection"
    SELF_STUDY = "self_study"
    FACE_TO_FACE = "face_to_face"
    PRACTICE = "practice"
    DISCUSSION = "discussion"
    WORKSHOP = "workshop"
    SCHOOL_BASED = "school_based"
    FOLLOW_UP = "follow_up"
    PRESENTATION = "presentation"
    ASSESSMENT = "assessment"


class Way(StrEnum):
    """How a teacher comes to a seat: by own choice, placed by an office, nominated, or by a national programme's own rules."""

    OWN = "own"
    PLACEMENT = "placement"
    NOMINATION = "nomination"
    NATIONAL = "national"


class OfferKind(StrEnum):
    """What a project lets a teacher choose."""

    COURSE = "course"
    WORKSHOP = "workshop"


MOVES: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.DRAFT: frozenset({ProjectState.PUBLISHED, ProjectState.CANCELLED}),
    ProjectState.PUBLISHED: frozenset({ProjectState.CLOSED, ProjectState.CANCELLED}),
    ProjectState.CLOSED: frozenset(),
    ProjectState.CANCELLED: frozenset(),
}

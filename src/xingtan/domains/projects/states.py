"""States, tiers and kinds of a project."""

from __future__ import annotations

from enum import StrEnum


class ProjectState(StrEnum):
    """A project is prepared, published, closed."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Tier(StrEnum):
    """国培, 省培, city, county, school (C2)."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SCHOOL = "school"


class ProjectKind(StrEnum):
    """What kind of training a project is (C2); later issues add theirs."""

    ALL_STAFF = "all_staff"
    FACE_TO_FACE = "face_to_face"
    IT_CAPABILITY = "it_capability"


class OfferKind(StrEnum):
    """What a project lets a teacher choose."""

    COURSE = "course"
    WORKSHOP = "workshop"


MOVES: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.DRAFT: frozenset({ProjectState.PUBLISHED}),
    ProjectState.PUBLISHED: frozenset({ProjectState.CLOSED}),
    ProjectState.CLOSED: frozenset(),
}

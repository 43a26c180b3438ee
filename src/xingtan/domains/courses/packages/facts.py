"""What is known of a package once it was read: its standard, its items in order, what the run-time has to tell each of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Standard(StrEnum):
    """By which standard a package talks to its player."""

    SCORM12 = "scorm12"
    SCORM2004 = "scorm2004"
    CMI5 = "cmi5"
    H5P = "h5p"


class ItemKind(StrEnum):
    """What an item of a package is: one that reports, one that is only shown, a heading."""

    SCO = "sco"
    ASSET = "asset"
    AU = "au"
    CONTENT = "content"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to open in a package, or a heading above such things; `href` is a path inside the package with its query."""

    key: str
    title: str
    kind: ItemKind
    depth: int = 0
    href: str = ""
    launch_data: str = ""
    mastery: str = ""
    max_time: str = ""
    time_limit_action: str = ""
    completion_threshold: str = ""
    activity: str = ""
    move_on: str = ""
    launch_method: str = ""
    entitlement: str = ""
    is_visible: bool = True
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """A package that can be played. `length_s` is what the package says of itself, 0 when it says nothing."""

    standard: Standard
    edition: str
    title: str
    items: tuple[Item, ...]
    length_s: int = 0
    identifier: str = ""
    sequencing: dict[str, Any] = field(default_factory=dict)
    title_en: str = ""

    def as_body(self) -> dict[str, Any]:
        """The facts as a unit's `body` keeps them."""
        return asdict(self)


def launched(facts: PackageFacts) -> tuple[Item, ...]:
    """The items that are opened, without headings."""
    return tuple(item for item in facts.items if item.kind is not ItemKind.HEADING)

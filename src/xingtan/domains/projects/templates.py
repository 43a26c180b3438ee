"""Templates by kind of training, read once from `templates.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from .facts import Category
from .passing import Passing
from .states import ProjectKind, SegmentKind, Way

FILE = Path(__file__).with_name("templates.toml")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """A name in both languages."""

    zh: str
    en: str


class TemplateSegment(_Part):
    """A step as the template proposes it: days of the source or a weight of what is left, a share of the hours that the policy asks."""

    kind: SegmentKind
    title: Words
    days: int = Field(default=0, ge=0)
    weight: int = Field(default=0, ge=0)
    component: str = ""
    percent: int = Field(default=0, ge=0, le=100)
    passing: Passing = Passing()


class TemplateCategory(Words):
    """A category of seats as the template proposes it; the office says how many."""

    code: str
    is_reserved: bool = False

    def plain(self) -> Category:
        """The category without seats yet."""
        return Category(code=self.code, label=self.zh, label_en=self.en, seats=0, is_reserved=self.is_reserved)


class Template(_Part):
    """What a draft of a kind begins with."""

    kind: ProjectKind
    has_seats: bool
    ways: tuple[Way, ...]
    approval_steps: int = Field(ge=0, le=2)
    earmarked_centi: int = 0
    clause: str = ""
    conditions: Mapping[str, Any] = Field(default_factory=dict)
    categories: tuple[TemplateCategory, ...] = ()
    segments: tuple[TemplateSegment, ...] = Field(alias="segment", min_length=1)


@lru_cache(maxsize=1)
def templates() -> Mapping[ProjectKind, Template]:
    """The template of every kind."""
    read = [Template.model_validate(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["template"]]
    return {one.kind: one for one in read}

"""A project's conditions to take part, as a frozen value: what is unset asks for nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

# The lowest first; "" is nobody's condition.
TITLES = ("", "third", "second", "first", "senior", "professor")
OLDEST = 120

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Words = tuple[Word, ...]
Years = Annotated[int, Field(strict=True, ge=0, le=OLDEST)]
Rank = Annotated[str, Field(pattern="^(third|second|first|senior|professor)$")]


class Code(StrEnum):
    """Every condition by the name of its field, and what stands against a candidate without one."""

    STAGES = "stages"
    SUBJECTS = "subjects"
    TITLE_AT_LEAST = "title_at_least"
    TITLE_AT_MOST = "title_at_most"
    AGE_AT_MOST = "age_at_most"
    SERVICE_YEARS_AT_LEAST = "service_years_at_least"
    SERVICE_YEARS_AT_MOST = "service_years_at_most"
    IS_RURAL = "is_rural"
    HONOURS_ANY = "honours_any"
    POSITIONS_ANY = "positions_any"
    NEEDS_ONLINE = "needs_online"
    NOT_TRAINED_WITHIN = "not_trained_within"
    LADDER = "ladder"
    LAST_VERDICT_QUALIFIED = "last_verdict_qualified"
    IN_POST = "in_post"
    CLASH = "clash"
    REPEAT = "repeat"


class Pause(BaseModel):
    """Years that must have passed since training of these kinds ended; no kinds: of any kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: Words = ()
    years: Annotated[int, Field(strict=True, ge=1, le=20)]


class Conditions(BaseModel):
    """What a project asks of who takes part (D2). A code named in `advisory` warns and does not shut out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    stages: Words = ()
    subjects: Words = ()
    title_at_least: Rank | None = None
    title_at_most: Rank | None = None
    age_at_most: Years | None = None
    service_years_at_least: Years | None = None
    service_years_at_most: Years | None = None
    is_rural: bool | None = None
    honours_any: Words = ()
    positions_any: Words = ()
    needs_online: bool = False
    not_trained_within: Pause | None = None
    ladder: Words = ()
    last_verdict_qualified: bool = False
    advisory: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _somebody_can_meet_them(self) -> Self:
        least, most = self.service_years_at_least, self.service_years_at_most
        if least is not None and most is not None and least > most:
            raise ValueError("service_years_reversed")
        if self.title_at_least and self.title_at_most and rank(self.title_at_least) > rank(self.title_at_most):
            raise ValueError("titles_reversed")
        return self


def rank(title: str) -> int:
    """The title's place among all, 0 for none; `ValueError` for a word that is no title."""
    return TITLES.index(title)

"""The closed lists a pack chooses from. A pack brings the words; these are the codes."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level of the tree of organisations; `any` is whoever ran the training."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    SCHOOL = "school"
    ANY = "any"


class Stage(StrEnum):
    """A stage of schooling."""

    SENIOR_HIGH = "senior_high"
    JUNIOR_HIGH = "junior_high"
    PRIMARY = "primary"
    KINDERGARTEN = "kindergarten"


class EntryStep(StrEnum):
    """A step from choosing to studying; a pack orders them."""

    SELECTION = "selection"
    CONFIRMATION = "confirmation"
    PAYMENT = "payment"
    REGISTRATION = "registration"
    CARD = "card"
    STUDY = "study"


class ReviewStep(StrEnum):
    """A step in the life of a ledger entry."""

    ENTER = "enter"
    REVIEW = "review"
    REPORT = "report"
    COUNTY_REVIEW = "county_review"
    VERIFY = "verify"
    EXAMINE = "examine"


class FeeUnit(StrEnum):
    """What a price is for one of."""

    HOUR = "hour"
    CERTIFICATE = "certificate"
    CYCLE = "cycle"


class Payer(StrEnum):
    """Who is billed."""

    SCHOOL = "school"
    TEACHER = "teacher"


class Work(StrEnum):
    """What a trainee hands in."""

    ASSIGNMENTS = "assignments"
    WORK_PRODUCTS = "work_products"

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
    """A step in the life of a ledger entry; a pack names those it has, in this order."""

    ENTER = "enter"
    REVIEW = "review"
    REPORT = "report"
    COUNTY_REVIEW = "county_review"
    COUNTY_VERIFY = "county_verify"
    CITY_REVIEW = "city_review"
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
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


class Work(StrEnum):
    """What a trainee hands in."""

    ASSIGNMENTS = "assignments"
    WORK_PRODUCTS = "work_products"


class Unit(StrEnum):
    """What the pack's amounts are hundredths of."""

    HOUR = "hour"
    CREDIT = "credit"


class AmountUnit(StrEnum):
    """What an activity's amount is measured in, before it is converted."""

    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"
    HALF_DAY = "half_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TIME = "time"
    LESSON = "lesson"
    MEETING = "meeting"
    PAPER = "paper"
    WORD = "word"
    CREDIT = "credit"


class TermColumn(StrEnum):
    """A column of an activity whose codes a pack lists."""

    TIER = "tier"
    MODE = "mode"
    TOPIC = "topic"
    ACTIVITY = "activity"
    RESULT = "result"
    ROLE = "role"


class Holds(StrEnum):
    """When in a training year a dated fact counts as holding."""

    ANY_DAY = "any_day"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    STUDY_OPENS = "study_opens"
    WHOLE_YEAR = "whole_year"


class Over(StrEnum):
    """Which rows a measure is taken over."""

    ACTIVITIES = "activities"
    RESULTS = "results"


class How(StrEnum):
    """How rows become one whole number."""

    SUM = "sum"
    COUNT = "count"
    BEST = "best"


class Span(StrEnum):
    """What a target holds for."""

    YEAR = "year"
    CYCLE = "cycle"


class Whose(StrEnum):
    """A target of each person, or an average of all teachers of the region."""

    PERSON = "person"
    REGION = "region"


class WayKind(StrEnum):
    """How hours are earned otherwise: training that a school runs, what a teacher achieves, credits from elsewhere, hours by a platform's file."""

    TRAINING = "training"
    ACHIEVEMENT = "achievement"
    ELSEWHERE = "elsewhere"
    PLATFORM = "platform"


class Party(StrEnum):
    """Who declares or approves."""

    TEACHER = "teacher"
    SCHOOL = "school"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"

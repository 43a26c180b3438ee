"""Words of the policy pages: the closed lists that packs choose from."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.policy import EntryStep, FeeUnit, Level, Payer
from xingtan.core.verdicts import ReasonCode

LEVELS: Mapping[Level, Promise] = {
    Level.PROVINCE: pgettext_lazy("level", "Province"),
    Level.CITY: pgettext_lazy("level", "City"),
    Level.COUNTY: pgettext_lazy("level", "County"),
    Level.SCHOOL: pgettext_lazy("level", "School"),
    Level.ANY: pgettext_lazy("level", "Whoever ran the training"),
}
UNITS: Mapping[FeeUnit, Promise] = {
    FeeUnit.HOUR: pgettext_lazy("fee", "an hour"),
    FeeUnit.CERTIFICATE: pgettext_lazy("fee", "a certificate"),
    FeeUnit.CYCLE: pgettext_lazy("fee", "a cycle"),
}
PAYERS: Mapping[Payer, Promise] = {
    Payer.SCHOOL: pgettext_lazy("payer", "paid by the school"),
    Payer.TEACHER: pgettext_lazy("payer", "paid by the teacher"),
    Payer.COUNTY: pgettext_lazy("payer", "paid by the county"),
    Payer.CITY: pgettext_lazy("payer", "paid by the city"),
    Payer.PROVINCE: pgettext_lazy("payer", "paid by the province"),
    Payer.NATION: pgettext_lazy("payer", "paid by the nation"),
}
ENTRY_STEPS: Mapping[EntryStep, Promise] = {
    EntryStep.SELECTION: pgettext_lazy("entry order", "course selection"),
    EntryStep.CONFIRMATION: pgettext_lazy("entry order", "confirmation by the school"),
    EntryStep.PAYMENT: pgettext_lazy("entry order", "payment"),
    EntryStep.REGISTRATION: pgettext_lazy("entry order", "registration in bulk"),
    EntryStep.CARD: pgettext_lazy("entry order", "learning card"),
    EntryStep.STUDY: pgettext_lazy("entry order", "study"),
}
CYCLE_YEARS = _("%(years)s training years, counted from %(anchor)s")
DECIDING: Mapping[ReasonCode, Promise] = {
    ReasonCode.ON_LEAVE: pgettext_lazy("determination", "Approved leave"),
    ReasonCode.COMPLETE: pgettext_lazy("determination", "All hours recognised and verified, all required work passed"),
    ReasonCode.AWAITING_VERIFICATION: pgettext_lazy("determination", "All hours recognised, not all verified yet"),
    ReasonCode.STUDY_OPEN: pgettext_lazy("determination", "Study has not closed yet"),
    ReasonCode.AWAITING_MARKING: pgettext_lazy("determination", "Work that was handed in still waits for marking"),
    ReasonCode.NO_PARTICIPATION: pgettext_lazy("determination", "Took no part"),
    ReasonCode.EXAM_PASSED: pgettext_lazy("determination", "Passed the unified exam"),
    ReasonCode.EXAM_FAILED: pgettext_lazy("determination", "Did not pass the unified exam"),
    ReasonCode.INCOMPLETE: pgettext_lazy("determination", "Took part and did not complete"),
    ReasonCode.HOURS_SHORT: pgettext_lazy("determination", "Hours are missing"),
    ReasonCode.FLOOR_SHORT: pgettext_lazy("determination", "A floor is not reached"),
    ReasonCode.TARGET_SHORT: pgettext_lazy("determination", "The target is not reached"),
    ReasonCode.EARMARK_SHORT: pgettext_lazy("determination", "Earmarked hours are missing"),
    ReasonCode.VILLAGE_PASSED: pgettext_lazy("determination", "Passed on the way of village schools"),
    ReasonCode.NO_VILLAGE_GRANT: pgettext_lazy("determination", "Studied in a group without the county's grant"),
    ReasonCode.SUPPLEMENTARY_REQUIRED: pgettext_lazy("determination", "The supplementary test is still due"),
    ReasonCode.SUPPLEMENTARY_FAILED: pgettext_lazy("determination", "Did not pass the supplementary test"),
    ReasonCode.ASSESSMENT_MISSING: pgettext_lazy("determination", "Not every assessment was sat"),
    ReasonCode.ASSESSMENT_FAILED: pgettext_lazy("determination", "Did not pass every assessment"),
    ReasonCode.AWAITING_RESULT: pgettext_lazy("determination", "Results are still to be decided"),
    ReasonCode.DIAGNOSIS_MISSING: pgettext_lazy("determination", "Did not sit the diagnosis"),
    ReasonCode.PROJECT_FAILED: pgettext_lazy("determination", "The overall score is no pass"),
    ReasonCode.BACKBONE_SHORT: pgettext_lazy("determination", "The days and months of the backbone training are not complete"),
    ReasonCode.NO_TURN: pgettext_lazy("determination", "The year is not this stage's turn"),
    ReasonCode.CYCLE_DECIDES: pgettext_lazy("determination", "Took part; the cycle decides"),
    ReasonCode.RETIRES_IN_CYCLE: pgettext_lazy("determination", "Retires within the cycle"),
    ReasonCode.EXEMPTED: pgettext_lazy("determination", "Exempted"),
    ReasonCode.NOT_OWED: pgettext_lazy("determination", "The year is not owed"),
    ReasonCode.YEARS_OPEN: pgettext_lazy("determination", "A year of the cycle is not settled"),
    ReasonCode.YEARS_OWED: pgettext_lazy("determination", "A year of the cycle is to be made up"),
    ReasonCode.CYCLE_SHORT: pgettext_lazy("determination", "Hours of the cycle are missing"),
}
WORKS: Mapping[str, Promise] = {
    "assignments": pgettext_lazy("work", "assignments"),
    "work_products": pgettext_lazy("work", "work products"),
}
WORD_UNITS: Mapping[str, Promise] = {
    "hour": pgettext_lazy("unit", "hour"),
    "minute": pgettext_lazy("unit", "minute"),
    "second": pgettext_lazy("unit", "second"),
    "half_day": pgettext_lazy("unit", "half day"),
    "day": pgettext_lazy("unit", "day"),
    "week": pgettext_lazy("unit", "week"),
    "month": pgettext_lazy("unit", "month"),
    "time": pgettext_lazy("unit", "time"),
    "lesson": pgettext_lazy("unit", "lesson"),
    "meeting": pgettext_lazy("unit", "meeting"),
    "paper": pgettext_lazy("unit", "paper"),
    "word": pgettext_lazy("unit", "word"),
    "credit": pgettext_lazy("unit", "credit"),
    "point": pgettext_lazy("unit", "point"),
}
FACT_HOLDS: Mapping[str, Promise] = {
    "any_day": pgettext_lazy("fact holds", "when true on any day of the year"),
    "first_day": pgettext_lazy("fact holds", "when true on the year's first day"),
    "last_day": pgettext_lazy("fact holds", "when true on the year's last day"),
    "study_opens": pgettext_lazy("fact holds", "when true on the day study opens"),
    "whole_year": pgettext_lazy("fact holds", "when true all year"),
}
HOWS: Mapping[str, Promise] = {
    "sum": pgettext_lazy("measure", "the sum"),
    "count": pgettext_lazy("measure", "the number"),
    "best": pgettext_lazy("measure", "the best score"),
    "activities": pgettext_lazy("measure", "of activities"),
    "results": pgettext_lazy("measure", "of results"),
    "year": pgettext_lazy("measure", "a year"),
    "cycle": pgettext_lazy("measure", "a cycle"),
    "person": pgettext_lazy("measure", "each person"),
    "region": pgettext_lazy("measure", "the region on average"),
}

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
}

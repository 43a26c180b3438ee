"""Conditions and findings in sentences: one place for the page, the bulk check and the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xingtan.core.selection import Code, Finding, Term
from xingtan.core.verdicts import Verdict
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers

from .matching import Mismatch

MISMATCHES: Mapping[str, Promise] = {
    Mismatch.OTHER_SUBJECT: _("The class is for another subject than the teacher's."),
    Mismatch.OTHER_STAGE: _("The class is for another stage than the teacher's."),
    Mismatch.NEAR_RETIREMENT: _("The teacher retires soon and will hardly use what is learned."),
    Mismatch.SENT_OFTEN: _("The teacher was sent to three or more projects within a year."),
    Mismatch.NOT_PLANNED: _("The plan of the teacher's school names no such training."),
}
TERMS: dict[Code, str | Promise] = {
    Code.STAGES: _("Stage: %(any)s"),
    Code.SUBJECTS: _("Subject: %(any)s"),
    Code.TITLE_AT_LEAST: _("Title: %(title)s or higher"),
    Code.TITLE_AT_MOST: _("Title: %(title)s or lower"),
    Code.AGE_AT_MOST: _("At most %(years)s years old"),
    Code.SERVICE_YEARS_AT_LEAST: _("At least %(years)s years of service"),
    Code.SERVICE_YEARS_AT_MOST: _("At most %(years)s years of service"),
    Code.IS_RURAL: _("Only teachers of rural schools"),
    Code.HONOURS_ANY: _("Honour: %(any)s"),
    Code.POSITIONS_ANY: _("Position: %(any)s"),
    Code.NEEDS_ONLINE: _("The school has a line to the network"),
    Code.NOT_TRAINED_WITHIN: _("No such training in the last %(years)s years: %(kinds)s"),
    Code.LADDER: _("Completed before: %(kinds)s"),
    Code.LAST_VERDICT_QUALIFIED: _("The last training year was qualified"),
}
NOT_RURAL = _("Only teachers of schools that are not rural")
AGAINST: dict[Code, str | Promise] = {
    Code.STAGES: _("The project is for %(any)s; the teacher's stage is %(held)s."),
    Code.SUBJECTS: _("The project is for %(any)s; the teacher's subject is %(held)s."),
    Code.TITLE_AT_LEAST: _("The title must be %(title)s or higher; it is %(held)s."),
    Code.TITLE_AT_MOST: _("The title must be %(title)s or lower; it is %(held)s."),
    Code.AGE_AT_MOST: _("At most %(years)s years old; the teacher is %(held)s."),
    Code.SERVICE_YEARS_AT_LEAST: _("At least %(years)s years of service; there are %(held)s."),
    Code.SERVICE_YEARS_AT_MOST: _("At most %(years)s years of service; there are %(held)s."),
    Code.IS_RURAL: _("The seats are for rural schools; the teacher's school is not one."),
    Code.HONOURS_ANY: _("The project is for %(any)s; the register says: %(held)s."),
    Code.POSITIONS_ANY: _("The project is for %(any)s; the teacher's position is %(held)s."),
    Code.NEEDS_ONLINE: _("The training is on line and the school has no line to the network."),
    Code.NOT_TRAINED_WITHIN: _("%(held)s was completed on %(ended_on)s; %(years)s years must pass first."),
    Code.LADDER: _("This must be completed first: %(kinds)s."),
    Code.LAST_VERDICT_QUALIFIED: _("The verdict of %(year)s is “%(verdict)s”; a qualified year is needed. Make it good first."),
    Code.IN_POST: _("The teacher is not in post."),
    Code.CLASH: _("Another project takes place at the same time, from %(from_on)s to %(to_on)s."),
    Code.REPEAT: _("Training of the same kind (%(kind)s) was completed on %(ended_on)s already."),
}
CLASH_NAMED = _("It takes place at the same time as “%(other)s”, from %(from_on)s to %(to_on)s.")
# What warned when an application was handed in, kept by its code without its numbers.
BRIEF: dict[str, str | Promise] = {
    Code.AGE_AT_MOST: _("The register did not say how old the teacher was."),
    Code.NEEDS_ONLINE: _("The register did not say whether the teaching point had a line."),
    Code.LAST_VERDICT_QUALIFIED: _("No training year of the teacher had a verdict."),
    Code.CLASH: _("Another project takes place at the same time."),
    Code.REPEAT: _("Training of the same kind was completed before."),
}
RURAL_AGAINST = _("The seats are for schools that are not rural; the teacher's school is rural.")
UNKNOWN: dict[Code, str | Promise] = {
    Code.AGE_AT_MOST: _("The register does not say how old the teacher is; at most %(years)s years are asked for."),
    Code.NEEDS_ONLINE: _("The register does not say whether the teaching point has a line; the training is on line."),
    Code.LAST_VERDICT_QUALIFIED: _("No training year of the teacher has a verdict yet."),
}
VERDICTS: dict[str, str | Promise] = {
    Verdict.EXAM_REQUIRED: _("unified exam required"),
    Verdict.MAKE_UP_REQUIRED: _("make-up required"),
    Verdict.NOT_QUALIFIED: _("not qualified"),
    Verdict.DEFERRED: _("deferred"),
}
NOBODY = _("none")


def term_sentence(term: Term) -> str:
    """The condition in the reader's language, as the project's page says it."""
    words = NOT_RURAL if term.code is Code.IS_RURAL and not term.values["wanted"] else TERMS[term.code]
    return str(words) % _told(term.code, term.values)


def finding_sentence(finding: Finding) -> str:
    """What stands against the candidate, with its numbers, in the reader's language."""
    if finding.is_unknown:
        words = UNKNOWN[finding.code]
    elif finding.code is Code.IS_RURAL and not finding.values["wanted"]:
        words = RURAL_AGAINST
    elif finding.code is Code.CLASH and "other" in finding.values:
        words = CLASH_NAMED
    else:
        words = AGAINST[finding.code]
    return str(words) % _told(finding.code, finding.values)


def _told(code: Code, values: Mapping[str, Any]) -> dict[str, object]:
    """The values with their codes in words; several are joined as the language joins them."""
    told = dict(values)
    labels = LABELS.get(code, {})
    for name in ("any", "kinds"):
        if name in told:
            told[name] = gettext(", ").join(str(labels.get(one, one)) for one in told[name]) or gettext("any kind")
    for name in ("held", "title", "kind", "verdict"):
        if isinstance(told.get(name), str):
            told[name] = labels.get(told[name], told[name]) or NOBODY
    return told


def _by_value(labels: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(code): label for code, label in labels.items()}


KINDS = _by_value(projects.KIND_LABELS)
LABELS: dict[Code, Mapping[str, Any]] = {
    Code.STAGES: _by_value(teachers.STAGES),
    Code.SUBJECTS: _by_value(teachers.SUBJECTS),
    Code.TITLE_AT_LEAST: _by_value(teachers.TITLES),
    Code.TITLE_AT_MOST: _by_value(teachers.TITLES),
    Code.HONOURS_ANY: _by_value(teachers.HONOURS),
    Code.POSITIONS_ANY: _by_value(teachers.POSITIONS),
    Code.NOT_TRAINED_WITHIN: KINDS,
    Code.LADDER: KINDS,
    Code.REPEAT: KINDS,
    Code.LAST_VERDICT_QUALIFIED: VERDICTS,
}

"""The room's labels and refusals in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Gender, Honour, IdentityKind, Position, Stage, Status, Subject, Title

IDENTITY_KINDS: Mapping[str, Promise] = {
    IdentityKind.RESIDENT: _("Resident identity card"),
    IdentityKind.HK_MACAU: _("Mainland travel permit for Hong Kong and Macau residents"),
    IdentityKind.TAIWAN: _("Mainland travel permit for Taiwan residents"),
    IdentityKind.PASSPORT: _("Passport"),
}
GENDERS: Mapping[str, Promise] = {Gender.FEMALE: _("Female"), Gender.MALE: _("Male")}
STAGES: Mapping[str, Promise] = {
    Stage.KINDERGARTEN: pgettext_lazy("stage", "Kindergarten"),
    Stage.PRIMARY: pgettext_lazy("stage", "Primary"),
    Stage.JUNIOR: pgettext_lazy("stage", "Junior high"),
    Stage.SENIOR: pgettext_lazy("stage", "Senior high"),
}
SUBJECTS: Mapping[str, Promise] = {
    Subject.CHINESE: pgettext_lazy("subject", "Chinese"),
    Subject.MATHEMATICS: pgettext_lazy("subject", "Mathematics"),
    Subject.ENGLISH: pgettext_lazy("subject", "English"),
    Subject.ETHICS_LAW: pgettext_lazy("subject", "Ethics and law"),
    Subject.PHYSICS: pgettext_lazy("subject", "Physics"),
    Subject.CHEMISTRY: pgettext_lazy("subject", "Chemistry"),
    Subject.BIOLOGY: pgettext_lazy("subject", "Biology"),
    Subject.HISTORY: pgettext_lazy("subject", "History"),
    Subject.GEOGRAPHY: pgettext_lazy("subject", "Geography"),
    Subject.SCIENCE: pgettext_lazy("subject", "Science"),
    Subject.INFORMATION: pgettext_lazy("subject", "Information technology"),
    Subject.GENERAL_TECHNOLOGY: pgettext_lazy("subject", "General technology"),
    Subject.MUSIC: pgettext_lazy("subject", "Music"),
    Subject.ART: pgettext_lazy("subject", "Art"),
    Subject.SPORTS: pgettext_lazy("subject", "Physical education"),
    Subject.LABOUR: pgettext_lazy("subject", "Labour"),
    Subject.PSYCHOLOGY: pgettext_lazy("subject", "Mental health"),
    Subject.PRESCHOOL: pgettext_lazy("subject", "Preschool education"),
    Subject.SPECIAL: pgettext_lazy("subject", "Special education"),
}
POSITIONS: Mapping[str, Promise] = {
    Position.TEACHER: pgettext_lazy("position", "Teacher"),
    Position.CLASS_HEAD: pgettext_lazy("position", "Class head"),
    Position.PRINCIPAL: pgettext_lazy("position", "Principal"),
    Position.KINDERGARTEN_HEAD: pgettext_lazy("position", "Head of kindergarten"),
    Position.TUTOR: pgettext_lazy("position", "Tutor"),
}
TITLES: Mapping[str, Promise] = {
    Title.NONE: pgettext_lazy("title", "None"),
    Title.THIRD: pgettext_lazy("title", "Third-grade teacher"),
    Title.SECOND: pgettext_lazy("title", "Second-grade teacher"),
    Title.FIRST: pgettext_lazy("title", "First-grade teacher"),
    Title.SENIOR: pgettext_lazy("title", "Senior teacher"),
    Title.PROFESSOR: pgettext_lazy("title", "Professor-grade senior teacher"),
}
HONOURS: Mapping[str, Promise] = {
    Honour.NONE: pgettext_lazy("honour", "None"),
    Honour.BACKBONE: _("Backbone teacher"),
    Honour.SUBJECT_LEADER: _("Subject leader"),
    Honour.SPECIAL_GRADE: _("Special-grade teacher"),
}
STATUSES: Mapping[str, Promise] = {
    Status.IN_POST: pgettext_lazy("status", "In post"),
    Status.ON_LEAVE: pgettext_lazy("status", "On leave"),
    Status.LEFT: pgettext_lazy("status", "Left"),
    Status.RETIRED: pgettext_lazy("status", "Retired"),
    Status.MERGED: pgettext_lazy("status", "Merged into another record"),
}
REFUSALS: Mapping[str, Promise] = {
    "merge_reason_missing": _("Say why these two are one person."),
    "merge_not_these": _("These two are one record already, or one of them is merged."),
    "school_kind_unknown": _("“%(found)s” is not a kind of school."),
    "school_exists": _("There is already a school named “%(name)s” here."),
    "school_code_taken": _("The code %(taken)s belongs to another school."),
    "reason_missing": _("Say why you need the full number."),
    "own_hours": _("Nobody decides on what is their own: %(count)s of these concern you. Someone else must decide."),
}

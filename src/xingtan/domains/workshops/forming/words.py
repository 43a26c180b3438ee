"""Labels, refusals and messages of forming classes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Key, Refusal

KEYS: dict[Key, str | Promise] = {
    Key.CITY: pgettext_lazy("class by", "City"),
    Key.COUNTY: pgettext_lazy("class by", "County"),
    Key.STAGE: pgettext_lazy("class by", "Stage"),
    Key.SUBJECT: pgettext_lazy("class by", "Subject"),
}
REFUSALS: dict[str, str | Promise] = {
    Refusal.FORMING_DONE: _("These classes are arranged or the draft was given up. Open the project's classes again."),
    Refusal.FORMING_NOBODY: _("Nobody waits for a class: admit trainees first; whoever has a class keeps it."),
    Refusal.FORMING_SIZES: _("The least must be 1 or more and at most half of the most, so that a class can be split in two."),
    Refusal.FORMING_TUTOR_MISSING: _("%(count)s classes have no tutor. Name one for each, or change the ratio."),
    Refusal.FORMING_OVERFULL: _("A class has at most %(most)s trainees. Choose another class, or fewer people."),
    Refusal.FORMING_TITLE_TWICE: _("Another class of this project has this name. Choose another name."),
    Refusal.FORMING_LOAD: _("One tutor looks after at most %(most)s trainees here. Choose another tutor."),
}
MESSAGES: dict[str, str | Promise] = {
    "class_introduced": _("You are in the class “%(title)s” of “%(project)s”. Your tutor is %(tutor)s, your host %(host)s."),
    "class_given": _("You have the class “%(title)s” of “%(project)s” with %(count)s trainees."),
}

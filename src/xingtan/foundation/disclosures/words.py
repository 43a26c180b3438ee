"""Refusals, and kinds of pages, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: Mapping[str, Promise] = {
    "record": pgettext_lazy("look", "Record of hours"),
    "card": pgettext_lazy("look", "Facts of the register"),
    "why": pgettext_lazy("look", "Explanation of a verdict"),
    "time": pgettext_lazy("look", "Learned time"),
    "eligibility": pgettext_lazy("look", "Eligibility"),
    "paper": pgettext_lazy("look", "Paper printed"),
    "everything": pgettext_lazy("look", "Everything, as a file"),
    "acting": pgettext_lazy("look", "Your own pages, acting for you"),
    "rest": pgettext_lazy("look", "Another program, by the API"),
    "other": pgettext_lazy("look", "Other pages"),
}
REFUSALS: Mapping[str, Promise] = {
    "unmaskings_enough": _(
        "Numbers of %(most)s people were shown to you within 24 hours. Ask the office above if more are really needed, or wait."
    ),
}

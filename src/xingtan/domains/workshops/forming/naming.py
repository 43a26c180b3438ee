"""What a class is called: what its trainees share, and a number where that is not enough. Stored in Chinese, as an office writes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext, override

from xingtan.domains.teachers import api as teachers

from .rules import Class
from .states import Key

CHINESE = "zh-hans"
LONGEST = 120


def title_of(one: Class, places: Mapping[str, str], taken: Collection[str]) -> str:
    """A title that no other class of the project has."""
    with override(CHINESE):
        parts = [places.get(one.shared[key], "") for key in (Key.CITY, Key.COUNTY) if key in one.shared]
        parts = parts[-1:]
        if stage := one.shared.get(Key.STAGE):
            parts.append(str(teachers.STAGES[stage]))
        if subject := one.shared.get(Key.SUBJECT):
            parts.append(str(teachers.SUBJECTS[subject]))
        name = "".join(parts)[:LONGEST]
        number = 1
        while (title := gettext("%(name)s class %(number)s") % {"name": name, "number": number}).strip() in taken:
            number += 1
        return title.strip()

"""Numbers and check codes that no other paper has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from xingtan.core.calendar import local_day
from xingtan.domains.certificates import api as certificates
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.papers.models import Paper
from xingtan.domains.papers.rules import MOST_SERIAL, number_prefix
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation


def fresh_numbers(school_ids: Sequence[int], now: datetime) -> list[str]:
    """The next numbers of each county and year, in the schools' order; one transaction at a time gives them."""
    places = certificates.places_of(set(school_ids))
    # Whoever prints next waits here until this transaction ends; the contents were read before.
    list(Organisation.everywhere.select_for_update(no_key=True).filter(parent=None).order_by("pk").values_list("pk"))
    prefixes = [number_prefix(local_day(now).year, places[pk]) for pk in school_ids]
    last = {prefix: _last_serial(prefix) for prefix in set(prefixes)}
    numbers = []
    for prefix in prefixes:
        last[prefix] += 1
        numbers.append(_number(prefix, last[prefix]))
    return numbers


def _number(prefix: str, serial: int) -> str:
    if serial > MOST_SERIAL:
        raise Refused("paper_numbers_spent")
    body = f"{prefix}{serial:06d}"
    return f"{body}{certificates.damm(body[2:].replace('-', ''))}"


def _last_serial(prefix: str) -> int:
    given = Paper.everywhere.filter(number__gte=f"{prefix}0000000", number__lte=f"{prefix}9999999")
    highest = given.aggregate(highest=Max("number"))["highest"]
    return int(highest[-7:-1]) if highest else 0


def fresh_codes(count: int) -> list[str]:
    """So many check codes that no certificate's page, no statement and no paper has."""
    codes: set[str] = set()
    while len(codes) < count:
        more = set(certificates.fresh_codes(count - len(codes)))
        more -= set(eligibility.Statement.everywhere.filter(check_code__among=more).values_list("check_code", flat=True))
        codes |= more.difference(Paper.everywhere.filter(check_code__among=more).values_list("check_code", flat=True))
    return list(codes)

"""What must always be true of quotas, counted over everything: for tests, for operators, for whoever does not believe it."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, F, QuerySet, Sum

from .models import Quota, QuotaMove, Seat
from .states import Act

ADDS = frozenset({Act.GRANTED, Act.RECEIVED})
TAKES = frozenset({Act.RETURNED, Act.TAKEN_BACK})


def check_quotas(project_id: int) -> list[str]:
    """Every place of the project where figures disagree, in words for operators; empty when all is well."""
    quotas = Quota.everywhere.filter(project_id=project_id)
    return [*_rows(quotas), *_below(quotas), *_seats(quotas, project_id), *_trails(quotas)]


def _rows(quotas: QuerySet[Quota]) -> list[str]:
    over = quotas.filter(held__lt=F("passed_down") + F("given")).values_list("pk", flat=True)
    return [f"quota {pk}: passed down and given are more than held" for pk in over]


def _below(quotas: QuerySet[Quota]) -> list[str]:
    """What was passed down is what is held below."""
    below = dict(quotas.exclude(parent=None).order_by().values_list("parent").annotate(n=Sum("held")))
    passed = quotas.values_list("pk", "passed_down")
    return [f"quota {pk}: {count} passed down, {below.get(pk, 0)} held below" for pk, count in passed if count != below.get(pk, 0)]


def _seats(quotas: QuerySet[Quota], project_id: int) -> list[str]:
    """What was given is the seats on which somebody sits."""
    seated = dict(Seat.objects.filter(project_id=project_id, ended_at=None).order_by().values_list("quota").annotate(n=Count("pk")))
    given = quotas.values_list("pk", "given")
    return [f"quota {pk}: {count} given, {seated.get(pk, 0)} seats" for pk, count in given if count != seated.get(pk, 0)]


def _trails(quotas: QuerySet[Quota]) -> list[str]:
    """The steps of a quota, one after the other, explain what it holds and what it passed down."""
    held, passed = Counter[int](), Counter[int]()
    for quota_id, act, seats in QuotaMove.objects.filter(quota__in=quotas).order_by("pk").values_list("quota_id", "act", "seats"):
        if act == Act.AMENDED:
            held[quota_id] = seats
        elif act in ADDS | TAKES:
            held[quota_id] += seats if act in ADDS else -seats
        else:
            passed[quota_id] += seats if act == Act.PASSED_DOWN else -seats
    told = quotas.values_list("pk", "held", "passed_down")
    return [f"quota {pk}: its trail tells otherwise" for pk, now, down in told if (held[pk], passed[pk]) != (now, down)]

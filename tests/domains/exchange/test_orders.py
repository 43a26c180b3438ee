"""What counts does not depend on the order in which claims arrive, nor on how they were split into deliveries."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import exchanging
from tests.exchanging import at, counted, deliver, said
from xingtan.domains.learning.models import DeliveredRecord

pytestmark = pytest.mark.django_db(databases="__all__")
LASTS = {"short": 600, "hour": 3600, "sum": 9 * 3600}


@pytest.fixture
def cast():
    return exchanging.build()


def claim(cast, place, tens, lasts):
    """A claim of Lin or Bai that may overlap others; every third corrects an earlier one."""
    teacher = cast.bai if tens % 4 == 3 else cast.lin_teacher
    if lasts == "sum":
        return said(cast, f"R{place}", seconds=LASTS[lasts], teacher=teacher, first=exchanging.DAY)
    return said(cast, f"R{place}", begin=at(8) + 600 * tens, seconds=LASTS[lasts], teacher=teacher)


def standing(cast, *deliveries):
    """What counts after these deliveries, by claim and in the evidence; everything is taken back."""
    with transaction.atomic():
        for some in deliveries:
            deliver(cast, *some)
        found = counted(), sorted(DeliveredRecord.everywhere.filter(learned_s__gt=0).values_list("source", "learned_s"))
        transaction.set_rollback(True)
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(sorted(LASTS))), min_size=2, max_size=7), st.data())
def test_any_order_and_any_split_into_deliveries_counts_the_same(cast, times, data):
    claims = [claim(cast, place, tens, lasts) for place, (tens, lasts) in enumerate(times)]
    shuffled = data.draw(st.permutations(claims))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(claims) - 1))))
    parts = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]
    assert standing(cast, *parts) == standing(cast, claims)

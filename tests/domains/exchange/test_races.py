"""Deliveries at the same moment: each record stands once, and no moment counts twice, whoever commits first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests import exchanging
from tests.exchanging import HOUR, at, counted, deliver, said
from xingtan.domains.exchange.models import Claim

pytestmark = pytest.mark.race
THREADS = 6


def together(*acts):
    """All acts at once, each in a thread of its own."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_file_delivered_at_once_stands_once_and_overlaps_count_once(own_database):
    cast = exchanging.build()
    exchanging.second_provider(cast)
    mine = [said(cast, f"R{place}", begin=at(9) + 600 * place) for place in range(5)]
    theirs = [said(cast, f"X{place}", begin=at(9, 5) + 600 * place, offer="C") for place in range(5)]
    acts = [lambda: deliver(cast, *mine), lambda: deliver(cast, *theirs, actor=cast.other_staff)] * (THREADS // 2)
    done = together(*acts)
    assert sum(one.new for one in done) == Claim.everywhere.count() == 10
    assert sum(counted().values()) == HOUR + 4 * 600 + 300

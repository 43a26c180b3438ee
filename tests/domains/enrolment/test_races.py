from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import enrolling
from tests.enrolling import NOW, choose
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race
THREADS = 12


def together(act):
    """What each of twelve threads answers that begin at the same moment."""
    start = Barrier(THREADS)

    def one(number):
        start.wait()
        try:
            return act(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_twelve_choices_at_once_are_one_selection_with_the_offers_of_one_of_them(own_database):
    cast = enrolling.build()
    sets = [("A", "own"), ("B", "C", "any")]
    together(lambda number: choose(cast, cast.lin, *sets[number % 2], item=4 + number % 2).pk)
    [selection] = enrolment.selections_in(cast.province.scope, cast.year.pk)
    assert sorted(enrolment.chosen_offers([selection.pk])[selection.pk]) in [
        sorted(cast.offers[code].pk for code in codes) for codes in sets
    ]


def test_twelve_clicks_on_confirm_and_on_register_act_once(own_database):
    cast = enrolling.build()
    selection = choose(cast, cast.lin, "A", "own")
    assert sum(together(lambda _: enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW))) == 1
    enrolment.mark_paid([selection.pk], NOW)
    assert sum(together(lambda _: enrolment.register_paid(actor=cast.chen, selection_ids=[selection.pk], now=NOW))) == 1
    assert enrolment.cards_in(cast.province.scope, cast.year.pk).count() == 1

"""Two at once: numbers are given once, and a paper is sealed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests import certifying, papering
from tests.certifying import NOW
from xingtan.domains.papers import api as papers
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race
THREADS = 4


@pytest.fixture
def cast(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield certifying.build()


def at_once(work):
    """What each of several threads got from the same work, refusals by their code."""

    def one(_place):
        try:
            return work()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_two_schools_clerks_never_get_one_number(cast):
    at_once(lambda: papering.printed(cast))
    numbers = list(papers.Paper.everywhere.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == THREADS


def test_a_paper_is_sealed_by_one_officer_only(cast):
    paper = papering.submitted(cast)
    done = at_once(lambda: papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=papering.MARK, now=NOW))
    assert sorted(done) == [0, 0, 0, 1]
    assert [one.step for one, _who in papers.steps_of(paper)].count("sealed") == 1

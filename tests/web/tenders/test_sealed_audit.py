"""Nothing tells who bids, and how many do, before the bids are open: neither the audit log nor a sealed file's address."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import tendering
from tests.tendering import WITHIN
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.people.models import Account

ACTS = {"tenders.sealed", "tenders.withdrawn"}


@pytest.fixture
def cast(db):
    made = tendering.build(experts=3)
    made.tender = tendering.published(made)
    tendering.sealed(made, made.tender)
    tenders.withdraw_bid(actor=made.bidders[2], pid=made.tender.public_id, now=WITHIN)
    return made


def read(actor, **query):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    answer = client.get("/bureau/audit/", query)
    assert answer.status_code == 200
    return [line.row.act for line in answer.context["lines"] if line.row.act in ACTS]


def test_nobody_reads_who_bids_before_the_opening_and_the_province_reads_it_afterwards(cast):
    for actor in (cast.mei, cast.supervisor):
        assert read(actor, since="2026-01-01") == read(actor, act="tenders.sealed") == read(actor, subject="bid") == []
    tendering.opened(cast, cast.tender)
    assert len(read(cast.mei, act="tenders.sealed")) == 3
    assert len(read(cast.mei, act="tenders.withdrawn")) == 1


def test_a_tender_that_was_cancelled_unopened_keeps_it_for_good(cast):
    tenders.cancel_tender(actor=cast.mei, pid=cast.tender.public_id, reason="项目取消", now=WITHIN)
    assert read(cast.mei, act="tenders.sealed") == []


def test_lines_of_other_acts_stay(cast):
    client = Client()
    client.force_login(Account.objects.get(pk=cast.mei.account_id))
    acts = {line.row.act for line in client.get("/bureau/audit/").context["lines"]}
    assert "tenders.published" in acts


def test_a_sealed_file_is_downloaded_by_its_bidder_only(cast):
    sealed = StoredFile.everywhere.filter(kind="tenders.sealed", account_id=cast.bidders[0].account_id).get()
    answers = {}
    for name, actor in {"own": cast.bidders[0], "other": cast.bidders[1], "province": cast.mei, "supervisor": cast.supervisor}.items():
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        answer = client.get(f"/files/{sealed.public_id}/")
        b"".join(answer)  # read to its end, which closes the file
        answers[name] = answer.status_code
    assert answers == {"own": 200, "other": 404, "province": 404, "supervisor": 404}

"""The pages of papers: who opens which, and what each form does, refuses and shows."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import papering
from tests.certifying import NOW
from tests.papering import MARK, printed, sealed, state_of, submitted
from xingtan.domains.papers import api as papers

SCHOOL = ["school:papers", "school:paper_new", "school:paper", "school:paper_pdf", "school:printing", "school:printing_pdf"]
OFFICE = ["bureau:papers", "bureau:paper", "bureau:paper_pdf"]
OWN = ["trainee:papers", "trainee:paper", "trainee:paper_pdf"]


@pytest.fixture(autouse=True)
def at_that_hour(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def address(name, paper):
    if name.startswith("school:printing"):
        return reverse(name, args=[paper.printing.public_id])
    return reverse(name, args=[] if name.endswith(("papers", "_new")) else [paper.public_id])


@pytest.mark.parametrize(
    ("who", "opens"), [("chen", SCHOOL), ("he", SCHOOL), ("zhou", OFFICE), ("mei", OFFICE), ("lin", OWN), ("ming", [])]
)
def test_each_role_opens_its_pages(cast, as_actor, who, opens):
    paper, browser = submitted(cast), as_actor(getattr(cast, who))
    shared = {*SCHOOL, *OFFICE} - {"school:paper_new"} if opens in (SCHOOL, OFFICE) else set(opens)
    for name in (*SCHOOL, *OFFICE, *OWN):
        expected = 200 if name in opens or name in shared else 403
        assert browser.get(address(name, paper)).status_code == expected, name


@pytest.mark.parametrize("who", ["wu", "stranger"])
def test_another_branch_finds_nothing(cast, as_actor, who):
    paper, browser = submitted(cast), as_actor(getattr(cast, who))
    for name in ("school:paper", "school:paper_pdf", "school:printing", "school:printing_pdf", "bureau:paper", "bureau:paper_pdf"):
        assert browser.get(address(name, paper)).status_code == 404, name
    assert paper.number not in browser.get(reverse("bureau:papers")).content.decode()


def test_the_clerk_prints_for_everyone_and_submits_them(cast, as_actor):
    papering.colleagues(cast, 2)
    browser = as_actor(cast.chen)
    said = {"kind": "hours", "from_on": "2026-08-01", "to_on": str(papering.DAY), "purpose": "年度考核", "who": "all"}
    assert browser.post(reverse("school:paper_new"), {**said, "purpose": ""}).status_code == 422
    assert browser.post(reverse("school:paper_new"), {**said, "to_on": "2026-07-01"}).status_code == 409
    answer = browser.post(reverse("school:paper_new"), said)
    printing = papers.Printing.everywhere.get()
    assert answer["Location"] == reverse("school:printing", args=[printing.public_id])
    assert printing.paper_count == 3
    ids = list(papers.Paper.everywhere.values_list("public_id", flat=True))
    sent = browser.post(reverse("school:papers_move"), {"ids": ids, "act": "submit"}, follow=True)
    assert "3 papers submitted for check and seal." in sent.content.decode()
    assert papers.state_counts(cast.school.scope)[papers.State.SUBMITTED] == 3
    back = browser.post(reverse("school:papers_move"), {"ids": ids[:1], "act": "take_back"}, follow=True)
    assert "1 paper taken back." in back.content.decode()
    assert papers.state_counts(cast.school.scope)[papers.State.SUBMITTED] == 2
    assert browser.post(reverse("school:papers_move"), {"act": "submit"}).status_code == 409


def test_only_the_ticked_are_printed_unless_everyone_is_asked_for(cast, as_actor):
    first, *_others = papering.colleagues(cast, 2)
    browser, place = as_actor(cast.chen), reverse("school:paper_new")
    said = {"kind": "hours", "from_on": "2026-08-01", "to_on": str(papering.DAY), "purpose": "年度考核"}
    page = browser.get(place).content.decode()
    assert "Print for everyone in post, 3 people?" in page
    assert 'type="radio"' not in page
    for who in ({}, {"who": "ticked"}):
        assert browser.post(place, said | who).status_code == 409
        browser.post(place, said | who | {"people": [first.public_id]})
    assert list(papers.Printing.everywhere.values_list("paper_count", flat=True)) == [1, 1]


def test_a_large_school_prints_in_the_background(cast, as_actor, monkeypatch):
    monkeypatch.setattr("xingtan.web.school.paper_printing.AT_ONCE", 1)
    papering.colleagues(cast, 1)
    said = {"kind": "year", "year": "2026", "purpose": "年度考核", "who": "all"}
    answer = as_actor(cast.chen).post(reverse("school:paper_new"), said)
    assert "/job/" in answer["Location"]


def test_the_office_seals_refuses_and_revokes(cast, as_actor):
    first, second = submitted(cast), submitted(cast, purpose="岗位聘用")
    browser = as_actor(cast.zhou)
    page = browser.get(reverse("bureau:paper", args=[first.public_id])).content.decode()
    assert "Paper and register say the same." in page or "一致" in page
    no_mark = browser.post(reverse("bureau:papers_seal"), {"ids": [first.public_id], "outcome": "sealed"})
    assert no_mark.status_code == 409
    assert state_of(first) is papers.State.SUBMITTED
    browser.post(reverse("bureau:papers_seal"), {"ids": [first.public_id], "outcome": "sealed", "mark": MARK})
    browser.post(reverse("bureau:papers_seal"), {"ids": [second.public_id], "outcome": "refused", "reason": "not_signed"})
    assert (state_of(first), state_of(second)) == (papers.State.SEALED, papers.State.REFUSED)
    revoke = reverse("bureau:paper_revoke", args=[first.public_id])
    assert browser.post(revoke, {"reason": ""}).status_code == 409
    browser.post(revoke, {"reason": "fraud"})
    assert state_of(first) is papers.State.REVOKED


def test_a_teacher_prints_an_own_paper_and_nobody_elses(cast, as_actor):
    browser = as_actor(cast.lin)
    said = {"kind": "cycle", "year": "2026", "purpose": "职称评审"}
    answer = browser.post(reverse("trainee:paper_print"), said)
    paper = papers.Paper.everywhere.get()
    assert answer["Location"] == reverse("trainee:paper", args=[paper.public_id])
    assert browser.post(reverse("trainee:paper_print"), {**said, "kind": "roll"}).status_code == 422
    [other] = papering.colleagues(cast, 1)
    made = papers.print_papers(actor=cast.chen, asked=papering.asked(cast), teacher_ids=[other.pk], now=NOW)
    theirs = papers.Paper.everywhere.get(printing=made)
    assert browser.get(reverse("trainee:paper", args=[theirs.public_id])).status_code == 404


def test_anyone_checks_a_paper_by_its_code(cast, client):
    paper = printed(cast)
    assert client.get(reverse("public:check_result", args=[paper.check_code])).status_code == 200
    assert client.get(reverse("public:check_result", args=[paper.number])).status_code == 404
    done = sealed(cast)
    page = client.get(reverse("public:check_result", args=[done.check_code])).content.decode()
    assert MARK in page
    assert "林*微" in page
    assert "林知微" not in page
    papers.revoke(actor=cast.zhou, paper_id=done.pk, why=papers.Why("fraud"), now=NOW)
    assert "x-hero-revoked" in client.get(reverse("public:check_result", args=[done.check_code])).content.decode()


def test_the_list_is_searched_filtered_and_exported(cast, as_actor):
    paper = submitted(cast)
    browser = as_actor(cast.zhou)
    for query, is_there in (
        ({"q": "林知微"}, True),
        ({"q": paper.number}, True),
        ({"q": "无"}, False),
        ({"state": "sealed"}, False),
        ({"kind": "hours", "sort": "-due"}, True),
    ):
        assert (paper.number in browser.get(reverse("bureau:papers"), query).content.decode()) is is_there, query
    book = browser.get(reverse("bureau:papers"), {"export": "xlsx"})
    assert b"".join(book.streaming_content).startswith(b"PK")

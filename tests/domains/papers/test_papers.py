"""A paper's way: printed, submitted, compared, sealed or refused, archived, revoked or overtaken; each step kept."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.transaction import atomic
from pypdf import PdfReader

from tests import certifying, crediting, papering
from tests.certifying import NOW
from tests.deputies import refuses_own, standing_in
from tests.papering import MARK, printed, sealed, state_of, submitted
from xingtan.domains.certificates import api as certificates
from xingtan.domains.papers import api as papers
from xingtan.domains.papers.models import PaperStep
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

State, Kind, Why = papers.State, papers.Kind, papers.Why


def words(made, page=0):
    return unicodedata.normalize("NFKC", PdfReader(io.BytesIO(made)).pages[page].extract_text())


@pytest.mark.parametrize("kind", [Kind.HOURS, Kind.YEAR, Kind.CYCLE])
def test_a_paper_says_name_number_code_and_hours(cast, kind):
    paper = printed(cast, kind)
    text = words(papers.papers_pdf([paper]))
    for said in ("林知微", paper.number, paper.check_code, "青禾实验小学", "72.0", "职称评审", "未经验印"):
        assert said in text, said
    assert certifying.NUMBER not in text
    assert paper.content["hours"] == paper.content["verified"] == 72_00


def test_a_whole_school_is_one_file_with_a_number_each(cast):
    others = papering.colleagues(cast, 3)
    made = papers.print_papers(
        actor=cast.chen, asked=papering.asked(cast), teacher_ids=[cast.lin_teacher.pk, *(one.pk for one in others)], now=NOW
    )
    rows = list(papers.Paper.everywhere.filter(printing=made).order_by("number"))
    assert len({row.number for row in rows}) == len({row.check_code for row in rows}) == 4
    assert len(PdfReader(io.BytesIO(papers.papers_pdf(rows))).pages) == 4
    assert all(certificates.damm(row.number[3:].replace("-", "")) == 0 for row in rows)


def test_the_school_list_has_every_teacher_in_post(cast):
    papering.colleagues(cast, 2)
    paper = papers.print_roll(actor=cast.chen, asked=papering.asked(cast, Kind.ROLL), school=cast.school, now=NOW)
    assert [row["name"] for row in paper.content["rows"]][-1] == "林知微"
    assert "林知微" in words(papers.papers_pdf([paper]))
    assert len(paper.content["rows"]) == 3


def test_the_days_of_a_statement_leave_out_what_lies_outside(cast):
    later = papers.asked_for(Kind.HOURS, days=(papering.DAY, papering.DAY), training_year=None, purpose="x", today=papering.DAY)
    made = papers.print_own(actor=cast.lin, asked=later, now=NOW)
    days = {line["on"] for line in made.content["lines"]}
    assert days <= {papering.DAY.isoformat()}
    assert made.content["hours"] < 72_00


@pytest.mark.parametrize(
    ("kind", "days", "why"),
    [
        (Kind.HOURS, (papering.DAY, papering.DAY - timedelta(days=1)), "paper_dates_reversed"),
        (Kind.HOURS, (papering.DAY, papering.DAY + timedelta(days=1)), "paper_day_to_come"),
        (Kind.HOURS, (papering.DAY - timedelta(days=5_000), papering.DAY), "paper_too_long"),
        (Kind.YEAR, (papering.DAY, papering.DAY), "paper_needs_year"),
    ],
)
def test_days_that_make_no_sense_are_refused(kind, days, why):
    with pytest.raises(Refused, match=why):
        papers.asked_for(kind, days=days, training_year=None, purpose="", today=papering.DAY)


def test_the_office_compares_and_seals_and_the_teacher_sees_each_step(cast):
    paper = submitted(cast)
    row = papers.own_paper(cast.lin_teacher.pk, paper.public_id)
    assert row.due_on == papering.DAY + timedelta(days=papers.OFFICE_DAYS)
    assert papers.compared(paper) == []
    assert papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, now=NOW) == 1
    assert papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, now=NOW) == 0
    assert papers.archive([paper.pk], now=NOW) == 1
    assert papers.archive([paper.pk], now=NOW) == 0
    assert [one.step for one, _who in papers.steps_of(paper)] == ["printed", "submitted", "sealed", "archived"]
    assert set(Message.objects.filter(account=cast.lin_teacher.account).values_list("code", flat=True)) >= {
        "paper_submitted",
        "paper_sealed",
    }
    assert MARK in words(papers.papers_pdf([paper]))
    assert papers.archived_file(paper.pk).size > 1_000
    assert AuditLine.objects.filter(act="papers.sealed").exists()


def test_a_difference_must_be_looked_at_before_a_seal(cast):
    paper = submitted(cast)
    crediting.delivered(cast, [cast.lin_teacher], 0)
    cast.lin_teacher.title = "senior"
    cast.lin_teacher.save(update_fields=["title"])
    [found] = papers.compared(paper)
    assert (found.where, found.what, found.printed) == ("person", "title", "")
    with pytest.raises(Refused, match="paper_differs"):
        papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, now=NOW)
    assert state_of(paper) is State.SUBMITTED
    papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, seen={paper.pk: 1}, now=NOW)
    step = PaperStep.objects.get(paper=paper, step="sealed")
    assert step.differences == [["person", "", "title", "", found.now]]


def test_refused_with_a_reason_and_submitted_again(cast):
    paper = submitted(cast)
    for why, code in (
        (Why(""), "paper_needs_reason"),
        (Why("other"), "paper_needs_words"),
        (Why("other", "x" * 201), "paper_words_too_long"),
    ):
        with pytest.raises(Refused, match=code):
            papers.refuse(actor=cast.zhou, paper_ids=[paper.pk], why=why, now=NOW)
    papers.refuse(actor=cast.zhou, paper_ids=[paper.pk], why=Why("not_signed"), now=NOW)
    assert state_of(paper) is State.REFUSED
    assert papers.submit(actor=cast.chen, paper_ids=[paper.pk], now=NOW) == 1
    assert papers.take_back(actor=cast.chen, paper_ids=[paper.pk], now=NOW) == 1
    with pytest.raises(Refused, match="paper_wrong_state"):
        papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, now=NOW)


def test_a_seal_needs_its_name(cast):
    paper = submitted(cast)
    with pytest.raises(Refused, match="paper_needs_mark"):
        papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=" ", now=NOW)


def test_a_sealed_paper_is_never_changed_by_the_database_itself(cast):
    paper = sealed(cast)
    for change in (lambda: papers.Paper.everywhere.filter(pk=paper.pk).update(digest="0"), PaperStep.objects.filter(paper=paper).delete):
        with pytest.raises(DatabaseError, match="append-only"), atomic():
            change()


def test_the_public_check_tells_every_state(cast):
    paper = printed(cast)
    check = lambda: papers.check_paper(paper.check_code, now=NOW)  # noqa: E731 -- asked anew after each step
    assert (check()["state"], check()["paper"]["seal"]) == ("valid", None)
    assert check()["paper"]["holder"].startswith("林*微")
    papers.submit(actor=cast.chen, paper_ids=[paper.pk], now=NOW)
    papers.seal(actor=cast.zhou, paper_ids=[paper.pk], mark=MARK, now=NOW)
    assert check()["paper"]["seal"].seal_mark == MARK
    newer = sealed(cast)
    assert (check()["state"], check()["paper"]["newer"]) == ("superseded", newer.number)
    papers.revoke(actor=cast.zhou, paper_id=newer.pk, why=Why("fraud"), now=NOW)
    assert papers.check_paper(newer.check_code, now=NOW)["state"] == "revoked"
    assert papers.check_paper(paper.number, now=NOW)["state"] == "not_found"
    assert papers.check_paper("ABCD-EFGH", now=NOW) is None


def test_a_forged_seal_is_noticed(cast):
    paper = sealed(cast)
    step = PaperStep.objects.get(paper=paper, step="sealed")
    step.seal_mark = "假章"
    assert papers.broken_proofs(paper) == []
    assert list(papers.altered_papers()) == []
    paper.content["hours"] = 99_00
    assert papers.broken_proofs(paper) == ["digest"]


def test_another_branch_and_another_role_may_not(cast):
    paper = submitted(cast)
    with pytest.raises(NotInScope):
        papers.submit(actor=cast.wu, paper_ids=[paper.pk], now=NOW)
    with pytest.raises(NotInScope):
        papers.seal(actor=cast.stranger, paper_ids=[paper.pk], mark=MARK, now=NOW)
    with pytest.raises(NotInScope):
        papers.print_papers(actor=cast.wu, asked=papering.asked(cast), teacher_ids=[cast.lin_teacher.pk], now=NOW)
    with pytest.raises(NotAllowed):
        papers.seal(actor=cast.chen, paper_ids=[paper.pk], mark=MARK, now=NOW)
    with pytest.raises(NotInScope):
        papers.own_paper(cast.lin_teacher.pk + 1, paper.public_id)


def test_nobody_seals_what_they_printed_or_submitted_or_what_is_about_them(cast):
    colleague = standing_in(cast.zhou, papering.colleagues(cast, 1)[0])
    theirs = papers.print_papers(
        actor=replace(cast.chen, account_id=cast.zhou.account_id), asked=papering.asked(cast), teacher_ids=[cast.lin_teacher.pk], now=NOW
    )
    paper = papers.Paper.everywhere.get(printing=theirs)
    papers.submit(actor=cast.chen, paper_ids=[paper.pk], now=NOW)
    other = printed(cast, purpose="年度考核")
    papers.submit(actor=replace(cast.chen, account_id=colleague.account_id), paper_ids=[other.pk], now=NOW)
    for actor, one in ((cast.zhou, paper), (colleague, other)):
        with pytest.raises(Refused, match="paper_same_person") as refused:
            papers.seal(actor=actor, paper_ids=[one.pk], mark=MARK, now=NOW)
        assert refused.value.params == {"count": 1}
    refuses_own(papers.seal, actor=standing_in(cast.zhou, cast.lin_teacher), paper_ids=[paper.pk, other.pk], mark=MARK, count=2, now=NOW)
    assert papers.seal(actor=colleague, paper_ids=[paper.pk], mark=MARK, now=NOW) == 1
    assert papers.seal(actor=cast.zhou, paper_ids=[other.pk], mark=MARK, now=NOW) == 1

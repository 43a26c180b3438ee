"""What providers say, what counts, why not: totals that add up to the second, for the provider and for the offices of the branch."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import python_calamine
from django.test import Client

from tests import exchanging
from tests.enrolling import LATER, actor_of, assign, teachers
from tests.exchanging import HOUR, at, deliver, said
from xingtan.domains.exchange import api as exchange
from xingtan.domains.exchange.models import Claim, Remark
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def in_the_study_window(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


@pytest.fixture
def cast():
    """Claims of two counties: good ones, overlaps, one corrected, one beyond the course's length."""
    made = exchanging.build()
    [made.far] = teachers(made.elsewhere, 1)
    assign(made, [made.far], "A", "own", actor=made.wu)
    deliver(
        made, said(made, "R1", begin=at(9)), said(made, "R2", begin=at(9, 30)), said(made, "R3", teacher=made.bai, seconds=60 * HOUR),
        said(made, "R4", teacher=made.far), said(made, "R5", teacher=made.far, seconds=600),
    )  # fmt: skip
    deliver(made, said(made, "R6", teacher=made.far, seconds=300, replaces="R5"))
    made.seen = exchange.seen_by(made.staff)
    made.place = f"/provider/reconciliation/{made.provider.public_id}/{made.project.public_id}/"
    return made


def browser_of(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def adds_up(figures):
    return figures["said_s"] == figures["counted_s"] + sum(figures[f"lost_{why.value}"] for why in exchange.WhyNot)


def test_totals_reasons_teachers_and_lines_add_up_to_the_second(cast):
    figures = exchange.figures_of(cast.seen, cast.project.pk)
    people = exchange.by_teacher(cast.seen, cast.project.pk)
    lines = list(exchange.lines(cast.seen, cast.project.pk))
    assert adds_up(figures)
    assert (figures["said_s"], figures["counted_s"]) == (63 * HOUR + 900, 52 * HOUR + 1800 + 300)
    assert figures["lost_overlaps_same"] == 1800
    assert figures["lost_length"] == 10 * HOUR
    assert figures["lost_replaced"] == 600
    for name, of in (("said_s", "said_s"), ("counted_s", "counted_s")):
        assert figures[name] == sum(getattr(one, of) for one in people) == sum(getattr(one, of) for one in lines)
    assert all(one.said_s == one.counted_s + sum(seconds for _why, seconds in one.reasons) for one in people)
    (summary,) = exchange.summaries(cast.staff)
    assert (summary.said_s, summary.counted_s) == (figures["said_s"], figures["counted_s"])


def test_an_office_sees_its_branch_and_the_branches_add_up(cast):
    there = actor_of(Role.COUNTY_OFFICER, cast.strange)
    parts = [exchange.figures_of(exchange.seen_by(who, cast.provider.public_id), cast.project.pk) for who in (cast.zhou, there)]
    whole = exchange.figures_of(exchange.seen_by(cast.mei, cast.provider.public_id), cast.project.pk)
    assert all(adds_up(one) for one in (*parts, whole))
    assert whole == {name: parts[0][name] + parts[1][name] for name in whole}
    assert [one.said_s for one in exchange.summaries(there)] == [parts[1]["said_s"]]
    exchanging.second_provider(cast)
    with pytest.raises(NotInScope):
        exchange.seen_by(cast.zhou, cast.other.public_id)
    with pytest.raises(NotInScope):
        exchange.seen_by(cast.other_staff, cast.provider.public_id)


def test_a_kept_report_is_compared_with_what_came_later(cast):
    exchange.keep_report(actor=cast.staff, provider_id=cast.provider.pk, project_id=cast.project.pk, now=LATER)
    before = exchange.figures_of(cast.seen, cast.project.pk)
    later = LATER + timedelta(days=1)
    deliver(cast, said(cast, "R7", begin=at(8, 30)), said(cast, "R8", seconds=0, replaces="R4", teacher=cast.far), now=later)
    last = exchange.last_report(cast.seen, cast.project.pk)
    assert exchange.figures_of(cast.seen, cast.project.pk, last.made_at) == before
    assert (last.said_s, last.counted_s) == (before["said_s"], before["counted_s"])
    changes = {
        one.line.claim.number: (one.before_s, one.change_s) for one in exchange.differences(cast.seen, cast.project.pk, last.made_at)
    }
    assert changes == {"R4": (HOUR, -HOUR), "R7": (None, HOUR), "R1": (HOUR, -1800), "R8": (None, 0)}
    now = exchange.figures_of(cast.seen, cast.project.pk)
    assert now["counted_s"] - before["counted_s"] == sum(change for _before, change in changes.values())


def test_the_pages_of_the_provider(cast):
    staff = browser_of(cast.staff)
    assert cast.project.public_id in staff.get("/provider/reconciliation/").content.decode()
    page = staff.get(cast.place).content.decode()
    assert cast.lin_teacher.name in page
    assert staff.get(f"{cast.place}?show=lost").content.decode().count("?q=") == 3
    assert staff.post(f"{cast.place}keep/").status_code == 302
    assert staff.get(cast.place).status_code == 200
    lines = staff.get(f"{cast.place}lines/?why=overlaps_same").content.decode()
    assert "R2" in lines
    assert "R1<" not in lines
    assert staff.get(f"{cast.place}lines/?why=nonsense&q=nobody").status_code == 200
    for address in ("/provider/reconciliation/?export=xlsx", f"{cast.place}?export=xlsx", f"{cast.place}lines/?export=xlsx"):
        assert b"".join(staff.get(address).streaming_content).startswith(b"PK")


def test_the_exported_lines_add_up(cast):
    content = b"".join(browser_of(cast.staff).get(f"{cast.place}lines/?export=xlsx").streaming_content)
    rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    figures = exchange.figures_of(cast.seen, cast.project.pk)
    assert (sum(row[5] for row in rows), sum(row[6] for row in rows)) == (figures["said_s"], figures["counted_s"])


def test_a_line_is_answered_and_corrected(cast):
    staff, claim = browser_of(cast.staff), Claim.everywhere.get(number="R2")
    address = f"/provider/reconciliation/record/{claim.pk}/"
    assert "R2" in staff.get(address).content.decode()
    for _time in range(2):
        assert staff.post(f"{address}remark/", {"text": "两台设备同时登录"}).status_code == 302
    assert Remark.everywhere.count() == 1
    assert staff.post(f"{address}remark/", {"text": " "}).status_code == 409
    assert "两台设备同时登录" in browser_of(cast.zhou).get(address).content.decode()
    assert staff.post(f"{address}correct/", {"seconds": "-1", "reason": "x"}).status_code == 422
    assert staff.post(f"{address}correct/", {"seconds": "1200", "reason": "掉线"}).status_code == 302
    assert staff.post(f"{address}correct/", {"seconds": "1300", "reason": "掉线"}).status_code == 409
    assert "fix:" in staff.get(address).content.decode()


def test_offices_read_their_branch_and_nothing_else(cast):
    far = Claim.everywhere.get(number="R4")
    zhou = browser_of(cast.zhou)
    assert cast.lin_teacher.name in zhou.get(cast.place).content.decode()
    assert cast.far.name not in zhou.get(cast.place).content.decode()
    assert zhou.get(f"/provider/reconciliation/record/{far.pk}/").status_code == 404
    assert zhou.post(f"/provider/reconciliation/record/{far.pk}/remark/", {"text": "x"}).status_code == 403
    assert browser_of(cast.mei).get(f"/provider/reconciliation/record/{far.pk}/").status_code == 200
    assert browser_of(cast.chen).get(cast.place).status_code == 403
    exchanging.second_provider(cast)
    assert browser_of(cast.other_staff).get(cast.place).status_code == 404
    assert browser_of(cast.other_staff).get(f"/provider/reconciliation/record/{far.pk}/").status_code == 404
    assert zhou.get(f"/provider/reconciliation/{cast.provider.public_id}/nothing/").status_code == 404

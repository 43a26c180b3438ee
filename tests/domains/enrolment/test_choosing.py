from __future__ import annotations

from datetime import date

import pytest

from tests.enrolling import LATER, NOW, actor_of, assign, choose, teachers
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


def offers_of(selection):
    return enrolment.chosen_offers([selection.pk])[selection.pk]


def test_a_choice_waits_for_the_school(cast):
    selection = choose(cast, cast.lin, "B", "C", "own")
    assert (selection.state, selection.item, selection.hours_centi, selection.school_id) == ("chosen", 4, 72_00, cast.school.pk)
    assert sorted(offers_of(selection)) == sorted(cast.offers[code].pk for code in ("B", "C", "own"))


@pytest.mark.parametrize(
    ("codes", "item", "why"),
    [
        (("A", "own"), 4, None),
        (("A", "any"), 12, None),
        (("B", "own"), 4, "component_short"),
        (("A", "B", "own"), 4, "course_superfluous"),
        (("A",), 4, "no_workshop"),
        (("A", "own", "any"), 4, "workshop_one_only"),
        (("A", "sports"), 4, "workshop_other_subject"),
        (("A", "senior"), 4, "workshop_other_stage"),
        (("A", "own"), 7, "item_is_gap"),
        (("A", "own"), 13, "item_unknown"),
        (("D", "own"), 1, "item_for_new_hires"),
    ],
)
def test_a_choice_is_refused_for_its_reason(cast, codes, item, why):
    if why is None:
        assert choose(cast, cast.lin, *codes, item=item).state == "chosen"
        return
    with pytest.raises(Refused, match=why):
        choose(cast, cast.lin, *codes, item=item)
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk) is None


@pytest.mark.parametrize(
    ("hired_on", "is_new"),
    [
        (date(2025, 11, 1), False),
        (date(2025, 11, 2), True),
        (date(2026, 9, 1), True),
        (date(2026, 11, 1), True),
        (date(2026, 11, 2), False),
    ],
)
def test_a_new_hire_takes_item_one_with_122_hours_in_the_first_year_only(cast, hired_on, is_new):
    [teacher] = teachers(cast.second, 1, hired_on=hired_on)
    new = actor_of(Role.TEACHER, cast.second, teacher)
    codes, item, hours = (("D", "own"), 1, 122_00) if is_new else (("A", "own"), 3, 72_00)
    selection = choose(cast, new, *codes, item=item)
    assert (selection.hours_centi, selection.is_first_year) == (hours, is_new)
    with pytest.raises(Refused):
        choose(cast, new, "A", "own", item=4 if is_new else 1)


def test_choosing_again_changes_the_choice_before_the_window_closes_and_the_same_again_changes_nothing(cast):
    first = choose(cast, cast.lin, "A", "own")
    again = choose(cast, cast.lin, "A", "own")
    assert (again.pk, again.version) == (first.pk, first.version)
    assert AuditLine.objects.filter(act="enrolment.chosen").count() == 1
    changed = choose(cast, cast.lin, "B", "C", "any", item=5)
    assert (changed.pk, changed.version, changed.item) == (first.pk, 2, 5)
    assert sorted(offers_of(changed)) == sorted(cast.offers[code].pk for code in ("B", "C", "any"))
    with pytest.raises(Refused, match="stale"):
        choose(cast, cast.lin, "A", "own", version=1)
    with pytest.raises(Refused, match="selection_closed"):
        choose(cast, cast.lin, "A", "own", now=LATER)


def test_a_confirmed_choice_is_changed_only_after_the_school_sent_it_back(cast):
    selection = choose(cast, cast.lin, "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    with pytest.raises(Refused, match="selection_confirmed"):
        choose(cast, cast.lin, "B", "C", "own")
    enrolment.send_back(actor=cast.chen, selection_ids=[selection.pk], reason="换一门", now=NOW)
    assert choose(cast, cast.lin, "B", "C", "own").state == "chosen"


def test_offers_of_another_project_and_projects_of_another_branch_do_not_exist_for_a_teacher(cast):
    with pytest.raises(NotInScope):
        enrolment.choose(actor=cast.lin, project_id=cast.project.pk, item=4, offer_ids=[10**9], now=NOW)
    with pytest.raises(NotInScope):
        enrolment.choose(actor=cast.lin, project_id=10**9, item=4, offer_ids=[], now=NOW)
    with pytest.raises(NotAllowed):
        choose(cast, cast.chen, "A", "own")


def test_an_office_assigns_for_many_or_for_none(cast):
    some = teachers(cast.school, 3) + teachers(cast.second, 2)
    assert len(assign(cast, some, "A", "own", actor=cast.zhou)) == 5
    assert len(assign(cast, some, "A", "own", actor=cast.zhou)) == 5
    assert enrolment.selections_in(cast.county.scope, cast.year.pk).count() == 5
    others = teachers(cast.school, 1) + teachers(cast.elsewhere, 1)
    with pytest.raises(NotInScope):
        assign(cast, others, "A", "own", actor=cast.zhou)
    [left] = teachers(cast.school, 1, status="retired")
    with pytest.raises(Refused, match="not_teaching"):
        assign(cast, [left], "A", "own", actor=cast.chen)
    assert enrolment.selections_in(cast.province.scope, cast.year.pk).count() == 5

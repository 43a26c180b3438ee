"""An import undone as a whole: the register before is the register after, or nothing is undone and the reasons are told."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rostering import LATER, NOW, row, write
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers.models import Teacher, TeacherFact, TeacherToken
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.sign_in import activate, activation_code
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

pytestmark = pytest.mark.django_db(databases="__all__")
EVEN_LATER = LATER + timedelta(days=9)
SILENT = SimpleNamespace(tell=lambda done, total: None)


def register():
    """Everything that an import may touch, keys included; tokens without keys, for they are rebuilt."""
    tables = [Organisation.everywhere, Account.objects, Teacher.everywhere, Grant.objects, TeacherFact.objects]
    rows = [sorted(table.values_list(), key=lambda one: one[0]) for table in tables]
    return [*rows, sorted(TeacherToken.objects.values_list("teacher_id", "token", "path"))]


def undo(actor, batch, *, now=EVEN_LATER, reason="错了"):
    return rosters.undo_batch(actor=actor, batch_id=batch.public_id, reason=reason, now=now, tell=SILENT.tell)


VALUES = {
    "name": st.sampled_from(["林知微", "欧阳明", "单雄信"]),
    "school": st.sampled_from(["青禾实验小学", "云亭小学"]),
    "title": st.sampled_from(["", "无", "一级教师", "高级教师"]),
    "honour": st.sampled_from(["", "无", "骨干教师"]),
    "phone": st.sampled_from(["", "19900000001", "19911112222"]),
    "subject": st.sampled_from(["语文", "数学"]),
    "status": st.sampled_from(["", "在岗", "退休"]),
    "effective_on": st.sampled_from(["", "2026-10-01"]),
    "hired_on": st.sampled_from(["2013-09-01", "2014-09-01"]),
}
PEOPLE = st.dictionaries(st.sampled_from([2, 4, 6, 8, 9]), st.fixed_dictionaries(VALUES), min_size=1)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=PEOPLE, second=PEOPLE, is_same_day=st.booleans())
def test_what_was_before_is_what_is_after(cast, tmp_path, first, second, is_same_day):
    """Undone in the order in which they came, whatever the two files say of the same people; what was there before is not touched."""
    began = register()
    done = []
    for people, now in ((first, NOW), (second, NOW if is_same_day else LATER)):
        before = register()
        told = [row(order, **values) for order, values in people.items()]
        one = rosters.import_roster(actor=cast.zhou, path=write(tmp_path / "in.xlsx", told), now=now, good_only=True)
        done.append((before, one.batch))
    for before, batch in reversed(done):
        if batch:
            assert undo(cast.zhou, batch).state == "undone"
        assert register() == before
    assert register() == began


@pytest.fixture
def written(cast, hand_in):
    return hand_in(cast.zhou, [row(2), row(4, name="何其")]).batch


def refused(cast, batch, count=1):
    before = register()
    with pytest.raises(Refused) as why:
        undo(cast.zhou, batch)
    assert (why.value.code, why.value.params) == ("batch_in_use", {"count": count})
    assert register() == before
    return {person.name: reason for person, reason in rosters.obstacles(rosters.RosterBatch.everywhere.get(pk=batch.pk))}


def test_a_used_account_stands_in_the_way(cast, written):
    lin = Account.objects.get(name="林知微")
    activate(identity="19900000002", code=activation_code(lin), password="xing-tan-2026", now=LATER)
    assert refused(cast, written) == {"林知微": "activated"}


def test_a_later_import_stands_in_the_way_and_goes_first(cast, hand_in, written):
    later = hand_in(cast.zhou, [row(2, gender="女", staff_number="X1")], now=LATER).batch
    assert refused(cast, written) == {"林知微": "changed"}
    undo(cast.zhou, later)
    undo(cast.zhou, written)
    assert not Teacher.everywhere.exists()


def test_what_names_a_teacher_stands_in_the_way(cast, written):
    lin = Teacher.everywhere.get(name="林知微")
    from_school = lin.school_id
    TeacherFact.objects.filter(teacher=lin, kind="title").update(to_on=LATER.date())
    assert refused(cast, written) == {"林知微": "changed"}
    assert Teacher.everywhere.get(pk=lin.pk).school_id == from_school


def test_schools_that_came_along_go_with_it(cast, hand_in):
    before = register()
    done = hand_in(cast.zhou, [row(school="竹溪小学")], schools=[("竹溪小学", "3608030077", "", "是", "")])
    assert done.schools_added == 1
    undo(cast.zhou, done.batch)
    assert register() == before


def test_it_is_undone_once_with_a_reason_within_the_branch_and_on_record(cast, written):
    with pytest.raises(Refused) as why:
        undo(cast.zhou, written, reason="  ")
    assert why.value.code == "undo_reason_missing"
    with pytest.raises(NotInScope):
        undo(cast.wu, written)
    undo(cast.zhou, written)
    line = AuditLine.objects.get(act="teachers.roster_undone")
    assert (line.count, line.detail["withdrawn"], line.account_id) == (2, 2, cast.zhou.account_id)
    with pytest.raises(Refused) as why:
        undo(cast.zhou, written)
    assert why.value.code == "batch_not_so"


def test_after_an_undo_the_file_may_come_again(cast, hand_in, written):
    undo(cast.zhou, written)
    again = hand_in(cast.zhou, [row(2), row(4, name="何其")], now=LATER)
    assert again.counts["new"] == 2
    assert again.batch.pk != written.pk

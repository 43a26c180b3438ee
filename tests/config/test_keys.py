"""Rotating keys: everything closed is closed anew, opens as before, and old signatures still hold."""

from __future__ import annotations

import pytest

from tests import enrolling
from xingtan.config.commands import keys
from xingtan.domains.teachers.models import FACT_BOX, NUMBER_BOX, PHONE_BOX, Teacher, TeacherFact
from xingtan.foundation.keys import sign, store, verify_signature
from xingtan.foundation.people.models import ACTIVATION_BOX, Account

NUMBER, PHONE, CODE = "36082119880214202X", "13800000001", "ABCD2345"


@pytest.fixture
def rotated(settings, tmp_path):
    """A home with a key ring of its own, forgotten afterwards."""
    settings.HOME = tmp_path
    store.ring.cache_clear()
    yield
    store.ring.cache_clear()


@pytest.fixture
def lin(db, rotated):
    cast = enrolling.build()
    row = cast.lin_teacher
    Teacher.everywhere.exclude(pk=row.pk).update(number_closed="")
    row.number_closed, row.phone_closed = NUMBER_BOX.close(NUMBER), PHONE_BOX.close(PHONE)
    row.save()
    Account.objects.filter(pk=row.account_id).update(activation_code=ACTIVATION_BOX.close(CODE))
    common = {"teacher": row, "from_on": row.hired_on, "entered_at": enrolling.NOW}
    TeacherFact.objects.create(kind="phone", value=FACT_BOX.close(PHONE), **common)
    TeacherFact.objects.create(kind="stage", value="primary", **common)
    return row


@pytest.mark.django_db(databases="__all__")
def test_every_closed_value_is_closed_anew_and_opens_as_before(lin):
    before = sign(b"a page")
    assert keys.rotate(show=str) == 4
    lin.refresh_from_db()
    assert lin.number_closed.startswith("v2.")
    assert (NUMBER_BOX.open(lin.number_closed), PHONE_BOX.open(lin.phone_closed)) == (NUMBER, PHONE)
    assert ACTIVATION_BOX.open(Account.objects.get(pk=lin.account_id).activation_code) == CODE
    facts = dict(TeacherFact.objects.filter(teacher=lin).values_list("kind", "value"))
    assert (FACT_BOX.open(facts["phone"]), facts["stage"]) == (PHONE, "primary")
    assert verify_signature(b"a page", before)
    assert sign(b"a page").startswith("k2.")


@pytest.mark.django_db(databases="__all__")
def test_what_is_already_under_the_newest_key_is_left_alone(lin):
    keys.rotate(show=str)
    assert keys.rotate(show=str) == 4
    columns = {column for _model, column, _box, _rows in keys.columns()}
    assert columns >= {"number_closed", "phone_closed", "activation_code", "pin_closed"}


@pytest.mark.django_db(databases="__all__")
def test_a_number_is_still_found_after_the_keys_were_rotated(lin):
    index = NUMBER_BOX.index(NUMBER)
    keys.rotate(show=str)
    assert NUMBER_BOX.index(NUMBER) == index

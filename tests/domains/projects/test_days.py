"""A project lies within its year, or within the days for which the year's study was let go on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.bureau_cast import NOW, make_cast, make_draft
from xingtan.core.calendar import WindowKind
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import Refused

LATE = date(2027, 8, 15)


@pytest.fixture
def cast(db):
    return make_cast()


def test_a_project_may_last_as_long_as_the_years_study(cast):
    assert projects.days_of(cast.year) == (date(2026, 7, 1), date(2027, 6, 30))
    with pytest.raises(Refused, match="project_outside_year"):
        make_draft(cast, ends_on=LATE)
    opens_on = policies.windows_of(cast.year)[WindowKind.STUDY].opens_on
    policies.set_window(actor=cast.mei, training_year_id=cast.year.pk, kind=WindowKind.STUDY, opens_on=opens_on, closes_on=LATE, now=NOW)
    assert make_draft(cast, ends_on=LATE).ends_on == LATE
    with pytest.raises(Refused) as refused:
        make_draft(cast, title="更晚", ends_on=date(2027, 8, 16))
    assert refused.value.params["last"] == "2027-08-15"

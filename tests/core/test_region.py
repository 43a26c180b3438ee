"""What a region as a whole stands at, beside its teachers' own verdicts."""

from __future__ import annotations

from xingtan.core.determination.region import Counted, region_standings
from xingtan.core.policy import bundled_policy

ZIBO = bundled_policy("zibo-2011")


def test_thirty_hours_a_year_on_average_are_the_citys_target_and_exact():
    """5年周期内,全市中小学教师平均每年接受不少于30学时的网络研修."""
    (target,) = (one for one in ZIBO.targets if one.whose.value == "region")
    assert target.least_centi == 30_00
    met = {"2011": Counted(2, 40_00), "2012": Counted(2, 80_00), "cycle": Counted(2, 120_00)}
    (standing,) = region_standings(ZIBO, met)
    assert (standing.average_centi, standing.is_met) == (30_00, True)
    (standing,) = region_standings(ZIBO, met | {"2012": Counted(2, 79_99)})
    assert (standing.average_centi, standing.is_met) == (29_99, False)


def test_without_verdicts_or_targets_nothing_is_told():
    assert region_standings(ZIBO, {}) == []
    assert region_standings(bundled_policy("dawa-2008"), {"2008": Counted(1, 100_00)}) == []

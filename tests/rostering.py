"""Two counties with schools, clerk Chen, officer Zhou, stranger Wu; rosters as workbooks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import xlsxwriter

from xingtan.domains.rosters.api import ROSTER_HEADINGS
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.models import Kind
from xingtan.foundation.scope.tree import add_children

NOW = datetime(2026, 9, 10, 4, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY = date(2026, 9, 10)
SOUND = {
    "name": "林知微", "identity_kind": "居民身份证", "number": "", "gender": "女", "school": "青禾实验小学", "stage": "小学", "subject": "语文",
    "position": "教师", "title": "一级教师", "honour": "", "hired_on": "2013-09-01", "phone": "19900000001", "staff_number": "36080300001",
}  # fmt: skip


def number(order=2, born="19900412", division="360803"):
    """A resident's number with the right check digit; even orders are women."""
    first17 = f"{division}{born}{order:03d}"
    return first17 + teachers.identity_check_digit(first17)


def row(order=2, **values):
    """A sound row of a roster but for the values given; each order is another person."""
    return SOUND | {"number": number(order), "gender": "男" if order % 2 else "女", "phone": f"1990000{order:04d}"} | values


def rows(count, **values):
    return [row(order, name=f"教师{'甲乙丙丁戊己庚辛壬癸'[order % 10]}", **values) for order in range(2, 2 * count + 1, 2)]


def write(path, rows, headings=None, *, schools=()):
    """A workbook with these rows under the template's headings; a cell that is no text is written as what it is."""
    headings = headings or {key: ROSTER_HEADINGS[key] for key in ROSTER_HEADINGS if any(key in one for one in rows)}
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("名册"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, headings.values())
        for at, one in enumerate(rows, start=1):
            for place, key in enumerate(headings):
                value = one.get(key, "")
                if isinstance(value, date):
                    sheet.write_datetime(at, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 -- a cell has no zone
                elif value != "":
                    (sheet.write_string if isinstance(value, str) else sheet.write_number)(at, place, value)
        if schools:
            extra = book.add_worksheet("学校")
            for at, cells in enumerate([("学校名称", "学校标识码", "类型", "是否农村", "区县"), *schools]):
                extra.write_row(at, 0, cells)
    return path


def actor(role, organisation, login):
    account, _made = Account.objects.get_or_create(login=login, defaults={"name": login, "created_at": NOW})
    Grant.objects.get_or_create(account=account, role=role, organisation=organisation, from_on=date(2020, 1, 1))
    return Actor(account_id=account.pk, role=role, organisation_id=organisation.pk, scope=organisation.scope, name=login)


def cast():
    """The tree and who acts in it."""
    (province,) = add_children(None, [{"kind": Kind.PROVINCE, "name": "江西省", "code": "360000"}])
    (city,) = add_children(province, [{"kind": Kind.CITY, "name": "吉安市", "code": "360800"}])
    county, other = add_children(
        city, [{"kind": Kind.COUNTY, "name": "青原区", "code": "360803"}, {"kind": Kind.COUNTY, "name": "吉州区", "code": "360802"}]
    )
    school, second = add_children(
        county, [{"kind": Kind.SCHOOL, "name": "青禾实验小学", "code": "3608030001"}, {"kind": Kind.SCHOOL, "name": "云亭小学"}]
    )
    (far,) = add_children(other, [{"kind": Kind.SCHOOL, "name": "螺川路实验小学"}])
    return SimpleNamespace(
        province=province, city=city, county=county, other=other, school=school, second=second, far=far,
        chen=actor(Role.SCHOOL_CLERK, school, "chen"),
        zhou=actor(Role.COUNTY_OFFICER, county, "zhou"),
        wu=actor(Role.COUNTY_OFFICER, other, "wu"),
        head=actor(Role.PROVINCE_OFFICER, province, "province"),
    )  # fmt: skip

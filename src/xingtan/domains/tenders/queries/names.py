"""By which names a bidder could be known in what it wrote."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.models import Organisation

# What many providers are called; a name without it is what people say.
COMMON = re.compile(r"(有限责任公司|股份有限公司|有限公司|集团|研修中心|培训中心|教师进修学校|教育科技|师训网|网)$")


def names_of(provider: Organisation, people: Collection[str], *, now: datetime) -> tuple[str, ...]:
    """The provider's names, long and short, its code, its people's names and those that the bid names."""
    short = COMMON.sub("", provider.name)
    staff = Grant.objects.filter(organisation=provider, role=Role.PROVIDER_STAFF.value).values_list("account__name", flat=True)
    found = {provider.name, provider.name_en, provider.code or "", short if len(short) >= 3 else "", *staff, *people}
    return tuple(sorted({one.strip() for one in found if len(one.strip()) > 1}))

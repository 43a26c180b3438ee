"""Quotas as pages show them: bars, words of categories, sums of levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.parts.wording import worded

LEVELS = (
    (gettext_lazy("Province"), (Kind.PROVINCE,)),
    (gettext_lazy("Cities"), (Kind.CITY,)),
    (gettext_lazy("Counties"), (Kind.COUNTY, Kind.ZONE)),
    (gettext_lazy("Schools"), (Kind.SCHOOL, Kind.TEACHING_POINT)),
)
PARTS = (("given", gettext_lazy("Given to teachers")), ("passed", gettext_lazy("Passed down")), ("free", pgettext_lazy("seats", "Free")))


class Figures(NamedTuple):
    """Seats that are held, passed down, given and free; they add up."""

    held: int = 0
    passed: int = 0
    given: int = 0

    @property
    def free(self) -> int:
        """Neither passed down nor given."""
        return self.held - self.passed - self.given

    def plus(self, quota: quotas.Quota) -> Figures:
        """With this quota's figures added."""
        return Figures(self.held + quota.held, self.passed + quota.passed_down, self.given + quota.given)


def figures(rows: Iterable[quotas.Quota]) -> Figures:
    """The sum over these quotas."""
    found = Figures()
    for quota in rows:
        found = found.plus(quota)
    return found


def bar(sums: Figures, most: int) -> SafeString:
    """One bar as long as what is held compared with the most, in parts; its numbers stand beside it in the table."""
    at, pieces = 0, []
    for part, _word in PARTS:
        width = getattr(sums, part) * 1000 // max(most, 1)
        pieces.append((at, width, part))
        at += width
    drawn = format_html_join("", '<rect x="{}" y="0" width="{}" height="10" class="x-quota-{}"/>', pieces)
    return format_html('<svg class="x-quota-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>', drawn)


def category_words(project: projects.Project) -> Mapping[str, str]:
    """What each category of the project is called; seats without one are for everybody."""
    known = {str(one["code"]): worded(str(one.get("label", "")), str(one.get("label_en", ""))) for one in project.categories}
    return {"": _("All teachers")} | known


def levels(rows: Iterable[quotas.Quota]) -> list[tuple[object, Figures, SafeString]]:
    """Sums by level, from the top down; levels that hold nothing are left out."""
    by_kind: dict[str, Figures] = {}
    for quota in rows:
        by_kind[quota.organisation.kind] = by_kind.get(quota.organisation.kind, Figures()).plus(quota)
    found = []
    for word, kinds in LEVELS:
        sums = Figures(*map(sum, zip(*(by_kind[kind] for kind in kinds if kind in by_kind), strict=True))) if by_kind else Figures()
        found.append((word, sums))
    most = max((sums.held for _word, sums in found), default=0)
    return [(word, sums, bar(sums, most)) for word, sums in found if sums.held]


def branch_given(rows: Iterable[quotas.Quota], office: Organisation) -> Figures:
    """Over the office's branch how many seats are given and how many are free anywhere: (held at the office, 0, given in the branch)."""
    inside = [quota for quota in rows if quota.organisation.path.startswith(office.path)]
    own = sum(quota.held for quota in inside if quota.organisation_id == office.pk)
    return Figures(own, 0, sum(quota.given for quota in inside))

"""What enrolment asks of the earlier rooms, gathered for many teachers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xingtan.core.calendar import Window, WindowKind
from xingtan.core.policy import Policy
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers

from . import rules

if TYPE_CHECKING:
    from xingtan.domains.policies.models import TrainingYear
    from xingtan.domains.projects.models import Offer
    from xingtan.domains.teachers.models import Teacher


@dataclass(frozen=True, slots=True)
class YearRules:
    """A training year with its policy and its windows."""

    year: TrainingYear
    policy: Policy
    windows: Mapping[WindowKind, Window]

    @property
    def study_before(self) -> date:
        """The day on which study opened in the year before; who was hired later is new."""
        return self.policy.windows(self.year.year - 1)[WindowKind.STUDY].opens_on

    def first_year(self, hired_on: date) -> bool:
        """True when this is the first year of who was hired on that day."""
        return rules.is_first_year(hired_on, study_before=self.study_before, study_opens=self.windows[WindowKind.STUDY].opens_on)

    def required(self, item: int, *, first_year: bool) -> Mapping[str, int]:
        """Hundredths of an hour per component that the item asks for."""
        return self.policy.required_centi(item, is_new_hire=first_year, first_year=first_year)

    def default_item(self, *, first_year: bool) -> int:
        """The item that holds while none is named."""
        return (self.policy.new_hire_item if first_year else self.policy.default_item).number


def year_rules(year: TrainingYear) -> YearRules:
    """The year's policy and windows; those that the province did not set are the pack's."""
    policy = policies.policy_of(year)
    windows = {**policy.windows(year.year), **policies.windows_of(year)}
    return YearRules(year, policy, windows)


def offer_facts(offer: Offer) -> rules.OfferFacts:
    """The offer as the rules see it."""
    return rules.OfferFacts(
        pk=offer.pk, kind=offer.kind, component=offer.component, hours_centi=offer.hours_centi, subject=offer.subject, stage=offer.stage
    )


def teacher_facts(teacher: Teacher, *, first_year: bool) -> rules.TeacherFacts:
    """The teacher as the rules see one."""
    related = teachers.subjects_related(teacher.subject)
    return rules.TeacherFacts(stage=teacher.stage, subject=teacher.subject, related=related, is_first_year=first_year)


def offers(ids: Iterable[int]) -> Mapping[int, Offer]:
    """The offers with these ids, with their projects."""
    return projects.offers_by_id(set(ids))

"""Words that pages share: the roles, and the refusals and messages that `foundation.words` finds in the rooms."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from xingtan.foundation.people.roles import Role
from xingtan.foundation.words import message_sentence, refusal_sentence

__all__ = ["ROLES", "message_sentence", "refusal_sentence", "role_word"]

ROLES: dict[Role, str | Promise] = {
    Role.TEACHER: pgettext_lazy("role", "Teacher"),
    Role.SCHOOL_CLERK: pgettext_lazy("role", "School clerk"),
    Role.SCHOOL_REVIEWER: pgettext_lazy("role", "School reviewer"),
    Role.COUNTY_OFFICER: pgettext_lazy("role", "County officer"),
    Role.CITY_OFFICER: pgettext_lazy("role", "City officer"),
    Role.PROVINCE_OFFICER: pgettext_lazy("role", "Province officer"),
    Role.PROVIDER_STAFF: pgettext_lazy("role", "Training provider"),
    Role.TUTOR: pgettext_lazy("role", "Tutor"),
    Role.WORKSHOP_LEAD: pgettext_lazy("role", "Workshop lead"),
    Role.SUPERVISOR: pgettext_lazy("role", "Supervisor"),
    Role.EXPERT: pgettext_lazy("role", "Reviewing expert"),
    Role.VISITOR: pgettext_lazy("role", "Visitor"),
    Role.OPERATOR: pgettext_lazy("role", "Operator"),
}


def role_word(role: Role) -> str:
    """The role's word."""
    return str(ROLES[role])

"""Other ways to earn hours in the rulebook: who declares, who decides, which documents; the worth stands with the conversions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from xingtan.core.policy import Party, WayKind
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as recognition

from .rule_values import Values, joined, unit_word

PARTIES: Mapping[str, Promise] = {
    Party.TEACHER: pgettext_lazy("party", "the teacher"),
    Party.SCHOOL: pgettext_lazy("party", "the school"),
    Party.COUNTY: pgettext_lazy("party", "the county"),
    Party.CITY: pgettext_lazy("party", "the city"),
    Party.PROVINCE: pgettext_lazy("party", "the province"),
}


def way_said(table: Mapping[str, Any], values: Values) -> tuple[str, str]:
    """The way's name, and in words: its kind, unit and component, who declares and who decides, what has to be handed in."""
    kind = str(table.get("kind", ""))
    said = [
        str(recognition.WAY_KINDS[WayKind(kind)]) if kind in set(WayKind) else kind,
        _("counted in %(unit)s, within %(component)s")
        % {"unit": unit_word(table.get("unit")), "component": values.value("component", table.get("component", ""))},
        _("declared by %(who)s, decided by %(whom)s")
        % {"who": _parties(table.get("declared_by")), "whom": _parties([table.get("approved_by")])},
    ]
    names = [policies.table_name(one) for one in _tables(table.get("proof")) if one.get("is_required")]
    if names:
        said.append(_("with %(documents)s") % {"documents": joined(names)})
    return policies.table_name(table), joined(said, pgettext("list", "; "))


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _parties(value: object) -> str:
    listed: Sequence[object] = value if isinstance(value, list) else []
    return joined(str(PARTIES.get(str(one), one)) for one in listed)

"""Claiming hours for a teacher: first the kind, then what it was, with the documents that the pack asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from xingtan.core.policy import Way, WayKind, conversion_for
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from . import proofs
from .circumstances import DAY, year_wanted
from .rule_values import unit_word


class ClaimForm(forms.Form):
    """What is claimed; an office names the teacher."""

    teacher = forms.ChoiceField(label=gettext_lazy("Teacher"))
    title = forms.CharField(label=pgettext_lazy("claim", "Title"), max_length=160)
    organiser = forms.CharField(label=gettext_lazy("Held or confirmed by"), max_length=120)
    happened_on = forms.DateField(label=gettext_lazy("Day"), widget=DAY)
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=Decimal("0.01"), max_value=Decimal(10_000), decimal_places=2)

    def __init__(self, *args: Any, people: list[tuple[int, str]] | None, unit: str, **more: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **more)
        if people is None:
            del self.fields["teacher"]
        else:
            cast("forms.ChoiceField", self.fields["teacher"]).choices = people
        self.fields["amount"].label = f"{_('Amount')} ({unit})"

    def claimed(self, way: Way) -> door.Claimed:
        """What the valid form says."""
        said = self.cleaned_data
        return door.Claimed(way.code, said["title"].strip(), said["happened_on"], int(said["amount"] * 100), said["organiser"].strip())


def claimable(request: Request, year: policies.TrainingYear) -> list[Way]:
    """The ways that this role may declare by hand."""
    party = door.PARTIES.get(request.actor.role)
    kinds = (WayKind.ACHIEVEMENT, WayKind.ELSEWHERE)
    return [one for one in policies.policy_of(year).ways if one.kind in kinds and party in one.declared_by]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.CLAIM_FOR)
def new(request: Request) -> HttpResponse:
    """The school claims for a teacher."""
    return claim_page(request, "bureau")


def claim_page(request: Request, face: str) -> HttpResponse:
    """The kinds, the form of the one that the address names, and what is taken of its cap; handed in, the claim waits."""
    year = year_wanted(request, request.GET.get("year", ""))
    ways = claimable(request, year) if year else []
    way = next((one for one in ways if one.code == request.GET.get("way", "")), ways[0] if len(ways) == 1 else None)
    if year is None or way is None:
        return _shown(request, face, year, ways)
    people = None if request.actor.role is Role.TEACHER else _people(request)
    unit = str(unit_word(way.unit.value))
    if request.method != "POST":
        return _shown(request, face, year, ways, way=way, form=ClaimForm(people=people, unit=unit))
    form = ClaimForm(request.POST, people=people, unit=unit)
    status = 422
    if form.is_valid():
        try:
            made = _claimed(request, year, way, form)
        except forms.ValidationError as wrong:
            form.add_error(None, wrong)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Handed in. You see here who decides and when it is done."))
            return redirect(f"{face}:claim", made.public_id)
    return _shown(request, face, year, ways, way=way, form=form, status=status)


def _people(request: Request) -> list[tuple[int, str]]:
    rows = teachers.teachers_in_post(request.actor.scope).order_by("name_pinyin", "pk")
    return list(rows.values_list("pk", "name")[:1000])


def _claimed(request: Request, year: policies.TrainingYear, way: Way, form: ClaimForm) -> door.Claim:
    return door.claim(
        actor=request.actor,
        training_year_id=year.pk,
        claimed=form.claimed(way),
        papers=proofs.kept(request, [one.code for one in way.proofs]),
        teacher_id=int(form.cleaned_data["teacher"]) if "teacher" in form.cleaned_data else None,
        now=request.now,
    )


def _shown(  # noqa: PLR0913 -- a page of two steps: the kinds, then the form of one
    request: Request,
    face: str,
    year: policies.TrainingYear | None,
    ways: list[Way],
    *,
    way: Way | None = None,
    form: ClaimForm | None = None,
    status: int = 200,
) -> HttpResponse:
    facts: dict[str, Any] = {"year": year, "way": way, "form": form, "accept": proofs.ACCEPT}
    if year is not None:
        policy = policies.policy_of(year)
        facts["ways"] = [(one, door.way_word(policy, one.code), door.WAY_KINDS[one.kind]) for one in ways]
    if year is not None and way is not None:
        conversion = conversion_for(policy, way)
        facts |= {
            "way_word": door.way_word(policy, way.code),
            "inputs": proofs.inputs(policy, way),
            "conversion": conversion,
            "unit": unit_word(way.unit.value),
            "taken": door.taken_of(request.actor.teacher_id, year, way) if request.actor.teacher_id else None,
        }
    return render(request, f"recognition/claim_new_{face}.html", facts, status=status)

"""Standings of providers: a year's evaluations, the rule with its arithmetic, next year's shares."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.tendering import Evaluated, EvaluationWeights
from xingtan.domains.registers import api as registers
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.words import refusal_sentence

from . import words
from .forms import mark_field
from .words import in_tenths

PARTS = ("national", "trainees", "third_party")
PART_WORDS = {
    "national": gettext_lazy("National evaluation"),
    "trainees": gettext_lazy("Own trainees"),
    "third_party": gettext_lazy("Third party"),
}


class StandingsForm(forms.Form):
    """A year's evaluations by provider; one without a national mark was not evaluated."""

    year = forms.IntegerField(label=gettext_lazy("Training year"), min_value=2000, max_value=2100)

    def __init__(self, data: Any = None, *, request: Request, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data, **more)
        for part, weight in zip(PARTS, EvaluationWeights(), strict=True):
            self.fields[f"weight_{part}"] = forms.IntegerField(
                label=PART_WORDS[part], min_value=0, max_value=100, initial=weight,
                widget=forms.NumberInput(attrs={"aria-label": PART_WORDS[part]}),
            )  # fmt: skip
        self.providers = list(registers.providers_for(request.actor))
        for one in self.providers:
            for part in PARTS:
                self.fields[f"{part}_{one.pk}"] = mark_field(f"{one} · {PART_WORDS[part]}")

    @property
    def table(self) -> list[tuple[object, list[forms.BoundField]]]:
        """A row of fields for each provider."""
        return [(one, [self[f"{part}_{one.pk}"] for part in PARTS]) for one in self.providers]

    @property
    def weights(self) -> list[forms.BoundField]:
        """How much each evaluation counts."""
        return [self[f"weight_{part}"] for part in PARTS]

    def told(self) -> tuple[list[Evaluated], EvaluationWeights]:
        """The rows and weights that were typed."""
        given = self.cleaned_data
        marks = [(one.pk, [in_tenths(given[f"{part}_{one.pk}"]) for part in PARTS]) for one in self.providers]
        rows = [Evaluated(pk, national, trainees, third) for pk, (national, trainees, third) in marks if national is not None]
        return rows, EvaluationWeights(*(given[f"weight_{part}"] for part in PARTS))


def _page(request: Request, form: StandingsForm | None, status: int = 200) -> HttpResponse:
    rows = list(tenders.standings_in(request.actor.scope)[:300])
    facts = {"rows": [(one, words.total(one.total), _parts(one)) for one in rows], "form": form}
    return render(request, "tenders/standings.html", facts, status=status)


def _parts(one: tenders.ProviderStanding) -> list[tuple[str, int]]:
    """Each evaluation with its weight, as the arithmetic shows it."""
    return [(words.tenths(getattr(one, part)) or "–", weight) for part, weight in zip(PARTS, one.detail["weights"], strict=True)]


@require_safe
@allowed(tenders.SEE_TENDERS)
def standings(request: Request) -> HttpResponseBase:
    """Who stood where in which year, and why."""
    if request.GET.get("export") == "xlsx":
        heads = [
            _("Year"),
            _("Office"),
            _("Training provider"),
            _("National"),
            _("Trainees"),
            _("Third party"),
            _("Total"),
            pgettext("column", "Rank"),
            _("Share in per cent"),
        ]
        rows = (
            (
                one.year,
                str(one.office),
                str(one.provider),
                *(text for text, _weight in _parts(one)),
                words.total(one.total),
                one.rank,
                one.share_percent,
            )
            for one in tenders.standings_in(request.actor.scope)[:50_000]
        )
        return workbook_response(_("Standings of providers"), heads, rows)
    may = request.actor.may(tenders.KEEP_STANDINGS)
    return _page(request, StandingsForm(request=request, initial={"year": request.today.year - 1}) if may else None)


@require_POST
@allowed(tenders.KEEP_STANDINGS)
def conclude(request: Request) -> HttpResponse:
    """The year's standings are those of the form."""
    form = StandingsForm(request.POST, request=request)
    if not form.is_valid():
        return _page(request, form, 422)
    rows, weights = form.told()
    try:
        tenders.conclude_standings(actor=request.actor, year=form.cleaned_data["year"], rows=rows, weights=weights, now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, form, 409)
    messages.success(request, _("The standings are concluded."))
    return redirect("bureau:standings")

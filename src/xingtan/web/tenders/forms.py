"""Forms of tenders; their cleaned data are what the actions take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.tendering import CriterionKind
from xingtan.domains.tenders import api as tenders
from xingtan.web.parts.days import day_field

from . import words
from .words import in_tenths

MOMENT = "%Y-%m-%dT%H:%M"


def area(label: Any, rows: int = 4, *, required: bool = True, most: int = 8000, hint: Any = "") -> forms.CharField:  # noqa: ANN401 -- a lazy label
    """Several lines of text."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


def moment(label: Any) -> forms.DateTimeField:  # noqa: ANN401 -- a lazy label
    """A day and a time of the day, local."""
    wrong = {"invalid": _("Write the moment as YYYY-MM-DD HH:MM.")}
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], error_messages=wrong)


def mark_field(label: Any, *, required: bool = False) -> forms.DecimalField:  # noqa: ANN401 -- a lazy label
    """A mark of 100 with one decimal at most."""
    attrs = {"step": "0.1", "inputmode": "decimal"}
    widget = forms.NumberInput(attrs=attrs)
    bounds = {"min_value": Decimal(0), "max_value": Decimal(100), "max_digits": 4, "decimal_places": 1}
    return forms.DecimalField(label=label, required=required, widget=widget, **bounds)  # type: ignore[arg-type]  # -- by name


def yuan_field(label: Any, *, required: bool = True) -> forms.DecimalField:  # noqa: ANN401 -- a lazy label
    """An amount in yuan, to the fen."""
    return forms.DecimalField(label=label, required=required, min_value=Decimal("0.01"), max_digits=12, decimal_places=2)


def in_fen(value: Decimal | None) -> int | None:
    """Yuan as whole fen."""
    return None if value is None else int(value * 100)


class CallForm(forms.Form):
    """What the call says, and by what bids are judged; a criterion with the weight 0 is none."""

    title = forms.CharField(label=pgettext_lazy("project", "Title"), max_length=160)
    content = area(_("What is wanted"))
    requirements = area(_("Who may bid, and what has to be shown"))
    opens_at = moment(_("Bids are taken from"))
    closes_at = moment(_("until"))
    places = forms.IntegerField(label=_("Providers to choose, at most"), min_value=1, max_value=20, initial=2)
    panel_size = forms.IntegerField(label=_("Experts on the panel"), min_value=3, max_value=15, initial=5)
    pass_mark = mark_field(_("Least total of a chosen provider"), required=True)
    far_mark = mark_field(_("A total is marked as far out from this distance on"), required=True)
    is_trimmed = forms.BooleanField(label=_("Leave out the highest and the lowest total where five or more judge"), required=False)
    ceiling = yuan_field(_("Ceiling of the price, in yuan"), required=False)

    def __init__(self, data: Any = None, *, tender: tenders.Tender | None = None, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data, initial=_initial(tender), **more)
        for kind in CriterionKind:
            self.fields[f"weight_{kind}"] = forms.IntegerField(
                min_value=0, max_value=100, required=False, widget=forms.NumberInput(attrs={"class": "x-input"})
            )
            self.fields[f"weight_{kind}"].label = words.KINDS[kind]  # type: ignore[assignment]  # -- a lazy label is a label
            self.fields[f"hint_{kind}"] = forms.CharField(
                label=_("Looks at"), max_length=300, required=False, widget=forms.TextInput(attrs={"class": "x-input"})
            )
        told = {} if tender is None else {one.kind: one for one in tenders.criteria_of(tender)}
        for kind, weight_of in WEIGHTS.items():
            one = told.get(kind)
            self.initial[f"weight_{kind}"] = one.weight if one else 0 if told else weight_of
            self.initial[f"hint_{kind}"] = one.hint if one else ""

    @property
    def facts(self) -> list[forms.BoundField]:
        """The fields of the call itself."""
        return [one for one in self if not one.name.startswith(("weight_", "hint_"))]

    @property
    def weighing(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Weight and hint of each criterion."""
        return [(self[f"weight_{kind}"], self[f"hint_{kind}"]) for kind in CriterionKind]

    def call(self) -> tenders.Call:
        """The call that was typed."""
        told = self.cleaned_data
        rows = [
            tenders.CriterionRow(kind, str(words.KINDS[kind])[:80], told[f"weight_{kind}"], told[f"hint_{kind}"])
            for kind in CriterionKind
            if told[f"weight_{kind}"]
        ]
        same = {
            name: told[name] for name in ("title", "content", "requirements", "opens_at", "closes_at", "places", "panel_size", "is_trimmed")
        }
        pass_tenths, far_tenths = in_tenths(told["pass_mark"]), in_tenths(told["far_mark"])
        return tenders.Call(
            **same, criteria=rows, pass_tenths=pass_tenths or 0, far_tenths=far_tenths or 0, ceiling_fen=in_fen(told["ceiling"])
        )


WEIGHTS = {
    CriterionKind.MATCH: 30, CriterionKind.PLAN: 15, CriterionKind.COURSES: 15, CriterionKind.TEAM: 10, CriterionKind.RECORD: 5,
    CriterionKind.PRICE: 5, CriterionKind.DEFENCE: 20,
}  # fmt: skip


def _initial(tender: tenders.Tender | None) -> dict[str, Any]:
    if tender is None:
        return {"pass_mark": "60.0", "far_mark": "15.0"}
    names = ("title", "content", "requirements", "opens_at", "closes_at", "places", "panel_size", "is_trimmed")
    told = {name: getattr(tender, name) for name in names}
    ceiling = None if tender.ceiling_fen is None else Decimal(tender.ceiling_fen) / 100
    return told | {"pass_mark": words.tenths(tender.pass_tenths), "far_mark": words.tenths(tender.far_tenths), "ceiling": ceiling}


class ReasonForm(forms.Form):
    """Why."""

    reason = area(_("Reason"), 2, most=500)


class ExcludeForm(ReasonForm):
    """Why a bid is out."""

    bid = forms.CharField(widget=forms.HiddenInput, max_length=12)
    reason_code = forms.ChoiceField(label=_("Kind of reason"), choices=lambda: [(one, words.REASONS[one]) for one in tenders.REASONS])


class MemberForm(ReasonForm):
    """Why an expert leaves the panel."""

    member = forms.CharField(widget=forms.HiddenInput, max_length=12)


class HolderForm(forms.Form):
    """Who holds a key on a side."""

    side = forms.CharField(widget=forms.HiddenInput, max_length=8)
    grant_id = forms.IntegerField()


class AnswerForm(forms.Form):
    """The office's answer to a question."""

    question = forms.CharField(widget=forms.HiddenInput, max_length=12)
    words = area(_("Answer"), 2, most=2000)


class ObjectionForm(forms.Form):
    """The office's answer to an objection."""

    objection = forms.CharField(widget=forms.HiddenInput, max_length=12)
    words = area(_("Answer"), 2, most=2000)
    outcome = forms.CharField(max_length=8)


class DefenceForm(forms.Form):
    """A question on site and its answer."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=4)
    question = area(_("Question"), 2, most=1000)
    answer = area(_("Answer"), 2, most=2000, required=False)


class DaysForm(forms.Form):
    """The days of the public notice."""

    opens_on = day_field(_("Posted from"))
    closes_on = day_field(_("to"))
    objections_until = day_field(_("Objections until"))

    def __init__(self, data: Any = None, *, today: date | None = None, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data, **more)
        if today is not None:
            for field in self.fields.values():
                field.widget.attrs["min"] = today.isoformat()


class TermsForm(forms.Form):
    """A contract's terms; targets one a line: what, at least, unit."""

    bid = forms.CharField(widget=forms.HiddenInput, max_length=12)
    price = yuan_field(_("Price in yuan"))
    share_percent = forms.IntegerField(label=_("Share of the trainees in per cent"), min_value=1, max_value=100)
    from_on = day_field(_("First day"))
    to_on = day_field(_("Last day"))
    targets = area(_("Targets, one a line: what, at least, unit"), 3, most=2000, hint=_("For example: pass rate, 95, per cent"))

    def clean_targets(self) -> list[tenders.Target]:
        """The lines as targets."""
        lines = [
            [part.strip() for part in line.replace("，", ",").split(",")]
            for line in self.cleaned_data["targets"].splitlines()
            if line.strip()
        ]
        if any(len(line) != 3 or not line[0] or not (line[1].isascii() and line[1].isdigit()) for line in lines):
            raise forms.ValidationError(_("Write each target as: what, whole number, unit."))
        return [tenders.Target(label[:80], int(least), unit[:20]) for label, least, unit in lines]


class PassphraseForm(forms.Form):
    """The passphrase of the own key."""

    passphrase = forms.CharField(
        label=_("Passphrase from your slip"), max_length=60, widget=forms.PasswordInput(attrs={"autocomplete": "off"}), strip=True
    )


class ReviewForm(forms.Form):
    """Marks of one bid by criterion, and words."""

    words = area(_("Reasons, for the record and for the bidder"), 4, most=2000, required=False)

    def __init__(self, data: Any = None, *, criteria: Iterable[Any], marks: Mapping[str, int] | None = None, **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(data, **more)
        for one in criteria:
            self.fields[f"mark_{one.pk}"] = mark_field(f"{one.title}（{one.weight}%）")
            self.fields[f"mark_{one.pk}"].help_text = one.hint
            self.initial[f"mark_{one.pk}"] = words.tenths((marks or {}).get(str(one.pk)))
        self.order_fields([*(name for name in self.fields if name != "words"), "words"])

    def marks(self) -> dict[int, int]:
        """Criterion → tenths, of what was typed."""
        told = {int(name[5:]): in_tenths(value) for name, value in self.cleaned_data.items() if name.startswith("mark_")}
        return {key: value for key, value in told.items() if value is not None}

"""Recording circumstances: for one person, a pasted list, or everyone of a school, with what would happen shown first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from xingtan.core.policy import Policy, Rule, Words
from xingtan.domains.circumstances import api as door
from xingtan.domains.credits.api import word_of
from xingtan.domains.eligibility import api as people_lists
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.people.roles import SCHOOL
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.trainee.record import rule_words
from xingtan.web.words import refusal_sentence

from .circumstances import DAY, grouped, year_wanted

KIND = "circumstance"
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
MOST_SCHOOLS = 400
BAD = (people_lists.Match.UNKNOWN, people_lists.Match.AMBIGUOUS)


class AddForm(forms.Form):
    """What holds, from when to when, on which ground, and of whom."""

    what = forms.ChoiceField(label=gettext_lazy("Circumstance"))
    from_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    to_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy("Empty: it goes on. Only ranks and the like may."),
    )
    hours = forms.DecimalField(
        label=gettext_lazy("Hours of the year"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        help_text=gettext_lazy("Only for a duty that offsets: as many as the office finds."),
    )
    ground = forms.CharField(
        label=gettext_lazy("Ground"), required=False, max_length=300, help_text=gettext_lazy("Document and number, or in words.")
    )
    document = forms.FileField(label=gettext_lazy("Document (PDF or picture)"), required=False)
    people = forms.CharField(
        label=gettext_lazy("People"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line: identity number, staff number or full name. Pasted cells are fine; the first one counts."),
    )
    school = forms.CharField(
        label=gettext_lazy("Or everyone in post of a school or teaching point"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "schools", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, year: policies.TrainingYear) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, files, initial={"from_on": year.first_on, "to_on": year.last_on})
        cast("forms.ChoiceField", self.fields["what"]).choices = grouped(policies.policy_of(year))

    def stated(self) -> door.Stated:
        """What the valid form says."""
        said = self.cleaned_data
        name, _colon, value = said["what"].partition(":")
        hours = said["hours"] or Decimal(0)
        return door.Stated(name, value, said["from_on"], said["to_on"], said["ground"].strip(), int(hours * 100))

    def clean_document(self) -> UploadedFile[Any] | None:
        """A PDF or a picture, told by its name here and by its content when it is kept."""
        sent: UploadedFile[Any] | None = self.cleaned_data["document"]
        if sent and str(sent.name).lower().rpartition(".")[2] not in TYPES:
            raise forms.ValidationError(_("Hand in a PDF, PNG or JPEG file."))
        return sent


class Wanted(NamedTuple):
    """Whom the form means, and the lines or people that stand in the way."""

    ids: list[int]
    lines: list[str]
    problems: list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.RECORD)
def add(request: Request) -> HttpResponse:
    """The form; handed in, everyone named has the circumstance, or what stands in the way is shown first."""
    year = year_wanted(request, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/circumstances_add.html", {"year": None})
    if request.method != "POST":
        return _page(request, year, AddForm(year=year))
    form = AddForm(request.POST, request.FILES, year=year)
    if not form.is_valid():
        return _page(request, year, form, status=422)
    try:
        wanted = _wanted(request, year, form)
        if wanted.problems and not request.POST.get("found_only"):
            return _page(request, year, form, wanted=wanted, status=422)
        return _recorded(request, year, form, wanted.ids)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, year, form, status=409)


def _page(request: Request, year: policies.TrainingYear, form: AddForm, *, wanted: Wanted | None = None, status: int = 200) -> HttpResponse:
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "form": form,
        "problems": wanted.problems if wanted else [],
        "found": len(wanted.ids) if wanted else 0,
        "schools": list(teachers.schools_in(request.actor.scope)[:MOST_SCHOOLS]),
        "rules": _rules(policies.policy_of(year)),
        "proposes": request.actor.role in SCHOOL,
        "is_closed": year.state == policies.YearState.CLOSED,
    }
    return render(request, "bureau/circumstances_add.html", shown, status=status)


def _rules(policy: Policy) -> list[tuple[str, str, str]]:
    """What the pack says of its circumstances: names, the sentence of the source, and how it is read."""
    offset = policy.offset
    found: list[tuple[list[Words], Rule]] = [([one.label for one in policy.leave], policy.leave[0])] if policy.leave else []
    found += [([value.label for value in fact.values] or [fact.label], fact) for fact in policy.facts]
    found += [([one.label for one in (*offset.ranks, offset.duty)], offset)] if offset and offset.is_open else []
    return [("、".join(map(word_of, labels)), *rule_words(policy, rule)[:2]) for labels, rule in found]


def _wanted(request: Request, year: policies.TrainingYear, form: AddForm) -> Wanted:
    """The people of the lines and the school; nobody twice."""
    lines = people_lists.lines_of(form.cleaned_data["people"])
    rows = people_lists.matched(lines, request.actor.scope)
    problems = [(one.text, str(people_lists.MATCHES[one.match])) for one in rows if one.match in BAD]
    ids = [one.teacher_id for one in rows if one.match is people_lists.Match.FOUND and one.teacher_id is not None]
    if name := form.cleaned_data["school"].strip():
        ids = list(dict.fromkeys([*ids, *_of_school(request, name)]))
    if not ids and not problems:
        raise Refused("circumstance_nobody")
    fates = door.fates(year, ids, form.stated())
    against = [pk for pk, fate in fates.items() if fate is door.Fate.CONTRADICTS]
    names = teachers.teachers_by_id(against)
    problems += [(names[pk].name, str(door.FATES[door.Fate.CONTRADICTS])) for pk in against]
    return Wanted([pk for pk in ids if pk not in set(against)], lines, problems)


def _of_school(request: Request, name: str) -> Iterable[int]:
    found: Sequence[Organisation] = list(teachers.schools_in(request.actor.scope).filter(name=name)[:2])
    if len(found) != 1:
        raise Refused("circumstance_school_unknown")
    return teachers.teachers_in_post(found[0].scope).order_by("pk").values_list("pk", flat=True)


def _recorded(request: Request, year: policies.TrainingYear, form: AddForm, ids: Sequence[int]) -> HttpResponse:
    done = door.record_circumstances(
        actor=request.actor,
        training_year_id=year.pk,
        teacher_ids=ids,
        stated=form.stated(),
        document=_kept(request, form.cleaned_data["document"]),
        now=request.now,
    )
    new = len(done.ids)
    told = ngettext("Recorded for %(n)s person.", "Recorded for %(n)s people.", new) % {"n": new}
    if done.already:
        told += " " + ngettext("%(n)s person had it already.", "%(n)s people had it already.", done.already) % {"n": done.already}
    messages.success(request, told)
    return redirect(f"{reverse('bureau:circumstances')}?year={year.year}")


def _kept(request: Request, sent: UploadedFile[Any] | None) -> StoredFile | None:
    if sent is None:
        return None
    name = str(sent.name)
    media_type = TYPES[name.lower().rpartition(".")[2]]
    return keep_file(sent.chunks(), kind=KIND, name=name, media_type=media_type, actor=request.actor, now=request.now)

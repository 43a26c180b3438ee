"""A project's classes: who tutors whom, and one class more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.people.models import Grant
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .answers import OfficeForm, form_page, tried


class TutorChoice(forms.ModelChoiceField[Grant]):
    """A tutor with the organisation that sends them."""

    def label_from_instance(self, obj: Grant) -> str:
        """Name and organisation."""
        return f"{obj.account.name} · {obj.organisation}"


class ClassForm(OfficeForm):
    """A class: its title, the stage it takes and its tutor."""

    title = forms.CharField(label=gettext_lazy("Name of the class"), max_length=160)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), choices=[("", gettext_lazy("every stage")), *teachers.STAGES.items()], required=False
    )
    tutor = TutorChoice(label=gettext_lazy("Tutor"), queryset=Grant.objects.none(), empty_label=None)

    def __init__(self, data: Any = None, *, tutors: QuerySet[Grant], taken: set[str]) -> None:  # noqa: ANN401 -- what Django calls data
        """Only these tutors, and none of these titles."""
        super().__init__(data)
        self.taken = taken
        field = self.fields["tutor"]
        assert isinstance(field, TutorChoice)  # noqa: S101 -- tells the type checker what the class above says
        field.queryset = tutors

    def clean_title(self) -> str:
        """A title that no class of the project has."""
        title: str = self.cleaned_data["title"]
        if title in self.taken:
            raise forms.ValidationError(_("A class of this project has this name already. Choose another."))
        return title


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def classes(request: Request, pid: str) -> HttpResponse:
    """The project's classes with their tutors and sizes; a new one takes the trainees of its stage who sit nowhere yet."""
    held = projects.project_in(request.actor.scope, pid)
    if not request.actor.scope.holds(held.organiser.path):
        raise NotInScope
    found = list(workshops.cohorts_in(held.pk))
    tutors = workshops.tutor_grants(held.pk, request.actor.scope, request.today)
    form = ClassForm(request.POST or None, tutors=tutors, taken={cohort.title for cohort in found})
    if form.is_bound and form.is_valid() and (made := tried(form, lambda: _add(request, held.pk, form.cleaned_data))) is not None:
        messages.success(request, _("The class %(title)s is arranged.") % {"title": made.title})
        return redirect("bureau:classes", pid)
    return form_page(request, "bureau/classes.html", form, {"project": held, "classes": _shown(found)})


def _add(request: Request, project_id: int, told: dict[str, Any]) -> workshops.Cohort:
    tutor: Grant = told["tutor"]
    return workshops.add_cohort(
        actor=request.actor,
        project_id=project_id,
        organisation_id=tutor.organisation_id,
        tutor_id=tutor.account_id,
        title=told["title"],
        stage=told["stage"],
        now=request.now,
    )


def _shown(found: list[workshops.Cohort]) -> list[tuple[workshops.Cohort, object, int, str]]:
    """Each class with its stage in words, its size and its host."""
    sizes = workshops.cohort_sizes(cohort.pk for cohort in found)
    words = {cohort.pk: teachers.STAGES[teachers.Stage(cohort.stage)] if cohort.stage else _("every stage") for cohort in found}
    hosts = workshops.hosts_of([cohort.pk for cohort in found])
    return [(cohort, words[cohort.pk], sizes.get(cohort.pk, 0), hosts.get(cohort.pk, "")) for cohort in found]

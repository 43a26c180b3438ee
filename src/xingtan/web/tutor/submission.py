"""One submission: read it, give the points, say something, pass or return it, and go on to the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xingtan.domains.assessment import api as assessment
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.marks import MarkLine, mark_lines
from xingtan.web.parts.wording import worded_in
from xingtan.web.words import refusal_sentence

from .queue import row_of

State = assessment.State
DECISIONS = [(State.PASSED.value, gettext_lazy("Pass")), (State.RETURNED.value, gettext_lazy("Return"))]


class MarkForm(forms.Form):
    """Words and a decision; the rubric's points are fields of their own, `mark-<criterion>`."""

    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6, "data-draft-field": True})
    )
    outcome = forms.ChoiceField(choices=DECISIONS)

    def __init__(self, rubric: list[MarkLine], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for line in rubric:
            field = forms.IntegerField(label=line.label, min_value=0, max_value=line.most, initial=line.given)
            field.widget.attrs |= {"inputmode": "numeric", "data-mark": True, "data-most": line.most}
            self.fields[f"mark-{line.key}"] = field

    def marks(self) -> dict[str, int]:
        """The points by criterion."""
        return {line.key: self.cleaned_data[f"mark-{line.key}"] for line in self.rubric}

    def lines(self) -> list[tuple[MarkLine, forms.BoundField]]:
        """The rubric's lines with their fields."""
        return [(line, self[f"mark-{line.key}"]) for line in self.rubric]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(assessment.MARK)
def submission(request: Request, pid: str) -> HttpResponse:
    """The work with its earlier versions; a mark goes on to the next that waits."""
    work = assessment.submission_of_tutor(request.actor, pid)
    lines = mark_lines(assessment.rubric_of(work.unit.body), work.marks)
    if request.method != "POST":
        return render(request, "tutor/submission.html", facts_of(request, work, MarkForm(lines, initial={"comment": work.comment})))
    form = MarkForm(lines, request.POST)
    if not form.is_valid():
        return render(request, "tutor/submission.html", facts_of(request, work, form), status=422)
    return _mark(request, work, form)


def _mark(request: Request, work: assessment.Submission, form: MarkForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        assessment.mark(
            actor=request.actor, submission_id=work.pk, outcome=State(given["outcome"]), marks=form.marks(), comment=given["comment"], now=request.now
        )  # fmt: skip
    except Refused as refused:
        facts = facts_of(request, work, form) | {"refusal": refusal_sentence(refused)}
        return render(request, "tutor/submission.html", facts, status=409)
    said = _("%(name)s: passed.") if given["outcome"] == State.PASSED else _("%(name)s: returned.")
    messages.success(request, said % {"name": work.teacher.name})
    following = assessment.next_waiting(request.actor, after=work)
    return redirect("tutor:submission", following.public_id) if following else redirect("tutor:queue")


def facts_of(request: Request, work: assessment.Submission, form: MarkForm) -> dict[str, Any]:
    """What the page shows."""
    versions = [one for one in assessment.history(work.teacher_id, work.unit_id) if one.version != work.version]
    return {
        "work": work,
        "row": row_of(work, request.now),
        "form": form,
        "is_waiting": work.state == State.HANDED_IN,
        "brief": worded_in(work.unit.body, "brief"),
        "most": sum(line.most for line in form.rubric),
        "versions": [(one, row_of(one, request.now)) for one in versions],
        "following": assessment.next_waiting(request.actor, after=work),
        "waiting": assessment.queue_counts(request.actor)[State.HANDED_IN],
        "draft": f"mark.{request.actor.account_id}.{work.public_id}.{work.version}",
    }

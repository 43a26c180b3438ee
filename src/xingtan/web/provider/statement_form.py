"""The filters of the page of statements, read from the address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xingtan.domains.statements import api as statements

ROWS = 50


class StatementFilter(forms.Form):
    """Whom, what, in which days; all may stay empty."""

    provider = forms.CharField(required=False, max_length=12)
    who = forms.CharField(label=gettext_lazy("Teacher's name or id, or mail address"), required=False, max_length=200)
    verb = forms.CharField(label=pgettext_lazy("xapi", "Verb"), required=False, max_length=500)
    activity = forms.CharField(label=pgettext_lazy("xapi", "Activity (IRI)"), required=False, max_length=2000)
    registration = forms.UUIDField(label=pgettext_lazy("xapi", "Registration"), required=False)
    from_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def clean_verb(self) -> str:
        """An IRI, or the last word of one of the verbs that everybody uses."""
        return _iri(self.cleaned_data["verb"], "http://adlnet.gov/expapi/verbs/")

    def clean_activity(self) -> str:
        """An IRI."""
        return _iri(self.cleaned_data["activity"])

    def wanted(self, agent: str | None) -> statements.Wanted:
        """The filters as the store takes them; days are the site's own."""
        given = self.cleaned_data
        until = [moment - 1 for moment in (_begin(given.get("to_on"), 1), given.get("before")) if moment is not None]
        since = _begin(given.get("from_on"), 0)
        registration: UUID | None = given.get("registration")
        return statements.Wanted(
            agent=agent,
            verb=given.get("verb") or None,
            activity=given.get("activity") or None,
            registration=registration,
            since=None if since is None else since - 1,
            until=min(until, default=None),
            related_activities=True,
            limit=ROWS,
        )


def _begin(day: date | None, more: int) -> int | None:
    """Epoch microseconds of the day's begin, or of the days after it."""
    if day is None:
        return None
    begin: Any = timezone.make_aware(datetime.combine(day, time.min)) + timedelta(days=more)
    return int(begin.timestamp()) * 1_000_000


def _iri(text: str, common: str = "") -> str:
    if text and common and text.isascii() and text.isalpha():
        return common + text.lower()
    try:
        statements.iri(text or "urn:x:y")
    except statements.Malformed:
        raise forms.ValidationError(_("This is not an IRI with a scheme, such as https://…")) from None
    return text

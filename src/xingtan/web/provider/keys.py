"""Keys to the record store: what there is, a new one, its secret once, another secret, the end of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.statements import api as statements
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

FLAGS = ("may_write", "may_read", "may_read_projects", "may_keep_documents")


class KeyForm(forms.Form):
    """A new key: for whom, what for, what it may do, where, until when."""

    provider = forms.ChoiceField(label=gettext_lazy("Provider"))
    title = forms.CharField(
        label=gettext_lazy("What the key is for"), max_length=80, help_text=gettext_lazy("The platform or program that will use it.")
    )
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=list(statements.RIGHTS.items()),
        initial=["may_write", "may_read", "may_keep_documents"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    projects = forms.MultipleChoiceField(
        label=gettext_lazy("In which projects"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None chosen: in all of the provider's, later ones too."),
    )
    origins = forms.CharField(
        label=gettext_lazy("Web pages that may use it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Origins, a line each, such as https://learn.example.org; none for a key that only servers use."),
    )
    ends_on = forms.DateField(label=pgettext_lazy("xapi", "Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        self.providers = {one.public_id: one for one in statements.providers_kept(actor)}
        cast("forms.ChoiceField", self.fields["provider"]).choices = [(key, str(one)) for key, one in self.providers.items()]
        if len(self.providers) == 1:
            self.fields["provider"].widget = forms.HiddenInput()
            self.initial.setdefault("provider", next(iter(self.providers)))
        found = [project for one in self.providers.values() for project in statements.project_choices(one.pk)]
        self.project_ids = {project.public_id: project.pk for project in found}
        choices = {project.public_id: f"{project} · {project.training_year.year}" for project in found}
        cast("forms.MultipleChoiceField", self.fields["projects"]).choices = list(choices.items())

    def values(self) -> dict[str, Any]:
        """What `give_credential` takes."""
        given = self.cleaned_data
        last = given["ends_on"]
        rights = statements.Rights(
            **{name: name in given["rights"] for name in FLAGS},
            project_ids=tuple(self.project_ids[one] for one in given["projects"]),
            origins=tuple(given["origins"].split()),
            expires_at=timezone.make_aware(datetime.combine(last, time.max)) if last else None,
        )
        return {"provider_id": self.providers[given["provider"]].pk, "title": given["title"], "rights": rights}


class RotationForm(forms.Form):
    """Whether the secret that was may still open for a day."""

    at_once = forms.BooleanField(label=gettext_lazy("The old secret has become known: close it at once"), required=False)


@require_safe
@allowed(statements.SEE_CREDENTIALS)
def key_list(request: Request) -> HttpResponse:
    """The keys of the providers in sight, those in use first, and the form of a new one for whoever may give it."""
    return _list(request, KeyForm(request.actor))


def _list(request: Request, form: KeyForm, status: int = 200) -> HttpResponse:
    page = page_of(request, statements.credentials_of(request.actor))
    rows = [{"key": one, "state": state_of(one, request.now), "rights": rights_of(one)} for one in page.rows]
    facts = {
        "form": form,
        "tick_fields": [form["rights"], form["projects"]],
        "page_of_rows": page,
        "rows": rows,
        "may_give": request.actor.may(statements.GIVE_CREDENTIALS),
        "is_office": len(form.providers) > 1,
        "endpoint": endpoint(),
    }
    return render(request, "provider/keys.html", facts, status=status)


@require_POST
@allowed(statements.GIVE_CREDENTIALS)
def key_give(request: Request) -> HttpResponse:
    """The provider has a new key; its secret stands on this answer and nowhere else."""
    form = KeyForm(request.actor, request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        given = statements.give_credential(actor=request.actor, now=request.now, **form.values())
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _list(request, form, status=422)
    return _shown(request, given.credential, secret=given.secret)


@require_safe
@allowed(statements.SEE_CREDENTIALS)
def key_page(request: Request, key: str) -> HttpResponse:
    """One key: what it may do, when it was used, how to use it; never its secret."""
    return _shown(request, statements.credential_of(request.actor, key))


@require_POST
@allowed(statements.GIVE_CREDENTIALS)
def key_rotate(request: Request, key: str) -> HttpResponse:
    """The key has another secret, which stands on this answer and nowhere else."""
    form = RotationForm(request.POST)
    at_once = form.is_valid() and form.cleaned_data["at_once"]
    given = statements.rotate_credential(actor=request.actor, key=key, at_once=at_once, now=request.now)
    return _shown(request, given.credential, secret=given.secret)


@require_POST
@allowed(statements.GIVE_CREDENTIALS)
def key_revoke(request: Request, key: str) -> HttpResponse:
    """The key opens nothing any more."""
    ended = statements.revoke_credential(actor=request.actor, key=key, now=request.now)
    messages.success(request, _("The key %(name)s is revoked.") % {"name": ended.title})
    return redirect("provider:key", key=key)


def _shown(request: Request, credential: statements.Credential, *, secret: str = "") -> HttpResponse:
    facts = {
        "key": credential,
        "secret": secret,
        "state": state_of(credential, request.now),
        "rights": rights_of(credential),
        "projects": statements.projects_of_credentials([credential.pk]).get(credential.pk, []),
        "origins": credential.origins.split(),
        "old_until": credential.previous_until if credential.previous_until and credential.previous_until > request.now else None,
        "may_give": request.actor.may(statements.GIVE_CREDENTIALS),
        "form": RotationForm(),
        "endpoint": endpoint(),
    }
    answer = render(request, "provider/key.html", facts)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer


def endpoint() -> str:
    """The store's address as programs are told it."""
    return f"{settings.PUBLIC_URL}/xapi/"


def state_of(credential: statements.Credential, now: datetime) -> tuple[str, str | Promise]:
    """The key's chip: its look and its word."""
    if credential.ended_at is not None:
        return "stop", gettext_lazy("Revoked")
    if credential.expires_at is not None and credential.expires_at <= now:
        return "plain", gettext_lazy("Ended")
    return ("ok", gettext_lazy("In use")) if credential.last_used_at else ("wait", gettext_lazy("Not used yet"))


def rights_of(credential: statements.Credential) -> list[str | Promise]:
    """The words of what the key may do."""
    return [statements.RIGHTS[name] for name in FLAGS if getattr(credential, name)]

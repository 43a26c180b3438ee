"""Training providers as offices see them."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.registers import api as door
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .forms import ProviderForm
from .lists import Listed, Register, answer


def _shown(one: door.ProviderRecord) -> Listed:
    cells = (str(one.provider), str(one.office), one.licence, one.fields, one.contact, one.until_on, one.reason)
    return Listed(
        cells, door.STANDINGS[one.standing], door.CHIPS[one.standing], reverse("bureau:register_provider", args=[one.provider.public_id])
    )


PROVIDERS = Register(
    name="register_providers",
    columns=(
        ("name", gettext_lazy("Training provider")),
        ("office", gettext_lazy("As seen by")),
        ("", gettext_lazy("Licence number")),
        ("", gettext_lazy("Fields")),
        ("", gettext_lazy("Contact person")),
        ("until", gettext_lazy("Admitted until")),
        ("", gettext_lazy("Reason")),
    ),
    shown=_shown,
    orders={"name": "provider__name", "office": "office__path", "until": "until_on"},
    order="provider__name",
    states=door.STANDINGS,
    why_empty=gettext_lazy("Choose a provider below and say what your office holds of it."),
)


@require_safe
@allowed(door.SEE_REGISTERS)
def providers(request: Request) -> HttpResponseBase:
    """What the branch's offices hold of providers, and the providers of whom the own office says nothing yet."""
    found = door.provider_records_in(request.actor.scope, request.GET.get("q", "").strip())
    own = found.filter(office_id=request.actor.organisation_id).values("provider_id")
    silent = door.providers_for(request.actor).exclude(pk__in=own) if request.actor.may(door.KEEP_PROVIDERS) else []
    return answer(request, PROVIDERS, found, state_field="standing", silent=silent)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.KEEP_PROVIDERS)
def provider(request: Request, pid: str) -> HttpResponseBase:
    """The form with what the own office holds of the provider; sent, it stands."""
    found = door.providers_for(request.actor).filter(public_id=pid).first()
    if found is None:
        raise NotInScope
    form = ProviderForm(request.POST or None, initial=_held(request, found))
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        told = dict(form.cleaned_data)
        kept = door.Kept(fields=told.pop("fields_taught"), **told)
        try:
            door.keep_provider(actor=request.actor, provider_id=found.pk, kept=kept, now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("bureau:register_providers")
    shown = {"form": form, "title": str(found), "back": "bureau:register_providers", "submit": _("Save")}
    return render(request, "bureau/register_form.html", shown, status=status)


def _held(request: Request, provider: Organisation) -> dict[str, object]:
    records = door.provider_records_in(request.actor.scope)
    row = records.filter(office_id=request.actor.organisation_id, provider=provider).first()
    names = ("licence", "contact", "standing", "reason", "until_on")
    return {"fields_taught": row.fields, **{name: getattr(row, name) for name in names}} if row else {}

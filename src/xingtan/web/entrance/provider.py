"""We as an identity provider for other sites: django-allauth's protocol behind our own pages, PKCE always, no device flow."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import add_query_params
from allauth.idp.oidc import views
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import extract_params, respond_html_error
from django.contrib.auth import logout as leave
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from oauthlib.oauth2.rfc6749.errors import MismatchingRedirectURIError, OAuth2Error

from xingtan.foundation.audit.log import record
from xingtan.foundation.entrance.sites import GRANTS, SCOPES, is_registered
from xingtan.foundation.entrance.tokens import TokenAdapter
from xingtan.foundation.entrance.visits import close_visit
from xingtan.web.http import Request

from .words import SCOPES as SCOPE_WORDS

CLAIMS = ("sub", "name", "school", "school_code", "roles")


def configuration(request: Request) -> HttpResponse:
    """What another site needs to know of us (OpenID Connect Discovery)."""
    issuer = TokenAdapter().get_issuer()
    names = {"authorization_endpoint": "authorization", "token_endpoint": "token", "userinfo_endpoint": "userinfo", "jwks_uri": "jwks"}
    names |= {"end_session_endpoint": "logout", "revocation_endpoint": "revoke"}
    about: dict[str, Any] = {name: issuer + reverse(f"idp:oidc:{page}") for name, page in names.items()}
    about |= {
        "issuer": issuer,
        "response_types_supported": ["code"],
        "grant_types_supported": list(GRANTS),
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "scopes_supported": list(SCOPES),
        "claims_supported": list(CLAIMS),
    }
    return JsonResponse(about, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"})


class AuthorizationView(views.AuthorizationView):  # type: ignore[misc]  # -- allauth comes without types
    """The person agrees, item by item, to what the site learns; a request without PKCE goes back to the site."""

    template_name = "public/site_agree.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The page that asks, or the site's error when it came without a challenge; nothing for an address that is not registered as it is."""
        if not is_registered(request.GET.get("client_id", ""), request.GET.get("redirect_uri", "")):
            refused: HttpResponse = respond_html_error(request, error=MismatchingRedirectURIError())
            return refused
        if request.GET.get("code_challenge") and request.GET.get("code_challenge_method") == "S256":
            return self._with_way_back(self._engines(request))
        try:
            _scopes, asked = get_server().validate_authorization_request(*extract_params(request))
        except OAuth2Error:
            return self._engines(request)
        told = {"error": "invalid_request", "error_description": "code_challenge with S256 is required", "state": asked.get("state") or ""}
        return HttpResponse(status=302, headers={"Location": add_query_params(asked["redirect_uri"], told)})

    def _engines(self, request: HttpRequest) -> HttpResponse:
        """The engine's own answer."""
        answer: HttpResponse = super().get(request)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 -- allauth's form
        """The site gets its code; that the person agreed stands in the audit log."""
        ours: Request = self.request
        detail = {"site": self._request_info["client_id"], "scopes": sorted(form.cleaned_data["scopes"])}
        record(ours.actor, "entrance.site_agreed", "account", [self.request.user.pk], now=ours.now, detail=detail)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's signature
        """The page's facts, with what each scope tells in words."""
        facts: dict[str, Any] = super().get_context_data(**kwargs)
        host = urlsplit(self._request_info["redirect_uri"]).hostname
        return facts | {"learns": [(scope, SCOPE_WORDS.get(scope, scope)) for scope in self._scopes], "host": host}

    def _with_way_back(self, answer: HttpResponse) -> HttpResponse:
        """The form's answer leads to the site: the policy of this one page names it as a place to go."""
        if answer.status_code == 200 and hasattr(self, "_request_info"):
            parts = urlsplit(self._request_info["redirect_uri"])
            vars(answer)["_csp_update"] = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}
        return answer

    def _handle_login_prompt(self, request: HttpRequest, prompts: list[str]) -> HttpResponse:
        """`prompt=login`: signed out here, then in again, then back to the question."""
        asked = request.GET.copy()
        asked["prompt"] = " ".join(one for one in prompts if one != "login")
        leave(request)
        return redirect_to_login(f"{request.path}?{asked.urlencode()}", reverse("public:sign_in"))


class LogoutView(views.LogoutView):  # type: ignore[misc]  # -- as above
    """A site signs somebody out: asked first, then out here too."""

    template_name = "public/site_sign_out.html"

    def _handle(self, form: Any, op_logout: bool) -> HttpResponse:  # noqa: ANN401, FBT001 -- allauth's signature
        """Signed out where the person said so, and back to the site when it named an address of its own."""
        ours: Request = self.request
        if op_logout and ours.user.is_authenticated:
            close_visit(ours.session.session_key or "", now=ours.now)
            leave(ours)
        place = form.cleaned_data["post_logout_redirect_uri"]
        state = form.cleaned_data["state"]
        back = add_query_params(place, {"state": state}) if place and state else place
        return HttpResponse(status=302, headers={"Location": back or reverse("public:front")})

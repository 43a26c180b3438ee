"""Addresses of the identity provider; the names are those that its engine looks for."""

from __future__ import annotations

from allauth.idp.oidc import views
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from xingtan.web.access import allowed
from xingtan.web.public.access import ANYONE

from . import idp_tokens, provider

ask = allowed(ANYONE)
app_name = "idp"
OIDC: list[URLPattern] = [
    path(".well-known/openid-configuration", require_safe(ask(provider.configuration)), name="configuration"),
    path("identity/keys", require_safe(ask(views.jwks)), name="jwks"),
    path("identity/authorize", csrf_exempt(ask(provider.AuthorizationView.as_view())), name="authorization"),
    path("identity/token", csrf_exempt(require_POST(ask(idp_tokens.token))), name="token"),
    path("identity/revoke", csrf_exempt(require_POST(ask(idp_tokens.revoke))), name="revoke"),
    path("identity/person", csrf_exempt(ask(idp_tokens.person)), name="userinfo"),
    path("identity/sign-out", csrf_exempt(ask(provider.LogoutView.as_view())), name="logout"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((OIDC, "oidc"), namespace="oidc"))]

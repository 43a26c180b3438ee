"""Addresses of the entrance, under the public face."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import adding, cards, factor, recovery, region, security

urlpatterns: list[URLPattern] = [
    path("sign-in/factor/", factor.sign_in_factor, name="sign_in_factor"),
    path("sign-in/region/", region.region_sign_in, name="region_sign_in"),
    path("sign-in/region/back/", region.region_back, name="region_back"),
    path("sign-in/card/", cards.card, name="card_sign_in"),
    path("recover/", recovery.recover, name="recover"),
    path("recover/code/", recovery.recover_code, name="recover_code"),
    path("recoveries/", recovery.recoveries, name="recoveries"),
    path("recoveries/<str:pid>/confirm/", recovery.recovery_confirm, name="recovery_confirm"),
    path("recoveries/<str:pid>/slip/", recovery.recovery_slip, name="recovery_slip"),
    path("recoveries/<str:pid>/decline/", recovery.recovery_decline, name="recovery_decline"),
    path("security/", security.security, name="security"),
    path("security/password/", security.password, name="password"),
    path("security/app/", adding.app_add, name="app_add"),
    path("security/passkey/", adding.passkey_add, name="passkey_add"),
    path("security/codes/", adding.factor_codes, name="factor_codes"),
    path("security/factor/remove/", adding.factor_remove, name="factor_remove"),
    path("security/visits/end/", security.visit_end, name="visit_end"),
    path("security/visits/end-others/", security.visits_end, name="visits_end"),
    path("security/site/forget/", security.site_forget, name="site_forget"),
]

"""Addresses of the province's list of other sites, and of lost codes, under the offices' face."""

from __future__ import annotations

from django.urls import URLPattern, path

from xingtan.web.bureau import people

from . import sites

urlpatterns: list[URLPattern] = [
    path("sites/", sites.site_list, name="sites"),
    path("sites/add/", sites.site_add, name="site_add"),
    path("sites/secret/", sites.site_secret, name="site_secret"),
    path("sites/withdraw/", sites.site_withdraw, name="site_withdraw"),
    path("people/<int:grant_id>/code/", people.renew, name="renew_code"),
]

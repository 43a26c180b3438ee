"""Addresses of the school face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from . import roster_urls

app_name = "school"
urlpatterns: list[URLPattern | URLResolver] = [
    *roster_urls.SCHOOL,
]

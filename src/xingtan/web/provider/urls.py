"""Addresses of the provider face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "provider"
urlpatterns: list[URLPattern | URLResolver] = []

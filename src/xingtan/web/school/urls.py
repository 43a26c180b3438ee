"""Addresses of the school face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "school"
urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of the tutor face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "tutor"
urlpatterns: list[URLPattern | URLResolver] = []

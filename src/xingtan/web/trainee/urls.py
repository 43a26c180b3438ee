"""Addresses of the trainee face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "trainee"
urlpatterns: list[URLPattern | URLResolver] = []

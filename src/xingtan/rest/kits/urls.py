"""Addresses of the kits' protocol."""

from __future__ import annotations

from django.urls import path

from .views import sync

app_name = "kits"
urlpatterns = [path("sync/", sync, name="sync")]

"""The addresses of OneRoster's rostering service, 1.2."""

from __future__ import annotations

from django.urls import path

from . import views

BASE = "rostering/v1p2"
app_name = "oneroster"
urlpatterns = [
    path("token", views.token, name="token"),
    path(f"{BASE}/<str:name>", views.many, name="many"),
    path(f"{BASE}/<str:name>/<str:sourced_id>", views.one, name="one"),
    path(f"{BASE}/<str:name>/<str:sourced_id>/<str:inner>", views.behind, name="behind"),
]

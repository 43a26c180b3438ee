"""Addresses of the trainee face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import home, media, study, unit

app_name = "trainee"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("me/", home.me, name="me"),
    path("study/", study.study, name="study"),
    path("study/<str:public_id>/", unit.unit, name="unit"),
    path("media/<str:public_id>/<str:name>", media.media, name="media"),
]

"""Addresses of a teacher's ways into projects."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import own, projects

ADMISSIONS: list[URLPattern] = [
    path("projects/", projects.open_projects, name="open_projects"),
    path("projects/<str:pid>/", projects.open_project, name="open_project"),
    path("projects/<str:pid>/apply/", projects.apply, name="apply"),
    path("applications/", own.applications, name="applications"),
    path("applications/<str:pid>/", own.application, name="application"),
    path("applications/<str:pid>/accept/", own.accept, name="application_accept"),
    path("applications/<str:pid>/change/", own.change, name="application_change"),
    path("applications/<str:pid>/withdraw/", own.withdraw, name="application_withdraw"),
]

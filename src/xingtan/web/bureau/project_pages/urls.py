"""Addresses of a project's making."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import calendar, copying, ending, segments, whom

PROJECTS: list[URLPattern] = [
    path("projects/timeline/", calendar.calendar, name="project_calendar"),
    path("projects/<str:pid>/segments/", segments.segments, name="segments"),
    path("projects/<str:pid>/segments/add/", segments.add, name="add_segment"),
    path("projects/<str:pid>/segments/order/", segments.order, name="order_segments"),
    path("projects/<str:pid>/segments/<str:segment>/", segments.change, name="segment"),
    path("projects/<str:pid>/segments/<str:segment>/remove/", segments.remove, name="remove_segment"),
    path("projects/<str:pid>/whom/", whom.whom, name="whom"),
    path("projects/<str:pid>/whom/conditions/", whom.conditions, name="set_conditions"),
    path("projects/<str:pid>/whom/categories/", whom.categories, name="set_categories"),
    path("projects/<str:pid>/copy/", copying.copy, name="copy_project"),
    path("projects/<str:pid>/cancel/", ending.cancel, name="cancel_project"),
]

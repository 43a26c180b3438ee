"""Addresses of surveys for who asks, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import deciding, lists, results, writing

SURVEYS: list[URLPattern] = [
    path("surveys/", lists.survey_list, name="surveys"),
    path("surveys/new/", writing.new, name="survey_new"),
    path("surveys/<str:pid>/", results.survey, name="survey"),
    path("surveys/<str:pid>/change/", writing.change, name="survey_change"),
    path("surveys/<str:pid>/open/", deciding.open_, name="survey_open"),
    path("surveys/<str:pid>/close/", deciding.close, name="survey_close"),
    path("surveys/<str:pid>/reopen/", deciding.reopen, name="survey_reopen"),
    path("surveys/<str:pid>/cancel/", deciding.cancel, name="survey_cancel"),
    path("surveys/<str:pid>/copy/", deciding.copy, name="survey_copy"),
    path("surveys/<str:pid>/remind/", deciding.remind, name="survey_remind"),
]

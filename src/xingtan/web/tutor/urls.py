"""Addresses of the tutor face."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import attendance, cohorts, queue, submission, workshops

app_name = "tutor"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path("submissions/<str:pid>/", submission.submission, name="submission"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("workshops/", workshops.workshops, name="workshops"),
    path("workshops/<str:pid>/", workshops.workshop, name="workshop"),
    path("workshops/<str:pid>/activities/", workshops.add_activity, name="add_activity"),
    path("workshops/<str:pid>/confirm/", workshops.confirm, name="confirm"),
    path("workshops/<str:pid>/return/", workshops.send_back, name="return"),
    path("attendance/<str:pid>/", attendance.attendance, name="attendance"),
]

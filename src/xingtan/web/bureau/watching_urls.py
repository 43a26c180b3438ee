"""Addresses of anomalies and of the live view, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import anomalies, live

WATCHING: list[URLPattern] = [
    path("anomalies/", anomalies.anomalies, name="anomalies"),
    path("anomalies/decide/", anomalies.decide, name="anomalies_decide"),
    path("anomalies/look/", anomalies.look, name="anomalies_look"),
    path("anomalies/<str:pid>/", anomalies.anomaly, name="anomaly"),
    path("anomalies/<str:pid>/appeals/<int:concern_id>/", anomalies.decide_appeal, name="anomaly_appeal"),
    path("live/", live.projects_watched, name="live_projects"),
    path("live/<str:pid>/", live.live, name="live"),
    path("live/<str:pid>/remind/", live.remind, name="live_remind"),
]

"""Addresses of a kit's pages."""

from __future__ import annotations

from django.urls import path

from . import acts, pages, playing

app_name = "kit"
urlpatterns = [
    path("", pages.home, name="home"),
    path("readyz", pages.readyz, name="readyz"),
    path("session/", pages.session, name="session"),
    path("records/", pages.records, name="records"),
    path("records/file/", pages.records_file, name="records_file"),
    path("session/open/", acts.open_session, name="open"),
    path("session/sign/", acts.sign, name="sign"),
    path("session/close/", acts.close, name="close"),
    path("start/", acts.start, name="start"),
    path("deliver/", acts.deliver, name="deliver"),
    path("play/<str:player>/", playing.play, name="play"),
    path("play/<str:player>/beat/", playing.beat, name="beat"),
    path("quiz/<str:unit>/", playing.quiz, name="quiz"),
    path("media/<str:unit>/<str:name>", playing.media, name="media"),
]

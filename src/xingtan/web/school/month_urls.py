"""Addresses of the school's month and its chasing list."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import chasing, month, month_book, month_taking, openings

MONTH: list[URLPattern] = [
    path("", month.month, name="month"),
    path("month/decide/", month.decide, name="month_decide"),
    path("month/book.xlsx", month_book.month_book, name="month_book"),
    path("month/book/", month_taking.month_look, name="month_look"),
    path("month/book/take/", month_taking.month_take, name="month_take"),
    path("openings/", openings.openings, name="openings"),
    path("behind/remind/", chasing.remind, name="remind"),
    path("behind/meeting.pdf", chasing.meeting, name="meeting"),
    path("behind/<str:reason>/", chasing.behind, name="behind"),
]

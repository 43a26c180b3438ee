"""Addresses of seats."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import board, moving, sharing

QUOTAS: list[URLPattern] = [
    path("quotas/", board.seats, name="quotas"),
    path("quotas/<str:pid>/", board.board, name="quota_board"),
    path("quotas/<str:pid>/grant/", moving.grant, name="quota_grant"),
    path("quotas/seats/<str:pid>/", moving.trail, name="quota"),
    path("quotas/seats/<str:pid>/share/", sharing.share, name="quota_share"),
    path("quotas/seats/<str:pid>/share/workbook/", sharing.workbook, name="quota_workbook"),
    path("quotas/seats/<str:pid>/give-back/", moving.give_back, name="quota_give_back"),
    path("quotas/seats/<str:pid>/take-back/", moving.take_back, name="quota_take_back"),
]

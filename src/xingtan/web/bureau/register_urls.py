"""Addresses of privacy and registers, a part of the bureau face."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import exports

REGISTERS: list[URLPattern] = [
    path("exports/", exports.exports, name="exports"),
    path("exports/find/", exports.find, name="exports_find"),
]

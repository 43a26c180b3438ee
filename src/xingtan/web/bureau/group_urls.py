"""Addresses of study groups and their kits, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import group_forms, group_sheets, groups, kits

STUDY_GROUPS: list[URLPattern] = [
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", group_forms.new, name="group_new"),
    path("groups/receive/", kits.receive, name="kit_receive"),
    path("groups/<str:pid>/", groups.group, name="group"),
    path("groups/<str:pid>/end/", groups.end, name="group_end"),
    path("groups/<str:pid>/kit/", kits.make, name="kit_make"),
    path("groups/<str:pid>/sheets.pdf", group_sheets.sheets_pdf, name="group_sheets"),
    path("groups/<str:pid>/sheets/<int:time_id>/", group_sheets.sheet, name="group_sheet"),
    path("kits/<uuid:uuid>/", kits.kit, name="kit"),
    path("kits/<uuid:uuid>/kit.zip", kits.download, name="kit_download"),
    path("kits/<uuid:uuid>/codes.pdf", kits.codes_pdf, name="kit_codes"),
    path("kits/<uuid:uuid>/withdraw/", kits.withdraw, name="kit_withdraw"),
    path("kits/<uuid:uuid>/fork/", kits.fork, name="kit_fork"),
]

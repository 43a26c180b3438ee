"""The register's addresses: one set of pages, under a school's own and under an office's."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import people, roster, roster_batches, roster_columns, roster_import

IMPORT: list[URLPattern] = [
    path("roster/import/", roster_import.choose_file, name="roster_import"),
    path("roster/import/template.xlsx", roster_import.template, name="roster_template"),
    path("roster/import/<str:pid>/", roster_import.preview, name="roster_preview"),
    path("roster/import/<str:pid>/write/", roster_import.commit, name="roster_commit"),
    path("roster/import/<str:pid>/columns/", roster_columns.columns, name="roster_columns"),
    path("roster/imports/", roster_batches.batches, name="roster_batches"),
    path("roster/imports/<str:pid>/", roster_batches.batch, name="roster_batch"),
    path("roster/imports/<str:pid>/go-on/", roster_batches.go_on, name="roster_go_on"),
    path("roster/imports/<str:pid>/undo/", roster_batches.undo, name="roster_undo"),
]
SCHOOL: list[URLPattern] = [
    path("roster/", roster.roster, name="roster"),
    path("roster/slips/", people.slips, name="slips"),
    *IMPORT,
    path("roster/<str:pid>/", roster.card, name="teacher_card"),
    path("roster/<str:pid>/number/", roster.unmask, name="teacher_unmask"),
]
BUREAU: list[URLPattern] = [
    path("teachers/", roster.roster, name="teachers"),
    *IMPORT,
    path("teachers/<str:pid>/card/", roster.card, name="teacher_card"),
    path("teachers/<str:pid>/card/number/", roster.unmask, name="teacher_unmask"),
]

"""Addresses of the exchange: records handed in, what statements call the courses, the reconciliation."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import activities, reconciliation, records

EXCHANGE: list[URLPattern] = [
    path("records/", records.records, name="records"),
    path("records/upload/", records.records_upload, name="records_upload"),
    path("records/template.xlsx", records.records_template, name="records_template"),
    path("records/activities/", activities.activities, name="activities"),
    path("records/activities/name/", activities.activity_name, name="activity_name"),
    path("records/activities/again/", activities.activities_again, name="activities_again"),
    path("records/delivery/<str:public_id>/", records.delivery, name="delivery"),
    path("records/delivery/<str:public_id>/undo/", records.delivery_undo, name="delivery_undo"),
    path("records/<str:public_id>/", records.records_preview, name="records_preview"),
    path("records/<str:public_id>/deliver/", records.records_deliver, name="records_deliver"),
    path("records/<str:public_id>/layout/", records.records_layout, name="records_layout"),
    path("reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    path("reconciliation/record/<int:claim_id>/", reconciliation.claim, name="claim"),
    path("reconciliation/record/<int:claim_id>/remark/", reconciliation.claim_remark, name="claim_remark"),
    path("reconciliation/record/<int:claim_id>/correct/", reconciliation.claim_correct, name="claim_correct"),
    path("reconciliation/<str:provider>/<str:project>/", reconciliation.reconciled, name="reconciled"),
    path("reconciliation/<str:provider>/<str:project>/lines/", reconciliation.reconciled_lines, name="reconciled_lines"),
    path("reconciliation/<str:provider>/<str:project>/keep/", reconciliation.reconciled_keep, name="reconciled_keep"),
]

"""Addresses of other ways to earn hours, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import claims, claims_new, folders, meetings, platform, trainings, trainings_new

RECOGNITION: list[URLPattern] = [
    path("trainings/", trainings.trainings, name="trainings"),
    path("trainings/new/", trainings_new.new, name="training_new"),
    path("trainings/decide/", trainings.decide, name="trainings_decide"),
    path("trainings/<str:pid>/", trainings.training, name="training"),
    path("trainings/<str:pid>/change/", trainings_new.change, name="training_change"),
    path("trainings/<str:pid>/meetings/", meetings.add, name="training_meeting"),
    path("trainings/<str:pid>/documents/", meetings.documents, name="training_documents"),
    path("trainings/<str:pid>/work/", meetings.work, name="training_work"),
    path("trainings/<str:pid>/convert/", meetings.convert, name="training_convert"),
    path("trainings/<str:pid>/withdraw/", trainings.withdraw, name="training_withdraw"),
    path("trainings/<str:pid>/sheets.pdf", meetings.sheets, name="training_sheets"),
    path("trainings/<str:pid>/folder/", folders.training_folder, name="training_folder"),
    path("projects/<str:pid>/folder/", folders.project_folder, name="project_folder"),
    path("meetings/<str:pid>/", meetings.meeting, name="meeting"),
    path("meetings/<str:pid>/file/", meetings.file, name="meeting_file"),
    path("meetings/<str:pid>/drop/", meetings.drop, name="meeting_drop"),
    path("claims/", claims.claims, name="claims"),
    path("claims/new/", claims_new.new, name="claim_new"),
    path("claims/decide/", claims.decide, name="claims_decide"),
    path("claims/<str:pid>/", claims.claim, name="claim"),
    path("claims/<str:pid>/withdraw/", claims.withdraw, name="claim_withdraw"),
    path("platform/", platform.platform, name="platform"),
    path("platform/template.xlsx", platform.template, name="platform_template"),
    path("platform/<str:pid>/", platform.preview, name="platform_preview"),
    path("platform/<str:pid>/mend.xlsx", platform.mend, name="platform_mend"),
    path("platform/<str:pid>/bring/", platform.commit, name="platform_commit"),
]

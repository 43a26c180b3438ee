"""Addresses of a year's closing: trial runs, notice, objections, closing, corrections."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import corrections, determination, notice, objections, runs, verdicts

CLOSING: list[URLPattern] = [
    path("determination/", determination.determination, name="determination"),
    path("determination/verdicts/", verdicts.verdicts, name="determination_verdicts"),
    path("determination/run/", determination.run, name="determination_run"),
    path("determination/examine/", determination.examine, name="determination_examine"),
    path("determination/close/", determination.close, name="determination_close"),
    path("determination/archive/", determination.archive, name="determination_archive"),
    path("determination/runs/", runs.runs, name="determination_runs"),
    path("determination/changes/", runs.changes, name="determination_changes"),
    path("determination/notice/", notice.notice, name="notice"),
    path("determination/notice/publish/", notice.publish, name="notice_publish"),
    path("determination/notice/withdraw/", notice.withdraw, name="notice_withdraw"),
    path("determination/notice/<str:pid>/", notice.notice_list, name="notice_list"),
    path("determination/objections/", objections.objections, name="objections"),
    path("determination/objections/assign/", objections.assign, name="objections_assign"),
    path("determination/objections/<str:pid>/", objections.objection, name="objection"),
    path("determination/objections/<str:pid>/refer/", objections.refer, name="objection_refer"),
    path("determination/objections/<str:pid>/reply/", objections.reply, name="objection_reply"),
    path("determination/objections/<str:pid>/decide/", objections.decide, name="objection_decide"),
    path("determination/objections/<str:pid>/follow/", objections.follow, name="objection_follow"),
    path("determination/corrections/", corrections.corrections, name="corrections"),
    path("determination/corrections/new/<str:public_id>/<int:year>/", corrections.new, name="correction_new"),
    path("determination/corrections/new/<str:public_id>/<int:year>/propose/", corrections.propose, name="correction_propose"),
    path("determination/corrections/<str:pid>/", corrections.correction, name="correction"),
    path("determination/corrections/<str:pid>/carry/", corrections.carry, name="correction_carry"),
    path("determination/corrections/<str:pid>/drop/", corrections.drop, name="correction_drop"),
]

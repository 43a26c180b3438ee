"""Addresses of the review chain, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import appeals, batches, clocks, finding, late, queue

REVIEWS: list[URLPattern] = [
    path("queue/", queue.queue, name="queue"),
    path("queue/decide/", queue.decide, name="queue_decide"),
    path("queue/undo/", queue.undo, name="queue_undo"),
    path("queue/draw/", batches.draw, name="batch_draw"),
    path("queue/batches/<str:pid>/", batches.batch, name="batch"),
    path("queue/batches/<str:pid>/look/", batches.look, name="batch_look"),
    path("queue/batches/<str:pid>/pass/", batches.pass_batch, name="batch_pass"),
    path("queue/batches/<str:pid>/drop/", batches.drop, name="batch_drop"),
    path("queue/reopen/", clocks.reopen, name="reopen"),
    path("deadlines/", clocks.clocks, name="clocks"),
    path("deadlines/extend/", clocks.extend, name="clock_extend"),
    path("teachers/found/", finding.teachers_found, name="teachers_found"),
    path("late/", late.late_entries, name="late_entries"),
    path("late/ask/", late.ask, name="late_ask"),
    path("late/<str:pid>/", late.late_entry, name="late_entry"),
    path("late/<str:pid>/decide/", late.decide, name="late_decide"),
    path("late/<str:pid>/withdraw/", late.withdraw, name="late_withdraw"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<str:pid>/", appeals.appeal, name="appeal"),
    path("appeals/<str:pid>/answer/", appeals.answer, name="appeal_answer"),
]

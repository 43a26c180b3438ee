"""Addresses of plans, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import answering, circulars, making, overview, plan, writing

PLANS: list[URLPattern] = [
    path("plans/", overview.overview, name="plans"),
    path("plans/begin/", overview.begin, name="plan_begin"),
    path("plans/accept/", answering.accept_many, name="plans_accept"),
    path("plans/days/", answering.calls, name="plan_calls"),
    path("circulars/", circulars.circulars, name="circulars"),
    path("circulars/new/", circulars.new, name="circular_new"),
    path("circulars/<str:pid>/", circulars.circular, name="circular"),
    path("circulars/<str:pid>/reply/", circulars.reply, name="circular_reply"),
    path("circulars/<str:pid>/withdraw/", circulars.withdraw, name="circular_withdraw"),
    path("plans/<str:pid>/", plan.plan, name="plan"),
    path("plans/<str:pid>/save/", writing.save, name="plan_save"),
    path("plans/<str:pid>/copy/", writing.copy, name="plan_copy"),
    path("plans/<str:pid>/gather/", writing.gather, name="plan_gather"),
    path("plans/<str:pid>/submit/", writing.submit, name="plan_submit"),
    path("plans/<str:pid>/take-back/", writing.take_back, name="plan_take_back"),
    path("plans/<str:pid>/accept/", answering.accept, name="plan_accept"),
    path("plans/<str:pid>/return/", answering.send_back, name="plan_return"),
    path("plans/<str:pid>/reopen/", answering.reopen, name="plan_reopen"),
    path("plans/<str:pid>/projects/", making.make, name="plan_projects"),
]

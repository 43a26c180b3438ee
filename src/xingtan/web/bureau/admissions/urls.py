"""Addresses of admissions, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import applications, listing, nominate, one, rounds, workbooks

ADMISSIONS: list[URLPattern] = [
    path("admissions/", listing.admissions, name="admissions"),
    path("admissions/application/<str:pid>/", one.application, name="application"),
    path("admissions/application/<str:pid>/change/", one.change, name="application_change"),
    path("admissions/application/<str:pid>/substitute/", one.substitute, name="application_substitute"),
    path("admissions/<str:pid>/", applications.applications, name="applications"),
    path("admissions/<str:pid>/act/", applications.act, name="applications_act"),
    path("admissions/<str:pid>/nominate/", nominate.nominate, name="nominate"),
    path("admissions/<str:pid>/nominate/send/", nominate.nominate_send, name="nominate_send"),
    path("admissions/<str:pid>/workbook/", workbooks.nominations, name="nominations"),
    path("admissions/<str:pid>/workbook/empty.xlsx", workbooks.template, name="nominations_template"),
    path("admissions/<str:pid>/workbook/<str:job>/", workbooks.look, name="nominations_look"),
    path("admissions/<str:pid>/workbook/<str:job>/hand-in/", workbooks.hand_in, name="nominations_hand_in"),
    path("admissions/<str:pid>/batches/<str:batch>/take-back/", workbooks.take_back, name="nominations_take_back"),
    path("admissions/<str:pid>/rounds/", rounds.rounds, name="rounds"),
    path("admissions/<str:pid>/rounds/plan/", rounds.plan, name="round_plan"),
    path("admissions/<str:pid>/rounds/terms/", rounds.terms, name="admission_terms"),
    path("admissions/<str:pid>/rounds/<str:number>/decide/", rounds.decide, name="round_decide"),
    path("admissions/<str:pid>/classes/<str:offer>/limits/", rounds.limits, name="class_limits"),
    path("admissions/<str:pid>/classes/<str:offer>/cancel/", rounds.cancel_class, name="class_cancel"),
]

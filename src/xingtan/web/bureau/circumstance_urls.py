"""Addresses of circumstances and results of tests, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import circumstances, circumstances_add, results, results_import

CIRCUMSTANCES: list[URLPattern] = [
    path("circumstances/", circumstances.circumstances, name="circumstances"),
    path("circumstances/add/", circumstances_add.add, name="circumstances_add"),
    path("circumstances/decide/", circumstances.decide, name="circumstances_decide"),
    path("circumstances/<str:pid>/", circumstances.circumstance, name="circumstance"),
    path("circumstances/<str:pid>/end/", circumstances.end, name="circumstance_end"),
    path("circumstances/<str:pid>/withdraw/", circumstances.withdraw, name="circumstance_withdraw"),
    path("results/", results.results, name="results"),
    path("results/enter/", results.enter, name="results_enter"),
    path("results/template.xlsx", results.template, name="results_template"),
    path("results/files/", results_import.upload, name="results_upload"),
    path("results/files/<str:pid>/", results_import.preview, name="results_preview"),
    path("results/files/<str:pid>/mend.xlsx", results_import.mend, name="results_mend"),
    path("results/files/<str:pid>/enter/", results_import.commit, name="results_commit"),
]

"""Addresses of privacy and registers, a part of the bureau face that schools open too."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import exports, research
from .registers import cadres, members, offices, pool, providers

REGISTERS: list[URLPattern] = [
    path("exports/", exports.exports, name="exports"),
    path("exports/find/", exports.find, name="exports_find"),
    path("research/", research.research, name="research"),
    path("research/start/", research.start, name="research_start"),
    path("registers/", pool.pool, name="registers"),
    path("registers/nominate/", pool.nominate, name="pool_nominate"),
    path("registers/decide/", pool.decide, name="pool_decide"),
    path("registers/ratios/", pool.ratios, name="ratios"),
    path("registers/cadres/", cadres.cadres, name="cadres"),
    path("registers/cadres/new/", cadres.new, name="cadre_new"),
    path("registers/cadres/<str:pid>/", cadres.change, name="cadre"),
    path("registers/providers/", providers.providers, name="register_providers"),
    path("registers/providers/<str:pid>/", providers.provider, name="register_provider"),
    path("registers/offices/", offices.offices, name="side_offices"),
    path("registers/offices/new/", offices.new, name="side_office_new"),
    path("registers/offices/<str:pid>/", offices.office, name="side_office"),
    path("registers/offices/<str:pid>/seat/", offices.seat, name="side_office_seat"),
    path("registers/offices/<str:pid>/seats/<int:member_id>/end/", offices.unseat, name="side_office_unseat"),
    path("registers/offices/<str:pid>/close/", offices.close, name="side_office_close"),
    path("registers/members/", members.members, name="members"),
    path("registers/members/decide/", members.decide, name="members_decide"),
]

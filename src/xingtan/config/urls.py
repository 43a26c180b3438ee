"""Every address of the program, a line a face."""

from __future__ import annotations

from django.urls import include, path

from xingtan.rest.v1.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("ims/oneroster/", include("xingtan.rest.oneroster.urls")),
    path("kits/", include("xingtan.rest.kits.urls")),
    path("", include("xingtan.web.entrance.idp_urls")),
    path("", include("xingtan.web.public.urls")),
    path("my/", include("xingtan.web.trainee.urls")),
    path("school/", include("xingtan.web.school.urls")),
    path("bureau/", include("xingtan.web.bureau.urls")),
    path("provider/", include("xingtan.web.provider.urls")),
    path("tutor/", include("xingtan.web.tutor.urls")),
    path("expert/", include("xingtan.web.tenders.urls")),
]
handler400 = "xingtan.web.errors.bad_request"
handler403 = "xingtan.web.errors.not_allowed"
handler404 = "xingtan.web.errors.not_found"
handler500 = "xingtan.web.errors.broken"

"""The language of an answer: what the client asks for, Chinese otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from .problems import method_not_allowed

View = Callable[..., HttpResponseBase]


def language_of(request: HttpRequest) -> str:
    """`en` or `zh-hans`: of the languages of `Accept-Language` the first that we speak, else Chinese."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        spoken = {"zh": "zh-hans", "en": "en"}.get(asked.partition("-")[0])
        if spoken:
            return spoken
    return str(settings.LANGUAGE_CODE)


def spoken(view: View) -> View:
    """The view answers in the language of the request and says which; a wrong method is a problem like any other."""

    def inside(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = view(request, *args, **kwargs)
            if response.status_code == 405:
                response = method_not_allowed(response["Allow"])
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return update_wrapper(inside, view) if hasattr(view, "__name__") else inside

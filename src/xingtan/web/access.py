"""Who may open a page: one decorator, one permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from xingtan.foundation.people.roles import Permission, Role, require

from .http import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]


def allowed(permission: Permission) -> Callable[[View[P]], View[P]]:
    """The view answers only roles with this right: a visitor is sent to sign in, anyone else gets 403."""

    def guarded(view: View[P]) -> View[P]:
        def inside(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.actor.role is Role.VISITOR and Role.VISITOR not in permission.roles:
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            require(request.actor, permission)
            return view(request, *args, **kwargs)

        update_wrapper(inside, view)
        # Read by the menu, and by the test that walks every URL.
        vars(inside)["permission"] = permission
        return inside

    return guarded

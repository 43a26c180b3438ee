"""How the service says no: the standard's status object, with the field that was meant."""

from __future__ import annotations

from django.http import JsonResponse

MINOR = {400: "invalid_filter_field", 401: "unauthorisedrequest", 403: "forbidden", 404: "unknownobject", 405: "unsupported"}


class Failure(Exception):
    """The request is answered with this status and sentence; `minor` is the standard's code where it is not the status' usual one."""

    def __init__(self, status: int, said: str, minor: str = "") -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self.minor = minor or MINOR.get(status, "internal_server_error")

    def answer(self) -> JsonResponse:
        """The status object, with `WWW-Authenticate` where a key is asked for."""
        fields = [{"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": self.minor}]
        told = {
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": self.said,
            "imsx_CodeMinor": {"imsx_codeMinorField": fields},
        }
        answer = JsonResponse(told, status=self.status)
        if self.status == 401:
            answer["WWW-Authenticate"] = 'Bearer realm="oneroster"'
        return answer

"""Why a request is not taken, as status, code, sentence and place; the protocol speaks English."""

from __future__ import annotations

from .malformed import Malformed


class NotTaken(Exception):
    """The request changes nothing; `status` and `detail` are the answer, `path` names the field when one is to blame."""

    def __init__(self, status: int, code: str, detail: str, path: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.path = path

    def problem(self) -> dict[str, object]:
        """The answer's body (RFC 9457)."""
        said: dict[str, object] = {
            "type": f"urn:xingtan:xapi:{self.code}",
            "title": self.code.replace("_", " "),
            "status": self.status,
            "detail": f"{self.path}: {self.detail}" if self.path else self.detail,
        }
        return said | {"path": self.path} if self.path else said


def malformed(wrong: Malformed) -> NotTaken:
    """400 with the field's path."""
    return NotTaken(400, "malformed", wrong.why, wrong.path)

"""What must be passed in a segment before the next one opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xingtan.foundation.refusal import Refused


class Passing(BaseModel):
    """Conditions to pass on (C7); what is unset asks for nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    attendance_percent: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None
    products: Annotated[int, Field(strict=True, ge=1, le=50)] | None = None
    mark: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None


def read_passing(values: Mapping[str, Any]) -> dict[str, int]:
    """The conditions in their plain form, only those that are set; `Refused` for any that is not known or out of its range."""
    try:
        return Passing.model_validate(dict(values)).model_dump(exclude_none=True)
    except ValidationError:
        raise Refused("segment_passing_wrong") from None

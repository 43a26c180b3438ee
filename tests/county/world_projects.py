"""The province's project with segments, and its first one."""

from __future__ import annotations

from tests.county.matrix_projects import OWN
from xingtan.config.demo import cast
from xingtan.domains.projects import api as projects


class Projects:
    """The IT project of the demonstration's year."""

    def __init__(self, world) -> None:
        self.project = projects.projects_for(cast.actor("province").scope, kind=projects.ProjectKind.IT_CAPABILITY).get()
        self.segment = projects.segments_of([self.project.pk])[self.project.pk][0]

    def words(self, name: str, login: str) -> dict[str, object] | None:
        if name not in OWN:
            return None
        of_one = {"segment": self.segment.public_id} if name in ("bureau:segment", "bureau:remove_segment") else {}
        return {"pid": self.project.public_id, **of_one}

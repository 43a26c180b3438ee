"""The import contract `doors`: from outside a room, only its `api` may be imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph

DOOR = "api"


def room_of(module: str, rooms: str) -> str | None:
    """The name of the room that holds the module, or None outside all rooms."""
    return module.removeprefix(f"{rooms}.").split(".")[0] if module.startswith(f"{rooms}.") else None


def is_door(module: str, rooms: str, room: str) -> bool:
    """True for the room's `api`, be it a module or a package."""
    door = f"{rooms}.{room}.{DOOR}"
    return module == door or module.startswith(f"{door}.")


class Doors(Contract):
    """Kept when every import that enters a room from outside enters it by its door."""

    rooms = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 -- import-linter's signature
        """Every import that goes past a door, with file line."""
        past: list[tuple[str, str, list[int]]] = []
        rooms = str(self.rooms)
        for imported in sorted(graph.modules):
            room = room_of(imported, rooms)
            if room is None or is_door(imported, rooms, room):
                continue
            past.extend(
                (
                    importer,
                    imported,
                    [int(found["line_number"]) for found in graph.get_import_details(importer=importer, imported=imported)],
                )
                for importer in sorted(graph.find_modules_that_directly_import(imported))
                if room_of(importer, rooms) != room
            )
        return ContractCheck(kept=not past, metadata={"past": past})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """The report: who goes past which door, and where."""
        for importer, imported, lines in check.metadata["past"]:
            where = ", ".join(f"l.{line}" for line in lines)
            output.print_error(f"{importer} goes past the door: {imported} ({where}); import the room's `{DOOR}` instead", bold=False)
        output.new_line()

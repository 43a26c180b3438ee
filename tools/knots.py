"""The import contract `knots`: no module imports, by any way round, something that imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph


def knots_in(graph: ImportGraph, package: str) -> list[tuple[str, ...]]:
    """Every shortest circle of modules below the package, each once, beginning with its first name."""
    found: set[tuple[str, ...]] = set()
    inside = sorted(module for module in graph.modules if module == package or module.startswith(f"{package}."))
    for importer in inside:
        for imported in graph.find_modules_directly_imported_by(importer):
            chain = graph.find_shortest_chain(importer=imported, imported=importer)
            if chain:
                first = chain.index(min(chain))
                found.add((*chain[first:], *chain[:first]))
    return sorted(found)


class Knots(Contract):
    """Kept when the modules of the package can be read in an order in which each knows only earlier ones."""

    package = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 -- import-linter's signature
        """Every circle of imports."""
        knots = knots_in(graph, str(self.package))
        return ContractCheck(kept=not knots, metadata={"knots": knots})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """The report: each circle, from a module back to itself."""
        for knot in check.metadata["knots"]:
            output.print_error(" → ".join([*knot, knot[0]]), bold=False)
        output.new_line()

"""The bar that long commands show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def shown() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal that is gone afterwards; told `(done, of how many)`, it counts alone while 0 says that nobody knows how many."""
    with tqdm(unit="", leave=False) as bar:

        def tell(done: int, total: int) -> None:
            if bar.total != (total or None):
                bar.reset(total or None)
            bar.update(done - bar.n)

        yield tell

"""Pure facts about a tree of regions; no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Parents = Mapping[int, int | None]


def subtree(parents: Parents, root: int) -> set[int]:
    """``root`` and every key below it; ``parents`` names the parent of each key."""
    found = {root}
    while more := {key for key, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def in_order(parents: Parents, order: Sequence[int]) -> list[tuple[int, int]]:
    """The keys as a reader walks the tree: (key, depth), each parent right before its children.

    ``order`` is the order among siblings.
    """
    children: dict[int | None, list[int]] = {}
    for key in order:
        children.setdefault(parents[key], []).append(key)

    def walk(parent: int | None, depth: int) -> list[tuple[int, int]]:
        return [
            each
            for key in children.get(parent, [])
            for each in [(key, depth), *walk(key, depth + 1)]
        ]

    return walk(None, 0)

"""The floors as pyproject.toml states them, and what would break them without an import."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import ForeignObjectRel, Model

ORM_CALLS = {
    "filter", "exclude", "get", "annotate", "alias", "aggregate", "values", "values_list",
    "order_by", "select_related", "prefetch_related", "only", "defer", "distinct", "Q", "F",
    "Count", "Sum", "Max", "Min", "Avg", "Prefetch", "OuterRef",
}  # fmt: skip
MANAGER_CALLS = {
    "all", "filter", "exclude", "exists", "count", "first", "last", "get", "create", "add", "set",
    "values_list", "aggregate", "annotate", "order_by",
}  # fmt: skip
_LOOKUP = re.compile(r"-?[a-z]\w*")


@dataclass(frozen=True)
class Contracts:
    """What import-linter is told: the floors from low to high, and the rooms with inner floors."""

    floors: tuple[frozenset[str], ...]
    rooms: frozenset[str]

    def rank(self, package: str) -> int:
        """0 is the lowest floor. Raises LookupError for a package on no floor."""
        for rank, floor in enumerate(self.floors):
            if package in floor:
                return rank
        raise LookupError(f"{package} stands on no floor")


def read_contracts(pyproject: Path) -> Contracts:
    settings = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["importlinter"]
    by_name = {contract["name"]: contract for contract in settings["contracts"]}
    floors = [
        frozenset(name.strip(" ()") for name in layer.split("|"))
        for layer in reversed(by_name["Floors"]["layers"])
    ]
    return Contracts(tuple(floors), frozenset(by_name["Inside a room"]["containers"]))


def package_of(model: type[Model]) -> str:
    """The room of a model: ``winback.cases.models`` belongs to ``winback.cases``."""
    return model.__module__.partition(".models")[0]


def relations_upwards(models: list[type[Model]], contracts: Contracts) -> list[str]:
    """Foreign keys and many-to-many fields whose target stands on a higher floor."""
    found = []
    for model in models:
        for field in model._meta.get_fields():
            target = field.related_model
            if isinstance(field, ForeignObjectRel) or not isinstance(target, type):
                continue
            if not _is_local(target, contracts):
                continue
            if contracts.rank(package_of(target)) > contracts.rank(package_of(model)):
                found.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    return found


def reverse_names(models: list[type[Model]], contracts: Contracts) -> dict[str, set[str]]:
    """Per room: the names by which higher floors are reached backwards, its own names left out."""
    found: dict[str, set[str]] = {}
    own = {field.name for model in models for field in model._meta.fields}
    for model in models:
        names = found.setdefault(package_of(model), set())
        for relation in model._meta.related_objects:
            source = relation.related_model
            if not _is_local(source, contracts):
                continue
            if contracts.rank(package_of(source)) > contracts.rank(package_of(model)):
                accessor = relation.get_accessor_name()
                names |= {name for name in (relation.name, accessor) if name} - own
    return found


def reverse_joins(path: Path, names: set[str]) -> list[str]:
    """Places in a module that reach one of ``names``: in a lookup or through a manager."""
    calls = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )
    return [
        f"{path.name}:{call.lineno}: {name}"
        for call in calls
        for name in sorted(set(_names_used(call)) & names)
    ]


def _is_local(model: type[Model], contracts: Contracts) -> bool:
    return any(package_of(model) in floor for floor in contracts.floors)


def _names_used(call: ast.Call) -> Iterator[str]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in ORM_CALLS:
        written: list[object] = [keyword.arg for keyword in call.keywords]
        written += [a.value for a in call.args if isinstance(a, ast.Constant)]
        for lookup in written:
            if isinstance(lookup, str) and _LOOKUP.fullmatch(lookup):
                yield from lookup.lstrip("-").split("__")
    owner = function.value if isinstance(function, ast.Attribute) else None
    if name in MANAGER_CALLS and isinstance(owner, ast.Attribute):
        yield owner.attr

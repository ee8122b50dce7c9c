"""Facts as plain JSON and back: what a report says is kept as data, not as text."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder

T = TypeVar("T")


def freeze(facts: Any) -> dict[str, Any]:
    """A facts dataclass as JSON: dates in ISO form, decimals as text."""
    frozen: dict[str, Any] = json.loads(json.dumps(asdict(facts), cls=DjangoJSONEncoder))
    return frozen


def thaw(kind: type[T], data: Mapping[str, Any]) -> T:
    """The facts again. A field the data lacks takes its default; unknown keys are ignored.

    Raises TypeError where a field without a default is missing.
    """
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], data[name]) for name in hints if name in data})


def _value(hint: Any, value: Any) -> Any:
    """Read one value as the annotation says: date, Decimal, facts, a tuple or None of these."""
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        return _value(next(each for each in get_args(hint) if each is not types.NoneType), value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each) for each in value)
    if hint is date:
        return date.fromisoformat(value)
    if hint is Decimal:
        return Decimal(value)
    return thaw(hint, value) if isinstance(value, dict) else value

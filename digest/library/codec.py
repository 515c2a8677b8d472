"""The types of the model as JSON data and back, by their annotations.

A field that has its default value is not written, and a field that is not there gets its default: so a type
may gain fields, anywhere, without a migration of what was stored before.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
Convert = Callable[[Any], Any]


def pack(value: object) -> bytes:
    """A value of the model as compressed JSON; equal values give equal bytes."""
    kind: Any = type(value)
    text = json.dumps(encoder(kind)(value), ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate of a broken source is stored as it is rather than lost.
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack(kind: type[T], data: bytes) -> T:
    """The value that `pack` was given. Raises ValueError where the bytes are not one of this kind."""
    try:
        text = zlib.decompress(data).decode("utf-8", "surrogatepass")
        hint: Any = kind
        value: T = decoder(hint)(json.loads(text))
    except (zlib.error, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{kind.__name__}: {error}") from error
    return value


@cache
def encoder(hint: Any) -> Convert:
    """The function that turns a value annotated with `hint` into JSON data."""
    if _is_named_tuple(hint):
        return list
    if is_dataclass(hint):
        return _dataclass_encoder(hint)
    if get_origin(hint) is tuple:
        return _tuple_converter(hint, encoder, list)
    if get_origin(hint) is UnionType:
        return _optional(hint, encoder)
    return date.isoformat if hint is date else _unchanged


@cache
def decoder(hint: Any) -> Convert:
    """The function that turns JSON data back into a value annotated with `hint`."""
    if _is_named_tuple(hint):
        return lambda data: hint(*data)
    if is_dataclass(hint):
        return _dataclass_decoder(hint)
    if get_origin(hint) is tuple:
        return _tuple_converter(hint, decoder, tuple)
    if get_origin(hint) is UnionType:
        return _optional(hint, decoder)
    return date.fromisoformat if hint is date else _typed(hint)


def _is_named_tuple(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields")


def _unchanged(value: Any) -> Any:
    return value


def _typed(hint: type) -> Convert:
    def decode(value: Any) -> Any:
        if hint is float and type(value) is int:
            return float(value)
        if type(value) is not hint:
            raise TypeError(f"{hint.__name__} expected, not {type(value).__name__}")
        return value

    return decode


def _optional(hint: Any, converter: Callable[[Any], Convert]) -> Convert:
    (arm,) = (arm for arm in get_args(hint) if arm is not NoneType)
    # Asked for when there is a value: a type may have an optional field of itself.
    return lambda value: None if value is None else converter(arm)(value)


def _tuple_converter(hint: Any, converter: Callable[[Any], Convert], kind: type) -> Convert:
    """For tuple[X, ...] and for tuple[X, Y]."""
    arms = get_args(hint)
    if arms[-1] is Ellipsis:
        convert = converter(arms[0])
        return lambda value: kind([convert(one) for one in value])
    converts = [converter(arm) for arm in arms]
    return lambda value: kind([convert(one) for convert, one in zip(converts, value, strict=True)])


def _dataclass_encoder(kind: Any) -> Convert:
    hints = get_type_hints(kind)
    converts = [(f.name, _default(f), encoder(hints[f.name])) for f in fields(kind)]

    def encode(value: Any) -> dict[str, Any]:
        data = {}
        for name, default, convert in converts:
            held = getattr(value, name)
            if held != default:
                data[name] = convert(held)
        return data

    return encode


def _dataclass_decoder(kind: Any) -> Convert:
    hints = get_type_hints(kind)
    converts = {f.name: decoder(hints[f.name]) for f in fields(kind)}
    return lambda data: kind(**{name: converts[name](value) for name, value in data.items()})


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING

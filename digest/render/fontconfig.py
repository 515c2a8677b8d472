"""The few calls of the Fontconfig library that tell which fonts are installed and what they can show."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress

LIBRARY_NAMES = (
    *("libfontconfig.so.1", "libfontconfig.1.dylib", "/opt/homebrew/lib/libfontconfig.1.dylib"),
    *("/usr/local/lib/libfontconfig.1.dylib", "libfontconfig-1.dll"),
)
Covers = Callable[[str], bool]  # whether a font has a character


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("nfont", ctypes.c_int),
        ("sfont", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def list_fonts() -> list[tuple[tuple[str, ...], Covers]]:
    """The family names of every installed scalable font, and what it covers, in the order of the names.

    The list is kept in memory for as long as the process lives. Raises OSError where the library is not
    found.
    """
    library = _load()
    config = library.FcInitLoadConfigAndFonts()
    objects = library.FcObjectSetCreate()
    for name in (b"family", b"charset", b"scalable"):
        library.FcObjectSetAdd(objects, name)
    pattern = library.FcPatternCreate()
    found = library.FcFontList(config, pattern, objects)
    library.FcPatternDestroy(pattern)
    library.FcObjectSetDestroy(objects)
    fonts = []
    for i in range(found.contents.nfont if found else 0):
        font = found.contents.fonts[i]
        families, charset = _families(library, font), _charset(library, font)
        if families and charset and _is_scalable(library, font):
            fonts.append((families, _covers(library, charset)))
    return sorted(fonts, key=lambda font: font[0])


def _covers(library: ctypes.CDLL, charset: ctypes.c_void_p) -> Covers:
    def covers(char: str) -> bool:
        return bool(library.FcCharSetHasChar(charset, ord(char)))

    return covers


def _families(library: ctypes.CDLL, font: int) -> tuple[str, ...]:
    names: list[str] = []
    value = ctypes.c_char_p()
    while library.FcPatternGetString(font, b"family", len(names), ctypes.byref(value)) == 0 and value.value:
        names.append(value.value.decode("utf-8", "replace"))
    return tuple(names)


def _charset(library: ctypes.CDLL, font: int) -> ctypes.c_void_p | None:
    value = ctypes.c_void_p()
    found = library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(value)) == 0
    return value if found and value.value else None


def _is_scalable(library: ctypes.CDLL, font: int) -> bool:
    # Pango takes no bitmap fonts since 1.44.
    value = ctypes.c_int()
    return library.FcPatternGetBool(font, b"scalable", 0, ctypes.byref(value)) != 0 or bool(value.value)


def _load() -> ctypes.CDLL:
    library = None
    for name in LIBRARY_NAMES:
        with suppress(OSError):
            library = ctypes.CDLL(name)
            break
    if library is None:
        raise OSError(f"{LIBRARY_NAMES[0]}: not found")
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    signatures: dict[str, tuple[object, list[object]]] = {
        "FcInitLoadConfigAndFonts": (pointer, []),
        "FcObjectSetCreate": (pointer, []),
        "FcObjectSetAdd": (ctypes.c_int, [pointer, text]),
        "FcObjectSetDestroy": (None, [pointer]),
        "FcPatternCreate": (pointer, []),
        "FcPatternDestroy": (None, [pointer]),
        "FcFontList": (ctypes.POINTER(_FontSet), [pointer, pointer, pointer]),
        "FcPatternGetString": (ctypes.c_int, [pointer, text, ctypes.c_int, ctypes.POINTER(text)]),
        "FcPatternGetCharSet": (ctypes.c_int, [pointer, text, ctypes.c_int, ctypes.POINTER(pointer)]),
        "FcPatternGetBool": (ctypes.c_int, [pointer, text, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]),
        "FcCharSetHasChar": (ctypes.c_int, [pointer, ctypes.c_uint32]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library

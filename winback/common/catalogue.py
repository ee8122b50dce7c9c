"""The message catalogue, kept without GNU gettext: extract, merge, check and compile with Babel.

English msgids stand in the code, German translations in ``locale/de/LC_MESSAGES/django.po``. The
file carries neither dates nor source lines and is sorted, so two people's changes rarely touch the
same line. ``.mo`` files are built, never committed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tokenize import TokenError

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parents[2]
LANGUAGE = "de"
PYTHON_ROOTS = ("accounts", "audits", "winback")
TEMPLATE_ROOT = "templates"

_SIMPLE: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = _SIMPLE | {
    f"{name}_lazy": spec for name, spec in _SIMPLE.items() if name not in ("_", "gettext_noop")
}

_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: de\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")

Key = tuple[str, str]


class CatalogueError(Exception):
    """A source file cannot be read for messages; the text names the file."""


@dataclass(frozen=True)
class Findings:
    """What keeps a catalogue from being complete; each entry is a readable msgid."""

    missing: tuple[str, ...] = ()
    fuzzy: tuple[str, ...] = ()
    obsolete: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Every finding as one line, ``kind: msgid``."""
        return [f"{kind}: {entry}" for kind, entries in vars(self).items() for entry in entries]


def po_path(base: Path = BASE_DIR, language: str = LANGUAGE) -> Path:
    """Where the catalogue of ``language`` stands."""
    return base / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    """Read a .po file; a file that does not exist is an empty catalogue."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as handle:
        return read_po(handle, locale=LANGUAGE)


def extract_messages(base: Path = BASE_DIR) -> Catalog:
    """Collect every translatable text. Raises CatalogueError for a file that is not readable."""
    found = Catalog(locale=LANGUAGE)
    for path, source in _sources(base):
        try:
            for _line, msgid, _comments, context in extract("python", BytesIO(source), KEYWORDS):
                found.add(msgid, context=context)
        except (SyntaxError, TokenError) as error:
            raise CatalogueError(f"{path}: {error}") from error
    return found


def merge(extracted: Catalog, translated: Catalog) -> Catalog:
    """The extracted messages with the known translations; what is no longer used is left out."""
    merged = Catalog(locale=LANGUAGE)
    known = _by_key(translated)
    for message in _messages(extracted):
        old = known.get(_key(message))
        fits = old is not None and old.pluralizable == message.pluralizable
        merged.add(
            message.id,
            string=old.string if old is not None and fits else "",
            flags=old.flags & {"fuzzy"} if old is not None else (),
            context=message.context,
        )
    return merged


def overlay(base: Catalog, part: Catalog) -> tuple[Catalog, list[str]]:
    """Take the translations of ``part`` into ``base``; returns also the msgids ``base`` lacks."""
    part_by_key = {key: message for key, message in _by_key(part).items() if _is_done(message)}
    result = Catalog(locale=LANGUAGE)
    for message in _messages(base):
        source = part_by_key.pop(_key(message), message)
        if source.pluralizable != message.pluralizable:
            source = message
        result.add(message.id, source.string, flags=source.flags, context=message.context)
    return result, sorted(_readable(message) for message in part_by_key.values())


def check(extracted: Catalog, translated: Catalog) -> Findings:
    """Compare what the sources say with what is translated."""
    wanted, known = _by_key(extracted), _by_key(translated)
    used = [known[key] for key in wanted if key in known]
    return Findings(
        missing=_names(m for key, m in wanted.items() if not _is_done(known.get(key), m)),
        fuzzy=_names(message for message in known.values() if message.fuzzy),
        obsolete=_names(message for key, message in known.items() if key not in wanted),
        placeholders=_names(m for m in used if _is_done(m) and not _placeholders_fit(m)),
    )


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write sorted, unwrapped, without dates: the same messages always give the same bytes."""
    body = BytesIO()
    write_po(
        body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True,
        ignore_obsolete=True,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_HEADER.encode() + body.getvalue().strip() + b"\n")


def compile_catalogues(base: Path = BASE_DIR) -> list[Path]:
    """Write a .mo file beside every .po file below ``locale/``; returns the files written."""
    written = []
    for po in sorted((base / "locale").glob("*/LC_MESSAGES/*.po")):
        target = po.with_suffix(".mo")
        with target.open("wb") as handle:
            write_mo(handle, read_catalogue(po))
        written.append(target)
    return written


def _sources(base: Path) -> Iterator[tuple[Path, bytes]]:
    for root in PYTHON_ROOTS:
        for path in sorted((base / root).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_bytes()
    for path in sorted((base / TEMPLATE_ROOT).rglob("*")):
        if path.suffix in (".html", ".txt"):
            yield path, _template_as_python(path)


def _template_as_python(path: Path) -> bytes:
    """Django blanks a template into text that only xgettext reads; without indents it is Python."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in text.splitlines()).encode()


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    return (_forms(message.id)[0], message.context or "")


def _by_key(catalogue: Catalog) -> dict[Key, Message]:
    return {_key(message): message for message in _messages(catalogue)}


def _forms(text: object) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(text) if isinstance(text, tuple | list) else ()


def _is_done(message: Message | None, wanted: Message | None = None) -> bool:
    if message is None or (wanted is not None and message.pluralizable != wanted.pluralizable):
        return False
    forms = _forms(message.string)
    return bool(forms) and all(forms)


def _placeholders_fit(message: Message) -> bool:
    """The translation names the placeholders of the msgid: the last plural form is the model."""
    wanted = set(_PLACEHOLDER.findall(_forms(message.id)[-1]))
    return set(_PLACEHOLDER.findall(_forms(message.string)[-1])) == wanted


def _readable(message: Message) -> str:
    text = " | ".join(_forms(message.id))
    return f"[{message.context}] {text}" if message.context else text


def _names(messages: Iterable[Message]) -> tuple[str, ...]:
    return tuple(sorted(_readable(message) for message in messages))


if __name__ == "__main__":
    compile_catalogues()

"""Read the form a page shows, as a browser would send it back."""

from __future__ import annotations

from html.parser import HTMLParser

Fields = dict[str, list[str]]
#: Not the form's own business.
_FRAME = {"csrfmiddlewaretoken"}


class FormReader(HTMLParser):
    """Collects the controls of all POST forms of a page: name → values sent."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.options: Fields = {}
        self.kinds: dict[str, str] = {}
        self._inside = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "form":
            self._inside = found.get("method", "").lower() == "post"
        elif tag == "option" and self._select:
            self._option(found)
        elif self._inside and name and name not in _FRAME and "disabled" not in found:
            self._control(tag, name, found)

    def _control(self, tag: str, name: str, found: dict[str, str]) -> None:
        kind = found.get("type", tag)
        if tag == "button":
            return
        self.kinds[name] = kind
        values = self.fields.setdefault(name, [])
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
        elif kind in {"radio", "checkbox"}:
            self.options.setdefault(name, []).append(found.get("value", "on"))
            if "checked" in found:
                values.append(found.get("value", "on"))
        else:
            values.append(found.get("value", ""))

    def _option(self, found: dict[str, str]) -> None:
        value = found.get("value", "")
        if value:
            self.options.setdefault(self._select, []).append(value)
        if "selected" in found and value:
            self.fields[self._select].append(value)

    def handle_data(self, data: str) -> None:
        if self._area and data.strip():
            self.fields[self._area].append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def read_form(html: str) -> Fields:
    """What the page would send, every empty control filled with something plausible."""
    reader = FormReader()
    reader.feed(html)
    return {name: values or _filler(name, reader) for name, values in reader.fields.items()}


def filled(fields: Fields) -> Fields:
    """The same with words and dates in text controls that are still empty."""
    return {name: values if any(values) else [_text(name)] for name, values in fields.items()}


def _filler(name: str, reader: FormReader) -> list[str]:
    if reader.kinds[name] == "checkbox":
        return []
    return reader.options.get(name, [])[-1:]


def _text(name: str) -> str:
    if name.endswith("_on") or name in {"until", "window_start", "window_end"}:
        return "24.11.2026" if name in {"until", "due_on", "resting_until"} else "23.11.2026"
    if "email" in name:
        return "neu@provider.example"
    if any(word in name for word in ("value", "size", "share", "area", "amount")):
        return "12"
    return "Ein ordentlicher Text"

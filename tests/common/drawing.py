"""Reads a chart back from its SVG text, so that tests ask for marks instead of strings."""

from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


class Drawing:
    """The parsed picture: its title, and its marks by class."""

    def __init__(self, svg: str) -> None:
        self.source = svg
        self.root = ET.fromstring(svg)  # noqa: S314  # our own output

    @property
    def title(self) -> str:
        first = self.root[0]
        assert first.tag == f"{SVG}title"
        assert self.root.get("aria-labelledby") == first.get("id")
        return first.text or ""

    @property
    def width(self) -> float:
        return float(self.root.get("width", "0"))

    @property
    def height(self) -> float:
        return float(self.root.get("height", "0"))

    def marks(self, name: str, tag: str = "") -> list[ET.Element]:
        """All marks with the class ``c-<name>``, in drawing order."""
        return [
            element
            for element in self.root.iter()
            if element.get("class") == f"c-{name}" and element.tag.endswith(tag)
        ]

    def mark(self, name: str, tag: str = "") -> ET.Element:
        """The only mark of this class."""
        (found,) = self.marks(name, tag)
        return found

    def values(self, name: str, attribute: str, tag: str = "") -> list[float]:
        """One attribute of all marks of a class, as numbers."""
        return [number(mark, attribute) for mark in self.marks(name, tag)]

    @property
    def texts(self) -> list[str]:
        return [element.text or "" for element in self.root.iter(f"{SVG}text")]

    def text(self, content: str) -> ET.Element:
        """The first text with this content."""
        return next(e for e in self.root.iter(f"{SVG}text") if e.text == content)


def number(mark: ET.Element, attribute: str) -> float:
    return float(mark.get(attribute, "nan"))


def path_points(mark: ET.Element) -> list[tuple[float, float]]:
    """The corners of a path of straight lines."""
    pairs = mark.get("d", "").strip("MZ").split("L")
    return [(float(x), float(y)) for x, y in (pair.split() for pair in pairs)]

"""The texts of the demo and of the catalogues they speak of, as they stand in the files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from winback.demo.services.build import CASES
from winback.demo.services.reference import FOLDER as CATALOGUES
from winback.demo.services.story import FOLDER, read

Text = dict[str, Any]

STORIES: dict[str, Text] = {path.stem: read(path) for path in sorted(CASES.glob("*.yaml"))}
PEOPLE: Text = read(FOLDER / "people.yaml")
CLIENTS: Text = read(FOLDER / "clients.yaml")
RESULTS: dict[str, str] = read(FOLDER / "results.yaml")

KPIS: dict[str, Text] = {kpi["key"]: kpi for kpi in read(CATALOGUES / "kpis.yaml")["kpis"]}
CAUSES: dict[str, Text] = {
    cause["key"]: cause
    for group in read(CATALOGUES / "root_causes.yaml")["groups"]
    for cause in group["causes"]
}
MEASURES: dict[str, Text] = {
    measure["key"]: measure
    for phase in read(CATALOGUES / "plan_template.yaml")["phases"]
    for measure in phase["measures"]
}
QUESTIONS: dict[str, list[str]] = {
    template["key"]: [
        question["id"] for group in template["groups"] for question in group["questions"]
    ]
    for template in read(CATALOGUES / "audit_templates.yaml")["templates"]
}


def parts(story: Text, name: str) -> list[Text]:
    """The entries of one part of a story; none where the story has no such part."""
    found = story.get(name) or []
    return found if isinstance(found, list) else [found]


def everything(story: Text) -> Iterator[tuple[str, Text]]:
    """Every entry of a story with the name of its part."""
    for name in story:
        for entry in parts(story, name):
            yield name, entry

"""Documents of a story, and the small incidents that came before the notice."""

from __future__ import annotations

from datetime import date
from typing import Any

from winback.cases.models import CaseDocument
from winback.cases.services import papers
from winback.demo.services.sheets import pdf_sheet, picture
from winback.demo.services.story import Story
from winback.documents.rules import CheckedFile

FILING, NOTING = 15, 9


def plan_papers(story: Story) -> None:
    """Plan every document with its later versions, and every incident."""
    for number, text in enumerate(story.part("documents")):
        _plan_document(story, f"document-{number}", text)
    for text in story.part("incidents"):
        _plan_incident(story, text)


def _plan_document(story: Story, name: str, text: dict[str, Any]) -> None:
    story.at(text["day"], FILING, lambda on: _file(story, name, text, on))
    for again in text.get("again", ()):
        _plan_renewal(story, name, again)


def _plan_renewal(story: Story, name: str, text: dict[str, Any]) -> None:
    story.at(text["day"], FILING, lambda on: _renew(story, name, text))


def _plan_incident(story: Story, text: dict[str, Any]) -> None:
    story.at(text["noted"], NOTING, lambda on: _note(story, text))


def _file(story: Story, name: str, text: dict[str, Any], on: date) -> None:
    case = story.case()
    owner = story.who(text["owner"]) if "owner" in text else case.owner
    changes = {
        "title": text["title"],
        "kind": text["kind"],
        "valid_until": _until(story, text),
        "owner": owner,
        "note": text.get("note", ""),
        "is_shared": text.get("shared", False),
    }
    paper = papers.add_document(
        case=case, actor=owner, today=on, upload=_made(text["file"], text), changes=changes
    )
    story.rows[name] = paper.pk


def _renew(story: Story, name: str, text: dict[str, Any]) -> None:
    paper = CaseDocument.objects.select_related("case", "document", "owner").get(
        pk=story.rows[name]
    )
    papers.add_version(
        paper=paper,
        version=paper.document.version,
        actor=paper.owner,
        upload=_made(text["file"], {"title": paper.document.title, **text}),
        valid_until=_until(story, text),
    )


def _note(story: Story, text: dict[str, Any]) -> None:
    case = story.case()
    changes = {
        "happened_on": story.day(text["day"]),
        "kind": text["kind"],
        "what": text["what"],
        "consequence": text.get("consequence", ""),
    }
    papers.record_incident(case=case, actor=case.owner, changes=changes)


def _until(story: Story, text: dict[str, Any]) -> date | None:
    return story.day(text["until"]) if "until" in text else None


def _made(name: str, text: dict[str, Any]) -> CheckedFile:
    if name.endswith(".jpg"):
        return picture(name)
    return pdf_sheet(name, text["title"], text.get("lines", []))

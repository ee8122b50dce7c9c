"""Checklists of the catalogue: loading them, versioned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from audits.enums import AuditKind
from audits.models import AuditTemplate, Question, QuestionGroup, TemplateVersion


@transaction.atomic
def load_template(*, data: Mapping[str, Any], today: date) -> TemplateVersion:
    """Load one checklist of the reference catalogue; returns its newest version.

    Doing it again changes nothing. Changed questions make a new version, released ``today``: an
    audit keeps the version it began with. Name and purpose follow the catalogue unless an
    administrator edited the row.

    Raises KeyError when an entry lacks what a checklist needs.
    """
    template = _template(data)
    fingerprint = _fingerprint(data["groups"])
    newest = template.versions.first()
    if newest is not None and newest.fingerprint == fingerprint:
        return newest
    version = TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        released_on=today,
        fingerprint=fingerprint,
    )
    for position, group in enumerate(data["groups"], start=1):
        _add_group(version, position, group)
    return version


def _template(data: Mapping[str, Any]) -> AuditTemplate:
    facts = {
        "kind": data["key"],
        "name_de": data["de"],
        "name_en": data["en"],
        "purpose_de": data.get("purpose_de", ""),
        "purpose_en": data.get("purpose_en", ""),
        "typical_hours": data.get("typical_hours"),
        "position": AuditKind.values.index(data["key"]) + 1,
    }
    template, _is_new = AuditTemplate.objects.get_or_create(key=data["key"], defaults=facts)
    changed = [name for name, value in facts.items() if getattr(template, name) != value]
    if changed and not template.edited:
        for name in changed:
            setattr(template, name, facts[name])
        template.save(update_fields=changed)
    return template


def _fingerprint(groups: object) -> str:
    """SHA-256 over the questions; the order of keys does not matter."""
    text = json.dumps(groups, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _add_group(version: TemplateVersion, position: int, data: Mapping[str, Any]) -> None:
    group = QuestionGroup.objects.create(
        version=version,
        key=data["key"],
        name_de=data["de"],
        name_en=data["en"],
        position=position,
    )
    Question.objects.bulk_create(
        Question(
            group=group,
            code=each["id"],
            text_de=each["de"],
            text_en=each["en"],
            hint_de=each.get("hint_de", ""),
            hint_en=each.get("hint_en", ""),
            weight=each["w"],
            is_critical=each.get("critical", False),
            wants_photo=each.get("photo", False),
            norm_refs=each.get("refs", []),
            position=place,
        )
        for place, each in enumerate(data["questions"], start=1)
    )

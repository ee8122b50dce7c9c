"""Talks as ready strings, and the mood over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from winback.common.charts import Spark, Unit, sparkline
from winback.common.formats import NBSP, format_date
from winback.dialogue.enums import Mood
from winback.dialogue.models import Interaction

Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One line of a list of talks."""

    day: str
    time: str
    kind: str
    subject: str
    url: str
    people: str
    summary: str
    mood: str
    channel: str
    shared: bool
    one_sided: bool


def talk_row(talk: Interaction) -> TalkRow:
    """Needs ``with_rows()``; no further statement."""
    return TalkRow(
        day=format_date(talk.held_on),
        time=clock_time(talk),
        kind=talk.get_kind_display(),
        subject=talk.subject,
        url=talk.get_absolute_url(),
        people=", ".join(participants(talk)),
        summary=talk.summary,
        mood=mood_words(talk.mood),
        channel=talk.get_channel_display(),
        shared=talk.is_shared,
        one_sided=not talk.is_two_sided,
    )


def clock_time(talk: Interaction) -> str:
    return f"{talk.starts_at:%H:%M}" if talk.starts_at else ""


def participants(talk: Interaction) -> list[str]:
    """The client's people first, then ours, then others."""
    names = [contact.name for contact in talk.contacts.all()]
    names += [user.short_name for user in talk.our_people.all()]
    return [*names, talk.others] if talk.others else names


def mood_words(mood: int | None) -> str:
    """``4 offen``; a dash where nobody judged it."""
    return f"{mood}{NBSP}{Mood(mood).label}" if mood else "–"


def last_contact(last_on: date | None, today: date) -> str:
    """``Letzter Kontakt: 20.11.2026, vor 3 Tagen``."""
    if last_on is None:
        return _("No talk on record yet.")
    return _("Last talk with both sides: %(day)s, %(ago)s") % {
        "day": format_date(last_on),
        "ago": _ago((today - last_on).days),
    }


def _ago(days: int) -> str:
    if days <= 0:
        return pgettext("contact", "today")
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


@dataclass(frozen=True, slots=True)
class MoodLine:
    """The mood over the talks in which somebody judged it: a small line and its table."""

    message: str
    chart: SafeString
    heads: list[str]
    rows: list[list[str]]


def mood_line(talks: Iterable[Interaction]) -> MoodLine | None:
    """Oldest first; None below two judgements, which make no line."""
    judged = sorted((t for t in talks if t.mood), key=lambda talk: (talk.held_on, talk.pk))
    values = [float(talk.mood or 0) for talk in judged]
    if len(values) < 2:  # a line has two ends
        return None
    label = _("Mood of the client from 1 (hostile) to 5 (trusting)")
    spark = Spark("mood", label, values, unit=Unit("", 0, higher_is_better=True), width=320)
    ends = {"first": mood_words(judged[0].mood), "last": mood_words(judged[-1].mood)}
    return MoodLine(
        message=_("Mood of the client: from %(first)s to %(last)s") % ends,
        chart=sparkline(spark),
        heads=[pgettext("interaction", "Held on"), pgettext("interaction", "Kind"), _("Mood")],
        rows=[
            [format_date(talk.held_on), talk.get_kind_display(), mood_words(talk.mood)]
            for talk in reversed(judged)
        ],
    )


def talk_facts(talk: Interaction) -> list[Fact]:
    """Who, when, how."""
    when = format_date(talk.held_on) + (f", {clock_time(talk)}" if talk.starts_at else "")
    contacts = ", ".join(contact.name for contact in talk.contacts.all())
    ours = ", ".join(str(user) for user in talk.our_people.all())
    both = _("both sides spoke") if talk.is_two_sided else _("one-sided")
    rows = [
        (pgettext("interaction", "Held on"), when, ""),
        (pgettext("interaction", "Channel"), talk.get_channel_display(), both),
        (_("Contacts of the client"), contacts, ""),
        (_("Our people"), ours, ""),
    ]
    rows += _known((_("Further participants"), talk.others), (_("Moderated by"), talk.moderator))
    rows.append((_("Mood of the client"), mood_words(talk.mood), ""))
    if talk.series:
        rows.append((_("Meeting series"), talk.series.title, ""))
    return rows


def _known(*pairs: tuple[str, str]) -> list[Fact]:
    return [(label, value, "") for label, value in pairs if value]


def texts(talk: Interaction) -> list[tuple[str, str]]:
    """The long texts that are filled, each under its heading."""
    found = [
        (_("Result in brief"), talk.summary),
        (pgettext("minutes", "Decisions"), talk.decisions),
        (_("In the client's words"), talk.client_words),
        (_("Agenda"), talk.agenda),
        (_("Minutes"), talk.minutes),
    ]
    return [(heading, text) for heading, text in found if text]


_GAPS = {
    "failures_admitted": _("which failures were admitted"),
    "takes_responsibility": _("whether we took responsibility"),
    "apologised_by": _("who apologised and in which form"),
    "solutions_offered": _("which solutions were offered"),
    "make_good_asked": _("whether we asked how the damage can be made good"),
}


def gaps(talk: Interaction) -> list[str]:
    """What the record of a crisis talk still lacks, in words."""
    return [str(_GAPS[name]) for name in talk.gaps]


def admissions(talk: Interaction) -> list[Fact]:
    """Failure, responsibility, apology, making good; empty where nothing of it was said."""
    apology = f"{talk.apologised_by}" if talk.apologised_by else ""
    rows = [
        (_("Failures admitted"), talk.failures_admitted, ""),
        (_("Responsibility"), _("taken, without excuses") if talk.takes_responsibility else "", ""),
        (_("Apology given by"), apology, talk.get_apology_form_display()),
        (_("Solutions offered"), talk.solutions_offered, ""),
        (_("Make-good question"), _("asked") if talk.make_good_asked else "", ""),
        (_("The client's answer"), talk.make_good_answer, ""),
    ]
    return rows if any(value for _label, value, _note in rows) else []

"""What was promised: three commitments."""

from __future__ import annotations

from datetime import timedelta

from winback.demo.services.mass.frame import Frame
from winback.dialogue.enums import Verb
from winback.dialogue.models import Commitment

_PROMISES = (
    "Fester Ansprechpartner vor Ort, werktags von 7 bis 17 Uhr",
    "Monatlicher Bericht bis zum fünften Werktag",
    "Störungen am Aufzug innerhalb von zwei Stunden",
)


def promise(frame: Frame) -> None:
    """Three commitments, ten days apart; one in twenty is broken."""
    for place, what in enumerate(_PROMISES, start=1):
        on = frame.after(10 * place)
        if on > frame.today:
            return
        due_on = on + timedelta(days=21)
        commitment = Commitment(
            case=frame.case,
            what=what,
            promised_on=on,
            owner=frame.operations,
            due_on=due_on,
            original_due_on=due_on,
            confirmed_by=frame.operations,
            confirmed_on=on,
            feasibility="Personal ist eingeplant.",
            phase=frame.case.phase,
        )
        _keep(frame, commitment)
        frame.rows.add(commitment)
        frame.tell(Verb.PROMISED, on, frame.lead, title=what)


def _keep(frame: Frame, commitment: Commitment) -> None:
    done_on = frame.done_on(commitment.due_on, since=commitment.promised_on)
    if done_on and frame.likely(5):
        commitment.broken_on, commitment.broken_reason = done_on, "Personal fiel aus."
    else:
        commitment.done_on = done_on

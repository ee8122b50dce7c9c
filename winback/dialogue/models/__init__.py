"""What was said, promised, complained about and expected between the client and us."""

from winback.dialogue.models.commitment import Commitment, CommitmentQuerySet, land_of
from winback.dialogue.models.complaint import Complaint, ComplaintQuerySet
from winback.dialogue.models.contact import CommunicationWay, ContactRhythm
from winback.dialogue.models.expectation import Expectation
from winback.dialogue.models.meeting import FollowUp, MeetingSeries
from winback.dialogue.models.talk import Interaction, InteractionQuerySet

__all__ = [
    "Commitment",
    "CommitmentQuerySet",
    "CommunicationWay",
    "Complaint",
    "ComplaintQuerySet",
    "ContactRhythm",
    "Expectation",
    "FollowUp",
    "Interaction",
    "InteractionQuerySet",
    "MeetingSeries",
    "land_of",
]

"""Changing many rows of a list of the dialogue at once."""

from winback.dialogue.bulk.commitments import BULK as COMMITMENTS
from winback.dialogue.bulk.commitments import KIND as COMMITMENT_KIND
from winback.dialogue.bulk.complaints import BULK as COMPLAINTS
from winback.dialogue.bulk.complaints import KIND as COMPLAINT_KIND

KINDS = (COMMITMENT_KIND, COMPLAINT_KIND)

__all__ = ["COMMITMENTS", "COMMITMENT_KIND", "COMPLAINTS", "COMPLAINT_KIND", "KINDS"]

"""The lists of the dialogue: which rows, in which order; all of it lives in the URL."""

from winback.dialogue.filters.commitments import CommitmentFilter
from winback.dialogue.filters.complaints import ComplaintFilter, TalkFilter

__all__ = ["CommitmentFilter", "ComplaintFilter", "TalkFilter"]

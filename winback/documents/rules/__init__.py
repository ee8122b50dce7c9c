"""What may be stored: a file is judged by its content, then kept under a harmless name."""

from winback.documents.rules.checking import CheckedFile, Limits, check
from winback.documents.rules.refusal import Refused

__all__ = ["CheckedFile", "Limits", "Refused", "check"]

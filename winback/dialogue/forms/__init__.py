"""Forms of the dialogue: input to clean data, soft warnings."""

from winback.dialogue.forms.agreements import (
    DecisionForm,
    ExpectationForm,
    RhythmForm,
    WayForm,
)
from winback.dialogue.forms.base import (
    ConfirmForm,
    EndForm,
)
from winback.dialogue.forms.commitments import (
    BreakForm,
    CommitmentForm,
    ForewarnForm,
    HandOverForm,
    KeepForm,
    ReleaseForm,
    TellForm,
)
from winback.dialogue.forms.complaints import (
    AcknowledgeForm,
    AnswerForm,
    CloseForm,
    ComplaintForm,
    CoreForm,
    ReopenForm,
)
from winback.dialogue.forms.meetings import (
    FollowUpDoneForm,
    FollowUpForm,
    SeriesForm,
)
from winback.dialogue.forms.talks import (
    AdmissionForm,
    CrisisTalkForm,
    MinutesForm,
    TalkForm,
)

__all__ = [
    "AcknowledgeForm",
    "AdmissionForm",
    "AnswerForm",
    "BreakForm",
    "CloseForm",
    "CommitmentForm",
    "ComplaintForm",
    "ConfirmForm",
    "CoreForm",
    "CrisisTalkForm",
    "DecisionForm",
    "EndForm",
    "ExpectationForm",
    "FollowUpDoneForm",
    "FollowUpForm",
    "ForewarnForm",
    "HandOverForm",
    "KeepForm",
    "MinutesForm",
    "ReleaseForm",
    "ReopenForm",
    "RhythmForm",
    "SeriesForm",
    "TalkForm",
    "TellForm",
    "WayForm",
]

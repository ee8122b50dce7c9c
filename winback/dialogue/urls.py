"""Addresses of the dialogue: below their case, and the lists over all cases."""

from django.urls import path

from winback.common.sheets import sheet_paths
from winback.dialogue.views import (
    agreements,
    commitments,
    complaints,
    crisis,
    lists,
    meetings,
    talks,
)

app_name = "dialogue"
_CASE = "faelle/<str:number>/"
_ONE = f"{_CASE}zusagen/<int:pk>/"
_TALK = f"{_CASE}gespraeche/<int:pk>/"
_SERIES = f"{_CASE}gespraechsreihen/<int:pk>/"
_CALL = f"{_CASE}rueckrufe/<int:pk>/"
_COMPLAINT = "beschwerden/<str:number>/"
_EXPECTATION = f"{_CASE}erwartungen/<int:pk>/"
_RHYTHM = f"{_CASE}kontaktrhythmus/<int:pk>/"
_WAY = f"{_CASE}kommunikationswege/<int:pk>/"
urlpatterns = [
    path("zusagen/", lists.commitment_list, name="list"),
    *sheet_paths("zusagen/", lists.commitment_export, "export"),
    path(f"{_CASE}kommunikation/", commitments.case_dialogue, name="case"),
    path(f"{_CASE}zusagen/neu/", commitments.give, name="give"),
    path(_ONE, commitments.detail, name="detail"),
    path(f"{_ONE}bearbeiten/", commitments.edit, name="edit"),
    path(f"{_ONE}einloesung/", commitments.keep, name="keep"),
    path(f"{_ONE}bruch/", commitments.declare_broken, name="break"),
    path(f"{_ONE}erlass/", commitments.release, name="release"),
    path(f"{_ONE}nachweis/", commitments.proof, name="proof"),
    path(f"{_ONE}vorabinformation/", commitments.forewarn, name="forewarn"),
    path(f"{_ONE}mitteilung/", commitments.tell, name="tell"),
    path(f"{_ONE}uebergabe/", commitments.hand_over, name="hand_over"),
    path(f"{_CASE}gespraeche/", talks.talk_list, name="talks"),
    path(f"{_CASE}gespraeche/neu/", talks.talk_new, name="talk_new"),
    path(f"{_CASE}krisengespraech/", crisis.agenda, name="crisis"),
    path(f"{_CASE}krisengespraech/eintragen/", crisis.record, name="crisis_record"),
    path(_TALK, talks.detail, name="talk_detail"),
    path(f"{_TALK}bearbeiten/", talks.talk_edit, name="talk_edit"),
    path(f"{_TALK}protokoll/", talks.talk_minutes, name="talk_minutes"),
    path(f"{_TALK}wiedergutmachung/", talks.talk_admission, name="talk_admission"),
    path(f"{_TALK}freigabe/", talks.talk_share, name="talk_share"),
    path(f"{_TALK}freigabe/ruecknahme/", talks.talk_withdraw, name="talk_withdraw"),
    path(f"{_CASE}gespraechsreihen/neu/", meetings.series_new, name="series_new"),
    path(f"{_SERIES}bearbeiten/", meetings.series_edit, name="series_edit"),
    path(f"{_SERIES}gespraech/", talks.series_record, name="series_record"),
    path(f"{_SERIES}ende/", meetings.series_end, name="series_end"),
    path(f"{_CASE}rueckrufe/neu/", meetings.followup_new, name="followup_new"),
    path(f"{_CALL}bearbeiten/", meetings.followup_edit, name="followup_edit"),
    path(f"{_CALL}erledigung/", meetings.followup_done, name="followup_done"),
    path("beschwerden/", lists.complaint_list, name="complaints"),
    *sheet_paths("beschwerden/", lists.complaint_export, "complaints_export"),
    path(f"{_CASE}beschwerden/", complaints.case_complaints, name="case_complaints"),
    path(f"{_CASE}beschwerden/neu/", complaints.complaint_new, name="complaint_new"),
    path(_COMPLAINT, complaints.detail, name="complaint_detail"),
    path(f"{_COMPLAINT}bearbeiten/", complaints.complaint_edit, name="complaint_edit"),
    path(f"{_COMPLAINT}kern/", complaints.complaint_core, name="complaint_core"),
    path(
        f"{_COMPLAINT}bestaetigung/", complaints.complaint_acknowledge, name="complaint_acknowledge"
    ),
    path(f"{_COMPLAINT}antwort/", complaints.complaint_answer, name="complaint_answer"),
    path(f"{_COMPLAINT}abschluss/", complaints.complaint_close, name="complaint_close"),
    path(f"{_COMPLAINT}wiederaufnahme/", complaints.complaint_reopen, name="complaint_reopen"),
    path(f"{_CASE}erwartungen/", agreements.expectation_list, name="expectations"),
    path(f"{_CASE}erwartungen/neu/", agreements.expectation_new, name="expectation_new"),
    path(f"{_EXPECTATION}bearbeiten/", agreements.expectation_edit, name="expectation_edit"),
    path(f"{_EXPECTATION}entscheidung/", agreements.expectation_decide, name="expectation_decide"),
    path(f"{_CASE}kontaktregeln/", agreements.ways, name="ways"),
    path(f"{_CASE}kontaktrhythmus/neu/", agreements.rhythm_new, name="rhythm_new"),
    path(f"{_RHYTHM}bearbeiten/", agreements.rhythm_edit, name="rhythm_edit"),
    path(f"{_RHYTHM}ende/", agreements.rhythm_end, name="rhythm_end"),
    path(f"{_CASE}kommunikationswege/neu/", agreements.way_new, name="way_new"),
    path(f"{_WAY}bearbeiten/", agreements.way_edit, name="way_edit"),
    path(f"{_WAY}ende/", agreements.way_end, name="way_end"),
]

"""The API's addresses: nouns, one view each."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import IsAuthenticated

from counseling.api import (
    agencies,
    care,
    channels,
    duty,
    handovers,
    me,
    messages,
    programs,
    roster,
    sessions,
    supervision,
    wall,
)
from counseling.openapi import StaffDocument

app_name = "api"
DESCRIPTION = {"generator_class": StaffDocument, "permission_classes": [IsAuthenticated], "schema": None}

urlpatterns = [
    path("me", me.MeView.as_view(), name="me"),
    path("me/login", me.LoginView.as_view(), name="login"),
    path("me/preferences", me.PreferencesView.as_view(), name="preferences"),
    path("programs/<int:program_id>/duty", duty.DutyView.as_view(), name="duty"),
    path("programs/<int:program_id>/duty/break", duty.BreakView.as_view(), name="break"),
    path("programs/<int:program_id>/surge", duty.SurgeView.as_view(), name="surge"),
    path("programs/<int:program_id>/reassignments", wall.ReassignmentsView.as_view(), name="reassignments"),
    path("programs/<int:program_id>/diversion", wall.DiversionView.as_view(), name="diversion"),
    path("programs/<int:program_id>/pause", wall.ReceptionPauseView.as_view(), name="reception-pause"),
    path("programs/<int:program_id>/call-ins", wall.CallInsView.as_view(), name="call-ins"),
    path("programs/<int:program_id>/care", care.CareView.as_view(), name="care"),
    path("programs/<int:program_id>/board", programs.BoardView.as_view(), name="board"),
    path("programs/<int:program_id>/canned-replies", programs.CannedRepliesView.as_view(), name="canned-replies"),
    path(
        "programs/<int:program_id>/canned-replies/<int:reply_id>/uses",
        programs.CannedReplyUsesView.as_view(),
        name="canned-reply-uses",
    ),
    path("programs/<int:program_id>/agencies", agencies.AgenciesView.as_view(), name="agencies"),
    path("programs/<int:program_id>/claims", programs.ClaimsView.as_view(), name="claims"),
    path("programs/<int:program_id>/handover-notes", handovers.HandoverNotesView.as_view(), name="handover-notes"),
    path("handover-notes/<int:note_id>/tick", handovers.TickView.as_view(), name="handover-tick"),
    path("programs/<int:program_id>/roster", roster.RosterView.as_view(), name="roster"),
    path("programs/<int:program_id>/roster/shifts", roster.ShiftsView.as_view(), name="shifts"),
    path("programs/<int:program_id>/roster/copies", roster.CopiesView.as_view(), name="roster-copies"),
    path("programs/<int:program_id>/roster/publication", roster.PublicationView.as_view(), name="roster-publication"),
    path("programs/<int:program_id>/roster/patterns", roster.PatternsView.as_view(), name="patterns"),
    path("programs/<int:program_id>/roster/required", roster.RequiredView.as_view(), name="required-lines"),
    path("shifts/<int:shift_id>", roster.ShiftView.as_view(), name="shift"),
    path("patterns/<int:pattern_id>", roster.PatternView.as_view(), name="pattern"),
    path("sessions/<int:session_id>", sessions.SessionView.as_view(), name="session"),
    path("sessions/<int:session_id>/reading", supervision.ReadingView.as_view(), name="reading"),
    path("sessions/<int:session_id>/call", supervision.CallView.as_view(), name="call"),
    path("sessions/<int:session_id>/call/answer", supervision.CallAnswerView.as_view(), name="call-answer"),
    path("sessions/<int:session_id>/proposals", supervision.ProposalsView.as_view(), name="proposals"),
    path("sessions/<int:session_id>/proposals/<int:proposal_id>", supervision.ProposalView.as_view(), name="proposal"),
    path("sessions/<int:session_id>/takeover", supervision.TakeOverView.as_view(), name="takeover"),
    path("sessions/<int:session_id>/protection", supervision.ProtectionView.as_view(), name="protection"),
    path("sessions/<int:session_id>/assignment", sessions.AssignmentView.as_view(), name="assignment"),
    path("sessions/<int:session_id>/offer", sessions.OfferView.as_view(), name="offer"),
    path("sessions/<int:session_id>/hold", sessions.HoldView.as_view(), name="hold"),
    path("sessions/<int:session_id>/risk", sessions.RiskView.as_view(), name="risk"),
    path("sessions/<int:session_id>/ending", sessions.EndingView.as_view(), name="ending"),
    path("sessions/<int:session_id>/aftercare", care.AftercareView.as_view(), name="aftercare"),
    path("sessions/<int:session_id>/aftercare/pause", care.PauseView.as_view(), name="aftercare-pause"),
    path("sessions/<int:session_id>/closure", sessions.ClosureView.as_view(), name="closure"),
    path("sessions/<int:session_id>/messages", messages.MessagesView.as_view(), name="messages"),
    path("sessions/<int:session_id>/interventions", supervision.InterventionsView.as_view(), name="interventions"),
    path("sessions/<int:session_id>/notes", messages.NotesView.as_view(), name="notes"),
    path("sessions/<int:session_id>/whispers", supervision.WhispersView.as_view(), name="whispers"),
    path("sessions/<int:session_id>/draft", messages.DraftView.as_view(), name="draft"),
    path("sessions/<int:session_id>/read", messages.ReadView.as_view(), name="read"),
    path("deliveries/<int:delivery_id>/decision", messages.DeliveryDecisionView.as_view(), name="decision"),
    path("attachments/<int:attachment_id>", messages.AttachmentView.as_view(), name="attachment"),
    path("visitors/<int:visitor_id>/sessions", sessions.VisitorSessionsView.as_view(), name="visitor-sessions"),
    path("channels/<int:channel_id>/pause", channels.PauseView.as_view(), name="pause"),
    path("schema", SpectacularAPIView.as_view(**DESCRIPTION), name="schema"),
]

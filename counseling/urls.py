"""Addresses of the counseling side: console, back office, visitors' pages, LINE's webhook."""

from django.urls import include, path

from counseling.pages import (
    agencies,
    agency_files,
    audit,
    calendar,
    connections,
    hours,
    line,
    office,
    requests,
    roster,
    roster_files,
    shifts,
    staffing,
    subscriptions,
    team,
)
from counseling.pages.console import console
from counseling.pages.wall import wall

ONE_SUBSCRIPTION = "programs/<slug:slug>/connections/subscriptions/<int:subscription_id>"

office_pages = [
    path("office/", office.home, name="home"),
    path("programs/<slug:slug>/connections/", connections.connections, name="connections"),
    path("programs/<slug:slug>/connections/tokens/", connections.new_token, name="token-new"),
    path(
        "programs/<slug:slug>/connections/tokens/<int:token_id>/revocation/",
        connections.token_revocation,
        name="token-revocation",
    ),
    path("programs/<slug:slug>/connections/subscriptions/", subscriptions.new, name="subscription-new"),
    path(f"{ONE_SUBSCRIPTION}/", subscriptions.subscription, name="subscription"),
    path(f"{ONE_SUBSCRIPTION}/ping/", subscriptions.ping, name="subscription-ping"),
    path(f"{ONE_SUBSCRIPTION}/state/", subscriptions.state, name="subscription-state"),
    path(f"{ONE_SUBSCRIPTION}/removal/", subscriptions.removal, name="subscription-removal"),
    path("programs/<slug:slug>/roster/", roster.roster, name="roster"),
    path("programs/<slug:slug>/roster.csv", roster_files.export, name="roster-csv"),
    path("programs/<slug:slug>/roster/import/", roster_files.take_in, name="roster-import"),
    path("programs/<slug:slug>/requests/", requests.requests, name="requests"),
    path("programs/<slug:slug>/hours/", hours.hours, name="hours"),
    path("programs/<slug:slug>/hours.csv", hours.export, name="hours-csv"),
    path("programs/<slug:slug>/staffing/", staffing.staffing, name="staffing"),
    path("programs/<slug:slug>/staffing/surge/", staffing.surge, name="staffing-surge"),
    path("programs/<slug:slug>/agencies/", agencies.agencies, name="agencies"),
    path("programs/<slug:slug>/agencies.csv", agency_files.export, name="agencies-csv"),
    path("programs/<slug:slug>/agencies/add/", agencies.add, name="agency-add"),
    path("programs/<slug:slug>/agencies/import/", agency_files.take_in, name="agencies-import"),
    path("programs/<slug:slug>/agencies/<int:agency_id>/", agencies.agency, name="agency"),
    path("programs/<slug:slug>/agencies/<int:agency_id>/check/", agencies.check, name="agency-check"),
    path("programs/<slug:slug>/agencies/<int:agency_id>/use/", agencies.use, name="agency-use"),
    path("programs/<slug:slug>/line/", line.line, name="line"),
    path("programs/<slug:slug>/line/secrets/", line.secrets, name="line-secrets"),
    path("programs/<slug:slug>/line/check/", line.check, name="line-check"),
    path("programs/<slug:slug>/line/address/", line.address, name="line-address"),
    path("programs/<slug:slug>/line/menu/", line.menu, name="line-menu"),
    path("programs/<slug:slug>/line/menu.png", line.picture, name="line-picture"),
    path("programs/<slug:slug>/line/sending/", line.resume, name="line-sending"),
    path("programs/<slug:slug>/audit/", audit.audit, name="audit"),
    path("programs/<slug:slug>/audit.csv", audit.export, name="audit-csv"),
    path("programs/<slug:slug>/team/", team.team, name="team"),
    path("programs/<slug:slug>/team/invite/", team.invite, name="invite"),
    path("programs/<slug:slug>/team/<int:user_id>/", team.person, name="person"),
    path("programs/<slug:slug>/team/<int:user_id>/roles/", team.roles, name="roles"),
    path("programs/<slug:slug>/team/<int:user_id>/profile/", team.profile, name="profile"),
    path("programs/<slug:slug>/team/<int:user_id>/invitation/", team.invitation, name="invitation"),
    path("programs/<slug:slug>/team/<int:user_id>/second-factor/", team.second_factor, name="second-factor"),
    path("programs/<slug:slug>/team/<int:user_id>/activity/", team.activity, name="activity"),
    path("programs/<slug:slug>/team/<int:user_id>/removal/", team.removal, name="removal"),
]

urlpatterns = [
    path("console/", console, name="console"),
    path("wall/", wall, name="wall"),
    path("shifts/", shifts.own, name="shifts"),
    path("shifts/calendar/", shifts.calendar, name="shift-calendar"),
    path("shifts/<int:shift_id>/request/", shifts.ask, name="shift-ask"),
    path("shifts/requests/<int:request_id>/", shifts.answer, name="shift-answer"),
    path("shifts/<slug:key>.ics", calendar.feed, name="shift-feed"),
    path("", include((office_pages, "office"))),
    path("talk/", include("counseling.gateways.web.urls")),
    path("line/", include("counseling.gateways.line.urls")),
]

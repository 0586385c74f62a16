"""Addresses of the visitor's pages, below /talk/."""

from django.urls import path

from counseling.gateways.web import views
from counseling.gateways.web.entry import entry
from counseling.gateways.web.phone import telephone
from counseling.gateways.web.returning import returning
from counseling.gateways.web.survey import answering, survey

app_name = "talk"
urlpatterns = [
    # Without a slash at the end: a program may be called anything.
    path("away", views.away, name="away"),
    path("icon.svg", views.icon, name="icon"),
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/start", views.start, name="start"),
    path("<slug:slug>/closed", views.turned_away, name="turned_away"),
    path("<slug:slug>/in/<str:token>", entry, name="entry"),
    path("<slug:slug>/terms", views.terms, name="terms"),
    path("<slug:slug>/state", views.state, name="state"),
    path("<slug:slug>/messages", views.messages, name="messages"),
    path("<slug:slug>/end", views.end, name="end"),
    path("<slug:slug>/telephone", telephone, name="telephone"),
    path("<slug:slug>/survey", survey, name="survey"),
    path("<slug:slug>/survey/<str:token>", answering, name="answering"),
    path("<slug:slug>/return", returning, name="returning"),
    path("<slug:slug>/leave", views.leave, name="leave"),
]

"""What machines read of counseling, under /api/v1/."""

from django.urls import path

from counseling import openapi
from counseling.api.v1 import views
from counseling.api.v1.notifications import WEBHOOKS

openapi.describe_notifications(WEBHOOKS)

urlpatterns = [
    path("programs", views.ProgramsView.as_view(), name="programs"),
    path("programs/<slug:slug>/hours", views.HoursView.as_view(), name="hours"),
    path("programs/<slug:slug>/sessions", views.SessionsView.as_view(), name="sessions"),
]

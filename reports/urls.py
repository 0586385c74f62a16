"""What machines read of the results, under /api/v1/."""

from django.urls import path

from reports.api import FiguresView

urlpatterns = [path("programs/<slug:slug>/figures", FiguresView.as_view(), name="figures")]

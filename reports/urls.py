"""Addresses of the results: their pages in the back office, and what machines read of them under /api/v1/."""

from django.urls import path

from reports.api import FiguresView
from reports.pages import files, period, public, today

results_pages = [
    path("programs/<slug:slug>/today/", today.today, name="today"),
    path("programs/<slug:slug>/results/", period.period, name="results"),
    path("programs/<slug:slug>/results.<slug:kind>", files.of_a_period, name="results-file"),
    path("programs/<slug:slug>/results/public/", public.public, name="public_results"),
    path("programs/<slug:slug>/results/public.<slug:kind>", files.of_a_month, name="public-results-file"),
]

urlpatterns = [path("programs/<slug:slug>/figures", FiguresView.as_view(), name="figures")]

"""Addresses of the results: their pages in the back office, and what machines read of them under /api/v1/."""

from django.urls import path

from reports.api import FiguresView
from reports.pages import (
    comparators,
    everybody,
    files,
    handed,
    mails,
    own_sheets,
    period,
    public,
    released,
    runs,
    today,
)

results_pages = [
    path("programs/<slug:slug>/today/", today.today, name="today"),
    path("programs/<slug:slug>/results/", period.period, name="results"),
    path("programs/<slug:slug>/results.<slug:kind>", files.of_a_period, name="results-file"),
    path("programs/<slug:slug>/results/comparators/", comparators.every, name="comparators"),
    path("programs/<slug:slug>/results/comparators.csv", comparators.sample, name="comparators-sample"),
    path("programs/<slug:slug>/results/sheets/", own_sheets.every, name="own-sheets"),
    path("programs/<slug:slug>/results/sheets/<int:own_sheet_id>.xlsx", own_sheets.filled, name="own-sheet"),
    path("programs/<slug:slug>/results/mails/", mails.own, name="results-mails"),
    path("programs/<slug:slug>/results/runs/", runs.every, name="runs"),
    path("programs/<slug:slug>/results/runs/<int:run_number>/", runs.one, name="run"),
    path("programs/<slug:slug>/results/runs/<int:run_number>.<slug:kind>", runs.file, name="run-file"),
    path("programs/<slug:slug>/results/public/<int:run_number>/", released.one, name="released"),
    path("programs/<slug:slug>/results/public/<int:run_number>.<slug:kind>", released.file, name="released-file"),
    path("programs/<slug:slug>/results/public/", public.public, name="public_results"),
    path("programs/<slug:slug>/retention/contract/results.zip", handed.everything, name="contract-results"),
    path("programs/<slug:slug>/results/public.<slug:kind>", files.of_a_month, name="public-results-file"),
]

# For everybody, without signing in.
public_pages = [
    path("results/<slug:slug>/", everybody.every, name="every-result"),
    path("results/<slug:slug>/<int:run_number>/", everybody.one, name="results"),
    path("results/<slug:slug>/<int:run_number>.<slug:kind>", everybody.file, name="results-file"),
]

urlpatterns = [path("programs/<slug:slug>/figures", FiguresView.as_view(), name="figures")]

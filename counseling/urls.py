"""Addresses of the counseling side: console, visitors' pages, LINE's webhook."""

from django.urls import include, path

from counseling.pages.console import console

urlpatterns = [
    path("console/", console, name="console"),
    path("talk/", include("counseling.gateways.web.urls")),
    path("line/", include("counseling.gateways.line.urls")),
]

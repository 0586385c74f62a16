"""Addresses of the counseling side: console, back office, visitors' pages, LINE's webhook."""

from django.urls import include, path

from counseling.pages import office
from counseling.pages.console import console

office_pages = [
    path("office/", office.home, name="home"),
]

urlpatterns = [
    path("console/", console, name="console"),
    path("", include((office_pages, "office"))),
    path("talk/", include("counseling.gateways.web.urls")),
    path("line/", include("counseling.gateways.line.urls")),
]

"""The site's addresses."""

from django.contrib import admin
from django.urls import include, path

from config import views
from config.health import health
from counseling.urls import office_pages
from reports.urls import public_pages, results_pages

# For machines: what is here keeps its shape. Another shape gets another number.
first_version = [
    path("", include("counseling.api.v1.urls")),
    path("", include("reports.urls")),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("health", health, name="health"),
    path("accounts/", include("accounts.urls")),
    path("api/v1/", include((first_version, "v1"))),
    path("api/", include("counseling.api.urls")),
    path("", include("counseling.urls")),
    path("", include(([*office_pages, *results_pages], "office"))),
    path("", include((public_pages, "public"))),
    path("admin/", admin.site.urls),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler429 = "accounts.views.too_many"  # allauth asks for it
handler500 = "config.views.server_error"

"""Pages behind `confirmed` and `confirmed_anew`, for test_confirmation.py."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.confirmation import confirmed, confirmed_anew
from config.urls import urlpatterns as site


@confirmed
def secret(request: HttpRequest) -> HttpResponse:
    """What was typed comes back."""
    return HttpResponse(f"kept: {request.POST.get('typed', '')}")


@confirmed_anew
def sealed(request: HttpRequest) -> HttpResponse:
    """What was typed in time comes back."""
    return HttpResponse(f"typed: {request.POST.get('typed', '')}")


urlpatterns = [path("secret/", secret), path("sealed/", sealed), *site]

"""A page behind `confirmed`, for test_confirmation.py."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.confirmation import confirmed
from config.urls import urlpatterns as site


@confirmed
def secret(request: HttpRequest) -> HttpResponse:
    """What was typed comes back."""
    return HttpResponse(f"kept: {request.POST.get('typed', '')}")


urlpatterns = [path("secret/", secret), *site]

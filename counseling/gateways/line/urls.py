"""Where LINE sends its webhooks: /line/<channel key>/webhook."""

from django.urls import path

from counseling.gateways.line.webhook import webhook

urlpatterns = [path("<slug:channel_key>/webhook", webhook, name="line-webhook")]

"""Routes. Static files are answered before these, by WhiteNoise."""

from django.urls import include, path

urlpatterns = [
    path("", include("muster.console.urls")),
]

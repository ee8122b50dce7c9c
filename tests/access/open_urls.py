"""Two planted views: one left open by mistake, one as every view is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from winback.urls import urlpatterns as real


@login_not_required
def left_open(request: HttpRequest) -> HttpResponse:
    return HttpResponse("offen")


def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("zu")


urlpatterns = [
    *real,
    path("geplant-offen/", left_open, name="planted_open"),
    path("geplant/", guarded, name="planted"),
]

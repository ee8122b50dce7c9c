"""Pages and their fragments: one template, one helper."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseClientRedirect


def is_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part of the page, not for a whole one."""
    details = getattr(request, "htmx", None)
    if not details:
        return False
    return not details.boosted and not details.history_restore_request


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page, or only its partial ``part`` when htmx asks for a fragment."""
    name = f"{template}#{part}" if part and is_fragment(request) else template
    return render(request, name, context, status=status)


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Redirect after a change; htmx is told to load the page instead of swapping it in."""
    url = resolve_url(to, *args, **kwargs)
    if is_fragment(request):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)

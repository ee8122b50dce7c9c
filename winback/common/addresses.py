"""Where a request comes from, through as many proxies as stand in front of the product."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address; None where the server knows none (a socket file).

    Every proxy appends the address it was called from, so with ``PROXY_COUNT`` proxies of our own
    that entry counted from the right is true; what stands left of it anybody may have invented.
    """
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count: int = settings.PROXY_COUNT
    if 0 < count <= len(seen) and (address := _valid(seen[-count])):
        return address
    return _valid(request.META.get("REMOTE_ADDR", ""))


def _valid(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None

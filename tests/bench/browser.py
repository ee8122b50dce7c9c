"""A person who asks for pages: cookies, forms, and seconds."""

from __future__ import annotations

import gzip
import html
import http.client
import json
import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.bench.figures import Sample

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """One person signed in; a connection per request, as behind a proxy without keep-alive."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, data: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(data))

    def sign_in(self, email: str, password: str) -> None:
        path = "/anmelden/"
        fields = {**self.hidden(path), "email": email, "password": password}
        answer = self.post(path, fields)
        if answer.status != http.client.FOUND:
            raise RuntimeError(f"{email} could not sign in: {answer.status}")

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the form on a page."""
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.get(path).text)}

    def usage(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.get("/bench/usage").body)
        return found

    def sample(self, path: str, data: dict[str, str] | None = None) -> Sample:
        """One request between two looks at what the worker has used. Raises unless it succeeds."""
        before = self.usage()
        answer = self.get(path) if data is None else self.post(path, data)
        after = self.usage()
        if answer.status != (http.client.OK if data is None else http.client.FOUND):
            raise RuntimeError(f"{path} answered {answer.status}")
        return Sample(
            seconds=answer.seconds,
            cpu=after["cpu"] - before["cpu"],
            statements=after["statements"] - before["statements"],
            size=len(gzip.compress(answer.body, 6)),
        )

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        start = time.perf_counter()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - start
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: item.value for name, item in SimpleCookie(cookie).items()}
        return Answer(response.status, content, seconds)

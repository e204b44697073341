"""Somebody at the other end: keeps a connection open, may sign in, and calls Dash's callbacks by what they change."""

import json
import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

PATIENCE = 120  # seconds: how busy the machine is, is not what is measured


class Visitor:
    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies: dict[str, str] = {}
        self.callbacks: list[dict[str, Any]] = []
        self.worker = ""

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        try:
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
        except ConnectionError:  # the server closed a connection that was idle for a while
            self.connection.close()
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
        self.worker = answer.headers.get("X-Worker", "")
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return answer.status, answer.read()

    def twin(self) -> "Visitor":
        """The same person in the same browser, over a connection of its own."""
        other = Visitor(self.connection.port)
        other.cookies, other.callbacks = dict(self.cookies), self.callbacks
        return other

    def sign_in(self, email: str, password: str) -> None:
        form = self.ask("GET", "/aanmelden")[1].decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token is not None
        fields = urlencode({"email": email, "password": password, "csrf_token": token[1]})
        status, _ = self.ask("POST", "/aanmelden", fields, **{"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 303, f"sign-in answered {status}"
        self.ask("GET", "/")

    def request_for(self, output: str, values: dict[str, Any]) -> str:
        """The body the renderer would send to the callback that changes `output`."""
        if not self.callbacks:
            self.callbacks = json.loads(self.ask("GET", "/_dash-dependencies")[1])
        found = next(one for one in self.callbacks if output in one["output"].strip(".").split("..."))
        outputs = [dict(zip(("id", "property"), one.rsplit(".", 1), strict=True)) for one in _each(found["output"])]
        entries = {
            kind: [{**one, "value": values.get(f"{one['id']}.{one['property']}")} for one in found[kind]]
            for kind in ("inputs", "state")
        }
        changed = [f"{one['id']}.{one['property']}" for one in found["inputs"]]
        several = found["output"].startswith("..")
        return json.dumps(
            {
                "output": found["output"],
                "outputs": outputs if several else outputs[0],
                **entries,
                "changedPropIds": changed,
            }
        )

    def call(self, body: str) -> tuple[float, int]:
        """Seconds, and bytes of the answer; anything but 200 ends the benchmark."""
        begun = perf_counter()
        status, answer = self.post(body)
        taken = perf_counter() - begun
        assert status == 200, f"the callback answered {status}: {answer[:300]!r}"
        return taken, len(answer)

    def post(self, body: str) -> tuple[int, bytes]:
        """Status and answer of a callback."""
        token = self.cookies.get("_csrf_token", "")
        return self.ask(
            "POST", "/_dash-update-component", body, **{"Content-Type": "application/json", "X-CSRFToken": token}
        )


def _each(output: str) -> list[str]:
    return output.strip(".").split("...") if output.startswith("..") else [output]

"""What a part asks of the database when nothing is remembered yet: the statements of the first call of a new process.

`python -m tests.bench.asked PAGE FILE` writes them to the file, with their parameters, to be run plainly by the floor.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from portal.app import create_app
from portal.config import ROOT, settings
from portal.db.engine import engine_for
from tests.bench.visitor import Visitor
from tests.visitors import Portal

# who asks, and of which moment: that is the portal's own, and no part of the question
OWN = ("login_session", "user_account", "audit_sequence")
Statement = tuple[str, list[Any]]


def asked(outputs: tuple[str, ...], values: Mapping[str, Any], environment: Mapping[str, str]) -> list[Statement]:
    """The SQL behind these answers, in the order in which it is asked."""
    with TemporaryDirectory() as folder:
        page, found = Path(folder, "page.json"), Path(folder, "asked.json")
        page.write_text(json.dumps([outputs, values]), encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.asked", str(page), str(found)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)
        statements: list[Statement] = json.loads(found.read_text(encoding="utf-8"))
    return statements


def main(page: Path, file: Path) -> None:
    outputs, values = json.loads(page.read_text(encoding="utf-8"))
    engine = engine_for(settings().database_url)
    client = Portal(create_app(settings()), engine).visitor("coordinator")
    visitor = Visitor(0)
    visitor.callbacks = client.get("/_dash-dependencies").json
    cookie = client.get_cookie("_csrf_token")
    assert cookie is not None
    found: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and not any(word in statement for word in OWN):
            found.append((statement, list(parameters)))

    event.listen(engine, "before_cursor_execute", note)
    for output in outputs:
        body = visitor.request_for(output, values)
        headers = {"X-CSRFToken": cookie.value}
        answer = client.post("/_dash-update-component", data=body, content_type="application/json", headers=headers)
        assert answer.status_code == 200, answer.text
    file.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

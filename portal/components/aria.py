"""Names and marks for who listens to the page. Dash takes them as keywords that Python cannot spell."""

from typing import Any

HIDDEN: dict[str, Any] = {"aria-hidden": "true"}


def named(label: str) -> dict[str, Any]:
    return {"aria-label": label}

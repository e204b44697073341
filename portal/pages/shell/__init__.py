"""What stands around every page: the rail, the banner, the problem that occurred, the footer."""

import dash

from portal.pages.shell.layout import layout, not_found

__all__ = ["layout", "register"]


def register() -> None:
    """The frame's callbacks, and the page for an address that leads nowhere."""
    from portal.pages.shell import callbacks  # noqa: F401 - registers them

    dash.register_page(  # type: ignore[no-untyped-call]
        "not_found_404", path="/niet-gevonden", title="Niet gevonden", layout=not_found
    )

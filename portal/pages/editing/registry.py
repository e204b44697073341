"""Everything that can be edited, gathered from the pages' folders."""

from functools import cache
from importlib.util import find_spec

from portal.db.engine import reading
from portal.pages import PAGES
from portal.pages.editing.kinds import Editable
from portal.permissions import RowNotFound, Viewer


@cache
def editables() -> dict[str, Editable]:
    """By name; a name is given once."""
    found: dict[str, Editable] = {}
    for page in PAGES:
        if find_spec(f"{page.module}.editing"):
            for one in page.part("editing").EDITABLES:
                if one.name in found:
                    raise ValueError(f"two editables are called {one.name}")
                found[one.name] = one
    return found


def editable_named(name: object) -> Editable:
    """Raises RowNotFound for a name that no page has."""
    found = editables().get(name) if isinstance(name, str) else None
    if found is None:
        raise RowNotFound(f"editable {name}")
    return found


def editable_for(viewer: Viewer, name: object) -> Editable:
    """With the fields that come from data. Raises RowNotFound for a name that no page has."""
    found = editable_named(name)
    if found.more is None:
        return found
    with reading() as session:
        return found.filled_out(session, viewer)

"""What the page of a challenge shows, as workbooks: the same rows, the same scope."""

from collections.abc import Callable, Mapping

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Table
from portal.pages import history
from portal.pages.challenge import likeness, view
from portal.pages.downloads import Download, Made
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.challenges import ChallengeDetail, challenge_detail
from portal.queries.history import history_of
from portal.queries.likeness import like_challenges

Rows = Callable[[Session, Viewer, ChallengeDetail], pd.DataFrame]


def _of_challenge(title: str, columns: tuple[Column, ...], rows: Rows) -> Download:
    """A download of the challenge that the address names; 404 for one the viewer may not know of."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        found = challenge_detail(session, viewer, query.get("code", ""))
        what = f"uitdaging: {found.code} {found.title}"
        about = About(title, view.SOURCE, portal_state(session).as_of, (what,))
        return about, (Table(title, columns, rows(session, viewer, found)),)

    return Download(Permission.VIEW_PORTAL, make)


DOWNLOADS = {
    "ook-bij": _of_challenge("Wie heeft deze uitdaging ook", view.ALSO_EXPORT, lambda s, v, found: found.also_at),
    "lijkt-op": _of_challenge("Lijkt op", likeness.ALIKE_EXPORT, lambda s, v, found: like_challenges(s, v, found.code)),
    "projecten": _of_challenge("Projecten", view.PROJECTS_EXPORT, lambda s, v, found: found.projects),
    "historiek": _of_challenge(
        "Historiek", history.EXPORT, lambda s, v, found: history.history_rows(history_of(s, v, "challenge", found.id))
    ),
}

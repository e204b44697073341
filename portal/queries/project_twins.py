"""Projects that a title being typed may repeat: local ones of whatever partner, and regional ones."""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.likeness import PROJECTS, filed, thesaurus
from portal.db.models import Partner, Project
from portal.likeness.corpus import Corpus, Filed
from portal.likeness.thesaurus import Thesaurus
from portal.likeness.words import why
from portal.permissions import Viewer
from portal.queries.frames import COUNT, frame
from portal.queries.likeness import TWIN, TWINS_AT_MOST
from portal.queries.visible import is_shared, visible_projects
from portal.vocabulary import ENDED_PHASES, SHARED_SCOPES

COLUMNS = ("code", "title", "partner", "partner_slug", "scope_label", "shared", "phase_label", "living", "score", "why")


def project_twins(session: Session, viewer: Viewer, *, title: str, most: int = TWINS_AT_MOST) -> pd.DataFrame:
    """Most alike first, those that have ended too: what was done once need not be begun again. Writes nothing.

    Columns: code, title (str), partner, partner_slug (who reported it, or None), scope_label (str), shared (bool),
    phase_label (str), living (bool), score (int64, 0 to 100), why (str, Dutch).
    """
    words = thesaurus(session)
    typed = Filed(0, None, None, None, words.bag(title, ""))
    known = visible_projects(viewer)
    there = [*filed(session, PROJECTS, known), *_shared(session, viewer, words)] if typed.bag else []
    likes = {like.id: like for like in Corpus(there).likes_of(typed, at_least=TWIN, most=most, own_too=True)}
    said = words.spoken(title, "")
    found = select(Project, Partner.title, Partner.slug).outerjoin(Project.reported_by).where(Project.id.in_(likes))
    rows = []
    for row, partner, slug in session.execute(found):
        told = words.spoken(row.title, row.description)
        reason = why(said, told, same_service=False, same_theme=False)
        stands = (row.scope.label, row.scope in SHARED_SCOPES, row.phase.label, row.phase not in ENDED_PHASES)
        rows.append((row.code, row.title, partner, slug, *stands, round(100 * likes[row.id].score), reason))
    return frame(COLUMNS, sorted(rows, key=lambda row: (-row[8], row[0])), score=COUNT)


def _shared(session: Session, viewer: Viewer, words: Thesaurus) -> Iterator[Filed]:
    """Shared projects keep no words of their own; there are few, so they are taken apart here."""
    found = select(Project.id, Project.title, Project.description).where(visible_projects(viewer), is_shared())
    for project_id, title, description in session.execute(found):
        yield Filed(project_id, None, None, None, words.bag(title, description))

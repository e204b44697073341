"""The words of the field that mean the same, and how many challenges speak of each."""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Synonym
from portal.permissions import Permission, Viewer, require
from portal.queries.frames import COUNT, frame
from portal.queries.visible import visible_challenges
from portal.words import fold

COLUMNS = ("id", "term", "meaning", "challenges")


def synonyms(session: Session, viewer: Viewer) -> pd.DataFrame:
    """By meaning, then term. Columns: id (int), term, meaning (str), challenges (int64: those whose text has the term
    as words of its own)."""
    require(viewer, Permission.MANAGE_PORTAL)
    rows = session.execute(select(Synonym.id, Synonym.term, Synonym.meaning)).all()
    texts = [f" {text} " for text in session.scalars(select(Challenge.search_key).where(visible_challenges(viewer)))]
    counted = ((*row, sum(f" {fold(row.term)} " in text for text in texts)) for row in rows)
    return frame(COLUMNS, sorted(counted, key=lambda row: (fold(row[2]), fold(row[1]))), challenges=COUNT)

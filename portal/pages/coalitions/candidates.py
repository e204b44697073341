"""Candidate coalitions as rows."""

from collections.abc import Sequence

import pandas as pd

from portal.queries.coalitions.candidates import Candidate
from portal.queries.reference import Option
from portal.text import listed

COLUMNS = ("id", "code", "title", "partners", "count", "challenges", "advice", "because", "leads", "alike")


def candidate_rows(candidates: Sequence[Candidate], types: Sequence[Option]) -> pd.DataFrame:
    """A row per subject, as given. Columns: id (int), code (of its first challenge), title, partners (str: how many
    and who), count, challenges (int), advice (the suggested type), because, leads, alike (str: codes)."""
    names = {option.code: option.label for option in types}
    rows = [_row(candidate, names) for candidate in candidates]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _row(candidate: Candidate, types: dict[str, str]) -> tuple[object, ...]:
    subject, code = candidate.subject, candidate.advice.code
    partners = [partner.title for partner in subject.partners]
    titles = {standing.partner.slug: standing.partner.title for standing in candidate.standings}
    leads = listed([titles.get(slug, slug) for slug in candidate.advice.leads])
    advice = f"Type {code}: {types.get(code, '')}".removesuffix(": ") + (f" ({leads} trekt)" if leads else "")
    return (
        *(subject.id, subject.members[0].code, subject.title, f"{len(partners)}: {', '.join(partners)}"),
        *(len(partners), len(subject.members), advice, candidate.advice.because, leads),
        "; ".join(answer.code for answer in candidate.alike),
    )

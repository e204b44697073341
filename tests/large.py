"""A demo made many times as large, for measuring: rows go in at once, without a trace of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from portal.commands.demo import DemoRefused
from portal.commands.sealing import vouch_for_rows
from portal.db.base import CODE
from portal.db.engine import writing
from portal.db.models import Challenge, ChallengeWords, PortalInfo, Project, ProjectChallenge, ProjectWords
from portal.permissions import Viewer
from portal.vocabulary import DatabaseKind
from portal.words import fold

BATCH = 1000


def multiply(engine: Engine, factor: int) -> tuple[int, int]:
    """Makes a demo's challenges and reported projects, with their links, `factor` times as many; gives both counts.

    A copy's code ends in its number: `U-1-x2`. Raises DemoRefused outside a demo database.
    """
    with engine.begin() as connection:
        if connection.scalar(select(PortalInfo.kind)) != DatabaseKind.DEMO:
            raise DemoRefused("Alleen een demo kan worden vergroot; deze database is er geen.")
        challenges = _rows(connection, Challenge.__table__)
        projects = [row for row in _rows(connection, Project.__table__) if row["reported_by_id"]]
        links = _rows(connection, ProjectChallenge.__table__)
        made_challenges = _copy(connection, Challenge.__table__, challenges, factor)
        made_projects = _copy(connection, Project.__table__, projects, factor)
        _copy_words(connection, ChallengeWords.__table__, "challenge_id", made_challenges)
        _copy_words(connection, ProjectWords.__table__, "project_id", made_projects)
        copies = [
            {"project_id": made_projects[number, link["project_id"]], "challenge_id": made_challenges[key]}
            for link in links
            for number in range(2, factor + 1)
            if (key := (number, link["challenge_id"])) in made_challenges
            and (number, link["project_id"]) in made_projects
        ]
        _insert(connection, ProjectChallenge.__table__, copies)
    with writing(engine) as session:
        vouch_for_rows(session, Viewer.system())
    return len(challenges) * factor, len(projects) * factor


def _rows(connection: Connection, table: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]


def _copy(
    connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]], factor: int
) -> dict[tuple[int, int], int]:
    """Inserts copies 2 to `factor`; gives the new id by copy and old id."""
    codes = {(number, row["id"]): f"{row['code']}-x{number}"[:CODE] for number in range(2, factor + 1) for row in rows}
    copies = [
        {name: value for name, value in row.items() if name != "id"}
        | {
            "code": codes[number, row["id"]],
            "search_key": fold(f"{codes[number, row['id']]} {row['title']} {row['description']}"),
        }
        for number in range(2, factor + 1)
        for row in rows
    ]
    _insert(connection, table, copies)
    ids: dict[str, int] = dict(connection.execute(select(table.c.code, table.c.id)).all())
    return {key: ids[code] for key, code in codes.items()}


def _copy_words(connection: Connection, table: Any, of: str, made: Mapping[tuple[int, int], int]) -> None:
    """A copy speaks of the same as its first."""
    words = {row[of]: row["words"] for row in _rows(connection, table)}
    rows = [{of: copy, "words": words[first]} for (_, first), copy in made.items() if first in words]
    _insert(connection, table, rows)


def _insert(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    for first in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[first : first + BATCH])

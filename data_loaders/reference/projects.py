"""Regional and wider projects that the sources name, with what they say of lead and participants."""

import re
from collections.abc import Iterator
from pathlib import Path

from data_loaders.reference.files import Line, by_name, lines_of
from portal.commands.reference import Fact, Ref
from portal.db.models import Atelier, CollaborationType, Participation, Partner, Project
from portal.vocabulary import ParticipationState, Phase, ProjectScope
from portal.words import fold

PHASES = {"gepland": Phase.PREPARATION, "lopend": Phase.EXECUTION}
EVERYBODY = re.compile(r"alle (\d+ )?partners")


def known_projects(folder: Path, names: dict[str, str]) -> list[Fact]:
    """The projects, coded in the order of the file, then their participations: a new row belongs at its end."""
    columns = ("title", "scope", "atelier", "collaboration_type", "lead", "participants", "status", "source")
    lines = lines_of(folder / "known_projects.csv", *columns)
    ateliers = by_name(lines_of(folder / "ateliers.csv", "code"), "code", "code")
    types = by_name(lines_of(folder / "collaboration_types.csv", "type"), "type", "type")
    coded = [(f"R-{number:02d}", line) for number, line in enumerate(lines, start=1)]
    projects = [_project(code, line, names, ateliers, types) for code, line in coded]
    return projects + [fact for code, line in coded for fact in _participations(code, line, names)]


def _project(code: str, line: Line, names: dict[str, str], ateliers: dict[str, str], types: dict[str, str]) -> Fact:
    lead = line.maybe("lead")
    values = {
        "title": line.text("title"),
        "scope": line.word("scope", ProjectScope),
        "phase": line.one_of("status", PHASES),
        "atelier_id": Ref(Atelier, line.one_of("atelier", ateliers)) if line.maybe("atelier") else None,
        "collaboration_type_id": (
            Ref(CollaborationType, line.one_of("collaboration_type", types))
            if line.maybe("collaboration_type")
            else None
        ),
        "external_lead": lead if lead and fold(lead) not in names else None,
        "source": line.maybe("source") or "",
    }
    return Fact(Project, code, {"code": code}, values, line.where)


def _participations(code: str, line: Line, names: dict[str, str]) -> Iterator[Fact]:
    states = dict.fromkeys(_participants(line, names), ParticipationState.MEMBER)
    lead = names.get(fold(line.maybe("lead") or ""))
    if lead:
        states[lead] = ParticipationState.LEAD
    for slug, state in states.items():
        key = {"project_id": Ref(Project, code), "partner_id": Ref(Partner, slug)}
        yield Fact(Participation, f"{code}/{slug}", key, {"state": state}, line.where, together=True)


def _participants(line: Line, names: dict[str, str]) -> list[str]:
    told = line.maybe("participants") or ""
    if everybody := EVERYBODY.fullmatch(fold(told)):
        if everybody[1] and int(everybody[1]) != len(names):
            raise line.refused(f"'{told}', maar er zijn {len(names)} partners; verbeter het aantal.")
        return list(names.values())
    found = []
    for name in filter(None, (part.strip() for part in told.split(";"))):
        if (slug := names.get(fold(name))) is None:
            raise line.refused(f"kolom participants kent '{name}' niet; schrijf de naam zoals in partners.csv.")
        found.append(slug)
    return found

"""What each file of the reference folder says, as facts in the order in which they can be written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_loaders.reference.files import Line, by_name, headings_of, lines_of, year_in
from portal.commands.reference import Fact, Ref, ReferenceRefused
from portal.db.base import Base
from portal.db.models import (
    ArchitecturePrinciple,
    Atelier,
    CollaborationType,
    Deliverable,
    Dimension,
    GovernanceBody,
    Indicator,
    Observation,
    Part,
    Participation,
    Partner,
    ProgrammeWord,
    Project,
    PublishedCount,
    Service,
    SubsidyCall,
    SubsidyCondition,
    Theme,
    WorkSite,
)
from portal.vocabulary import ParticipationState, PartnerKind, Phase, ProjectScope, ServiceKind, TargetKind
from portal.words import fold


@dataclass(frozen=True, slots=True)
class Listing:
    """A file of coded titles: its model, and which further columns go to which field as text."""

    file: str
    model: type[Base]
    code: str = "code"
    title: str = "title"
    texts: tuple[tuple[str, str], ...] = ()
    ordered: bool = True


LISTINGS = (
    Listing("themes.csv", Theme),
    Listing("dimensions.csv", Dimension),
    Listing("work_sites.csv", WorkSite),
    Listing("architecture_principles.csv", ArchitecturePrinciple, texts=(("group", "group"),)),
    Listing(
        "collaboration_types.csv",
        CollaborationType,
        code="type",
        title="name",
        texts=(("lead_rule", "lead_rule"), ("needs", "needs"), ("seed_case", "seed_case")),
    ),
    Listing("ateliers.csv", Atelier, texts=(("subtitle", "subtitle"),)),
    Listing("subsidy_conditions.csv", SubsidyCondition),
)


def facts_of(folder: Path) -> list[Fact]:
    """Every fact of the folder; raises ReferenceRefused at the first thing that is wrong."""
    partners = lines_of(folder / "partners.csv", "slug", "name", "kind", "nis", "neighbours")
    names = by_name(partners, "name", "slug")
    facts = [
        *_partners(partners),
        *(fact for listing in LISTINGS for fact in _listed(folder, listing)),
        *_words(folder),
        *_services(folder),
        *_bodies(folder),
        *_calls(folder),
        *_results(folder),
        *_published(folder, names),
        *_monitor(folder, names),
        *known_projects(folder, names),
    ]
    _refuse_doubles(facts)
    return facts


def _refuse_doubles(facts: list[Fact]) -> None:
    seen: set[Ref] = set()
    for fact in facts:
        if (itself := Ref(fact.model, fact.code)) in seen:
            raise ReferenceRefused(f"{fact.where}: '{fact.code}' staat er twee keer in; laat er één staan.")
        seen.add(itself)


def _fact(line: Line, model: type[Base], code: str, values: dict[str, Any]) -> Fact:
    return Fact(model, code, {"code": code}, values, line.where)


def _partners(lines: list[Line]) -> Iterator[Fact]:
    for position, line in enumerate(lines):
        year, population = _newest_population(line)
        values = {
            "title": line.text("name"),
            "kind": line.word("kind", PartnerKind),
            **{name: line.maybe(name) for name in ("nis", "kbo", "ocmw_kbo", "ovo", "postcode", "website")},
            "population": population,
            "population_year": year,
            "area_km2": line.number_in("area_km2"),
            "tile_row": line.whole("tile_row"),
            "tile_col": line.whole("tile_col"),
            "neighbours": line.maybe("neighbours") or "",
            "position": position,
        }
        yield Fact(Partner, line.text("slug"), {"slug": line.text("slug")}, values, line.where)


def _newest_population(line: Line) -> tuple[int | None, int | None]:
    years = sorted((int(column[-4:]), column) for column in line.cells if re.fullmatch(r"population_\d{4}", column))
    counted = [(year, count) for year, column in years if (count := line.whole(column)) is not None]
    return counted[-1] if counted else (None, None)


def _listed(folder: Path, listing: Listing) -> Iterator[Fact]:
    columns = (listing.code, listing.title, *(column for column, _ in listing.texts))
    lines = lines_of(folder / listing.file, *columns)
    for position, line in enumerate(lines):
        texts = {name: line.maybe(column) or "" for column, name in listing.texts}
        values = {"title": line.text(listing.title), "position": position} | texts
        yield _fact(line, listing.model, line.text(listing.code), values)


def _words(folder: Path) -> Iterator[Fact]:
    """None when the region brings none of its own."""
    path = folder / "programme_words.csv"
    told = ("source", "also", "part")
    for position, line in enumerate(lines_of(path, "code", "title", "meaning", *told) if path.exists() else []):
        values = {"title": line.text("title"), "meaning": line.text("meaning"), "position": position}
        yield _fact(line, ProgrammeWord, line.text("code"), values | {name: line.maybe(name) or "" for name in told})


def _services(folder: Path) -> Iterator[Fact]:
    lines = lines_of(folder / "services.csv", "code", "title", "kind")
    for position, line in enumerate(lines):
        values = {"title": line.text("title"), "kind": line.word("kind", ServiceKind), "position": position}
        yield _fact(line, Service, line.text("code"), values)


def _bodies(folder: Path) -> Iterator[Fact]:
    lines = lines_of(folder / "governance_bodies.csv", "code", "title", "rhythm_days", "raci", "reports_to")
    for position, line in enumerate(lines):
        values = {
            "title": line.text("title"),
            "rhythm_days": line.whole("rhythm_days"),
            "raci": line.text("raci"),
            "reports_to": line.maybe("reports_to") or "",
            "position": position,
        }
        yield _fact(line, GovernanceBody, line.text("code"), values)


def _calls(folder: Path) -> Iterator[Fact]:
    lines = lines_of(folder / "subsidy_calls.csv", "code", "title", "ceiling_eur", "source")
    for line in lines:
        if (ceiling := line.euros("ceiling_eur")) is None:
            raise line.refused("kolom ceiling_eur is leeg; vul het plafond in.")
        values = {"title": line.text("title"), "ceiling": ceiling, "source": line.maybe("source") or ""}
        yield _fact(line, SubsidyCall, line.text("code"), values)


def _results(folder: Path) -> list[Fact]:
    """Parts first, then the results in them."""
    lines = lines_of(
        folder / "deliverables.csv",
        *("code", "atelier", "part", "part_title", "title", "target_kind", "target_value", "target_unit"),
    )
    known = by_name(lines_of(folder / "ateliers.csv", "code"), "code", "code")
    parts: dict[str, Fact] = {}
    results: list[Fact] = []
    for position, line in enumerate(lines):
        atelier = line.one_of("atelier", known)
        part = f"{atelier}.{line.text('part')}"
        key = {"atelier_id": Ref(Atelier, atelier), "code": line.text("part")}
        about = {"title": line.text("part_title"), "position": len(parts)}
        parts.setdefault(part, Fact(Part, part, key, about, line.where))
        values = {
            "part_id": Ref(Part, part),
            "title": line.text("title"),
            "target_kind": line.word("target_kind", TargetKind),
            "target_value": line.number_in("target_value"),
            "target_unit": line.maybe("target_unit") or "",
            "position": position,
        }
        results.append(_fact(line, Deliverable, line.text("code"), values))
    return [*parts.values(), *results]


def _published(folder: Path, names: dict[str, str]) -> Iterator[Fact]:
    for path in sorted(folder.glob("inventory_counts_*.csv")):
        for line in lines_of(path, "municipality", "challenges", "projects"):
            partner, year = line.one_of("municipality", names), year_in(path)
            counts = {name: line.whole(name) for name in ("challenges", "projects")}
            if None in counts.values():
                raise line.refused("een aantal is leeg; vul het in of laat de hele rij weg.")
            yield Fact(
                PublishedCount,
                f"{partner}/{year}",
                {"partner_id": Ref(Partner, partner), "year": year},
                counts,
                line.where,
            )


def _monitor(folder: Path, names: dict[str, str]) -> list[Fact]:
    """The indicators, then what each edition observed; a file calls an indicator by its code or by its column."""
    about = lines_of(
        folder / "indicators.csv",
        *("code", "column", "title", "short", "question", "unit", "higher_is_better", "source"),
    )
    facts = [_indicator(line, position) for position, line in enumerate(about)]
    for path in sorted(folder.glob("stadsmonitor_*.csv")):
        headings = headings_of(path)
        columns = {_heading(line, headings): line.text("code") for line in about}
        for line in lines_of(path, "municipality", *columns):
            partner = line.one_of("municipality", names)
            for column, indicator in columns.items():
                if (value := line.number_in(column)) is not None:
                    facts.append(_observation(line, indicator, partner, year_in(path), value))
    return facts


def _heading(indicator: Line, headings: list[str]) -> str:
    code = indicator.text("code")
    return code if code in headings else indicator.text("column")


def _indicator(line: Line, position: int) -> Fact:
    texts = {name: line.text(name) for name in ("title", "short", "question", "unit", "source")}
    values = {"higher_is_better": line.yes_or_no("higher_is_better"), "position": position}
    return _fact(line, Indicator, line.text("code"), texts | values)


def _observation(line: Line, indicator: str, partner: str, year: int, value: float) -> Fact:
    key = {"indicator_id": Ref(Indicator, indicator), "partner_id": Ref(Partner, partner), "year": year}
    return Fact(Observation, f"{indicator}/{partner}/{year}", key, {"value": value}, line.where)


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

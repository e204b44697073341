"""Editions of the survey among inhabitants, in the official layouts and in our own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from data_loaders.kind import Asked, Kind, Reading, Table
from data_loaders.mapping.file_map import FileMap
from data_loaders.plan import Key, Plan, Present, RowPlan, Wanted, make_plan
from data_loaders.problems import Problems
from data_loaders.sheets import NO_DATA_SHEETS
from data_loaders.stadsmonitor.columns import Source, heads_told
from data_loaders.stadsmonitor.explained import LONG, explained, look_at
from data_loaders.stadsmonitor.places import KnownPartner
from data_loaders.stadsmonitor.points import Point, points_of
from data_loaders.stadsmonitor.sorting import NAMED, Found, Sorter
from data_loaders.stadsmonitor.tables import Form, Known, SheetTable, heads_on, known_in, table_on
from data_loaders.workbook import Book
from portal.commands.files import Observed, record_observations
from portal.db.models import Indicator, Observation, Partner, ReferenceArea
from portal.permissions import Permission, Viewer
from portal.words import fold

FIRST_FIELDWORK, EVERY = 2017, 3
SOURCE = "Gemeente- en Stadsmonitor"
LAYOUTS = {
    Form.EXTRACT: "A: één werkmap per indicator",
    Form.REGISTER: "C: register",
    Form.LONG: "E: eigen lange vorm",
    Form.WIDE: "E: eigen brede vorm",
    Form.VIEWER: "D: uitvoer van de viewer",
    Form.GEO: "F: periode, geolevel en geoitem",
}
MANY_INDICATORS = "B: één werkmap met alle indicatoren"
UNKNOWN_LAYOUT = (
    "De indeling is niet herkend; gebruik de kolommen nis;indicator;jaar;waarde, "
    "of gemeente met een kolom per indicator, of een officieel bestand van de Stadsmonitor"
)
SHEETS_TOLD = 3
OWN_FORMS = {Form.LONG, Form.WIDE}


def read(known: Known, book: Book, asked: Asked) -> Reading:
    sorter = Sorter(known)
    read = [sheet for sheet in book.sheets if fold(sheet) not in NO_DATA_SHEETS]
    is_said = asked.mapped is not None and bool(asked.mapped.sheets)
    tables = [] if is_said else [table for sheet in read if (table := table_on(book, sheet, known)) is not None]
    looked = None if tables or not (asked.look or is_said) else look_at(book, asked)
    if looked is not None:
        tables = explained(book, looked.mapped, sorter.problems)
    if not tables and not sorter.problems:
        sorter.problems.add("", "", f"{UNKNOWN_LAYOUT}{_heads(book, read)}.")
    source = Source(known, sorter.problems, asked.stem, asked.year)
    found = [one for table in tables for one in _found_in(table, source, sorter)]
    layout = _layout(tables, len(book.unread))
    if tables and not found and not sorter.problems:
        sorter.problems.add("", "", "Er staat geen enkele waarde in voor een partner en een indicator van het portaal.")
    rows = _rows(_without_other_items(found, sorter.problems), sorter.problems, asked.called)
    told, mapped = (*layout, *_notices(sorter, found)), looked.mapped if looked else FileMap()
    return Reading(tuple(rows), sorter.problems.found(), told, mapped, looked if asked.look else None)


def _heads(book: Book, sheets: Sequence[str]) -> str:
    """What stands over the first sheets that are not empty, for who must see why they are no layout."""
    heads = [(sheet, told) for sheet in sheets if (told := heads_told(heads_on(book, sheet)))][:SHEETS_TOLD]
    return "; gevonden op " + " en op ".join(f"blad “{sheet}”: {told}" for sheet, told in heads) if heads else ""


def _found_in(table: SheetTable, source: Source, sorter: Sorter) -> list[Found]:
    columns: dict[int, list[Point]] = defaultdict(list)
    for point in points_of(table, source):
        columns[point.value.column].append(point)
    own = table.form in OWN_FORMS
    return [one for points in columns.values() for one in sorter.found(points, own_form=own)]


def _without_other_items(found: Sequence[Found], problems: Problems) -> list[Found]:
    """Where a place has several items (or types) under one indicator, the one that the indicator means."""
    groups: dict[tuple[str, str, int], list[Found]] = defaultdict(list)
    for one in found:
        groups[one.key].append(one)
    kept: list[Found] = []
    for group in groups.values():
        items = {fold(one.point.item): one.point.item for one in group}
        if len(items) > 1:
            meant = [key for key, item in items.items() if group[0].indicator.means(item) or _says_percentage(item)]
            if len(meant) != 1:
                message = (
                    f"{group[0].indicator.code} heeft hier {len(items)} stellingen of soorten "
                    f"({'; '.join(sorted(items.values()))[:200]}); laat alleen de bedoelde staan."
                )
                problems.add(*group[0].where, message)
                continue
            group = [one for one in group if fold(one.point.item) == meant[0]]  # noqa: PLW2901
        kept.extend(group)
    return kept


def _says_percentage(item: str) -> bool:
    return fold(item) in {"percentage", "procent", "eens", "tevreden"} or item.strip() == "%"


def _rows(found: Sequence[Found], problems: Problems, file: str) -> list[Wanted]:
    rows: dict[tuple[str, str, int], Found] = {}
    for one in found:
        first = rows.setdefault(one.key, one)
        if (first.value, first.respondents) != (one.value, one.respondents):
            at = "!".join(first.where) if first.where[0] != one.where[0] else first.where[1]
            problems.add(*one.where, f"voor deze gemeente, indicator en dit jaar staat in {at} een andere waarde.")
    return [_wanted(one, file) for one in rows.values()]


def _wanted(one: Found, file: str) -> Wanted:
    name = one.place.name if isinstance(one.place, KnownPartner) else one.place.title
    values: dict[str, Any] = {"value": one.value}
    if one.respondents is not None:
        values["respondents"] = one.respondents
    label = f"{name}, {one.indicator.short} ({one.indicator.code}), {one.year}"
    return Wanted(one.key, label, values, *one.where, carry=(one.indicator, one.place, f"{SOURCE}, {file}"[-300:]))


def _layout(tables: Sequence[SheetTable], unread: int) -> list[str]:
    if not tables:
        return []
    form = tables[0].form
    extracts = [table for table in tables if table.form is Form.EXTRACT]
    name = MANY_INDICATORS if form is Form.EXTRACT and (unread or len(extracts) > 1) else LAYOUTS[form]
    also = f"; {unread} andere bladen niet gelezen" if unread else ""
    return [f"Indeling {name}{also}."]


def _notices(sorter: Sorter, found: Sequence[Found]) -> Iterable[str]:
    yield from sorter.notices
    areas = sorted({one.place.title for one in found if not isinstance(one.place, KnownPartner)})
    if areas:
        yield f"Bewaard als referentiegebied: {_some(areas)}."
    if sorter.elsewhere:
        yield f"{sorter.elsewhere.total()} waarden van andere plaatsen overgeslagen: {_some(sorted(sorter.elsewhere))}."
    if sorter.unknown:
        yield f"{sorter.unknown.total()} waarden van onbekende indicatoren: {_some(sorted(sorter.unknown))}."
    for year in sorted({one.year for one in found}):
        if (year - FIRST_FIELDWORK) % EVERY:
            yield f"{year} is geen jaar waarin bevraagd werd (2017, 2020, 2023, ...); is het een jaar van publicatie?"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" en nog {len(names) - NAMED}" if len(names) > NAMED else "")


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """Only the indicators and years of the file; other editions are not looked at."""
    return make_plan(wanted, _present(session, {(row.key[0], row.key[2]) for row in wanted}), versioned=False)


def _present(session: Session, asked: set[tuple[str, int]]) -> dict[Key, Present]:
    found = session.execute(
        select(
            *(Indicator.code, Indicator.short, Observation.year, Observation.value, Observation.respondents),
            *(Partner.slug, Partner.title, ReferenceArea.code.label("nis"), ReferenceArea.title.label("area")),
        )
        .join(Indicator, Observation.indicator_id == Indicator.id)
        .outerjoin(Partner, Observation.partner_id == Partner.id)
        .outerjoin(ReferenceArea, Observation.reference_area_id == ReferenceArea.id)
        .where(tuple_(Indicator.code, Observation.year).in_(sorted(asked)))
        .order_by(Indicator.code, Observation.year, Observation.id)
    )
    return {
        (row.code, row.slug or f"nis {row.nis}", row.year): Present(
            f"{row.title or row.area}, {row.short} ({row.code}), {row.year}",
            {"value": row.value, "respondents": row.respondents},
        )
        for row in found
    }


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    record_observations(session, viewer, rows=[_observed(row) for row in plan.to_write])


def _observed(row: RowPlan) -> Observed:
    indicator, place, source = row.wanted.carry
    return Observed(
        indicator_id=indicator.id,
        place=place.id if isinstance(place, KnownPartner) else place,
        year=row.wanted.key[2],
        fields=row.wanted.values,
        source=source,
        seen=None if row.present is None else row.present.values,
    )


def long_form(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """One sheet, a row per value: newest year first, then by indicator and place."""
    found = session.execute(
        select(
            *(func.coalesce(Partner.nis, ReferenceArea.code), func.coalesce(Partner.title, ReferenceArea.title)),
            *(Indicator.code, Observation.year, Observation.value, Observation.respondents),
        )
        .join(Indicator, Observation.indicator_id == Indicator.id)
        .outerjoin(Partner, Observation.partner_id == Partner.id)
        .outerjoin(ReferenceArea, Observation.reference_area_id == ReferenceArea.id)
        .order_by(Observation.year.desc(), Indicator.position, Indicator.id, Observation.id)
    )
    rows = [(*row[:4], Decimal(format(row.value, ".15g")), row.respondents) for row in found]
    choices = {
        "indicator": tuple(session.scalars(select(Indicator.code).order_by(Indicator.position, Indicator.id))),
        "place": tuple(
            session.scalars(select(Partner.title).where(Partner.archived_at.is_(None)).order_by(Partner.id))
        ),
    }
    keys = [column.key for column in LONG.columns]
    return (Table(LONG, [dict(zip(keys, row, strict=True)) for row in rows], choices),)


STADSMONITOR = Kind(
    name="stadsmonitor",
    description="waarden van de Gemeente- en Stadsmonitor",
    right=Permission.IMPORT_DATA,
    everything=True,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=long_form,
    asks_year=True,
    prefers=lambda known: known.codes,
)

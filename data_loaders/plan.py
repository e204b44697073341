"""What a file would do to the database, before it does it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from portal.field_labels import field_label
from portal.values import said

Key = tuple[Any, ...]
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as the file wants it: only the fields that it speaks of. `cells`: where each of them stands, where
    that is not where the row begins. `carry` is for whoever writes it."""

    key: Key
    label: str
    values: Mapping[str, Any]
    sheet: str
    cell: str
    version: int | None = None
    carry: Any = None
    cells: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def where(self, key: str = "") -> str:
        """The place of a field, or of the row: "Uitdagingen!C2"."""
        return f"{self.sheet}!{self.cells.get(key, self.cell)}"


@dataclass(frozen=True, slots=True)
class Present:
    """The row of that key as the database has it."""

    label: str
    values: Mapping[str, Any]
    version: int | None = None
    row_id: int | None = None


class Step(StrEnum):
    NEW = "nieuw"
    CHANGED = "gewijzigd"
    SAME = "gelijk"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`label` is what the sheet calls the field."""

    field: str
    old: Any
    new: Any
    label: str = ""

    @property
    def named(self) -> str:
        return self.label or field_label(self.field)

    def __str__(self) -> str:
        return f"{self.named} {told(self.old)} → {told(self.new)}"

    def both(self) -> str:
        return f"{self.named}: in het bestand {told(self.new)}, in het portaal {told(self.old)}"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A new row has a change from nothing for every field it fills."""

    step: Step
    wanted: Wanted
    present: Present | None
    changes: tuple[FieldChange, ...] = ()
    unseen: bool = False  # the file does not say which version of the row was seen: it would overwrite any

    def __str__(self) -> str:
        said = f": {'; '.join(map(str, self.changes))}" if self.changes else ""
        return f"{self.step}: {self.wanted.label}{said}"

    def conflict(self) -> str:
        """Both values, in one sentence."""
        if self.present is None:
            return "deze rij bestaat niet (meer) in het portaal; maak versie leeg om ze toe te voegen, of verwijder ze."
        both = "; ".join(change.both() for change in self.changes)
        return (
            f"deze rij is van versie {self.wanted.version}, het portaal heeft versie {self.present.version} ({both}); "
            "exporteer opnieuw en pas daarin aan."
        )


@dataclass(frozen=True, slots=True)
class Alike:
    """A row that would be added, and one that is there and may be the same: `of` this described sheet.

    `row`: the number of the new one behind its sheet. `same`: title and partner are equal. `own`: of that partner too,
    and the viewer's to change.
    """

    sheet: str
    row: str
    where: str
    title: str
    of: str
    code: str
    called: str
    whose: str
    same: bool
    own: bool

    def __str__(self) -> str:
        if self.same:
            said = f"{self.whose} heeft deze titel al ({self.code}); is het dezelfde, gebruik dan die code."
        else:
            said = f"lijkt op {self.code} {self.called} ({self.whose})."
        return f"{self.where}: “{self.title}”{':' if self.same else ''} {said}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of the file with what it would do, and what the file leaves out (that stays as it is). `alike`: what
    new rows may be the same as."""

    rows: tuple[RowPlan, ...] = ()
    missing: tuple[str, ...] = field(default=())
    alike: tuple[Alike, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(map(str, self.alike))

    def of(self, *steps: Step) -> tuple[RowPlan, ...]:
        return tuple(row for row in self.rows if row.step in steps)

    @property
    def to_write(self) -> tuple[RowPlan, ...]:
        return self.of(Step.NEW, Step.CHANGED)

    @property
    def unchanged(self) -> int:
        return len(self.of(Step.SAME))

    @property
    def overwriting(self) -> tuple[str, ...]:
        """What would be changed without regard to who changed it meanwhile."""
        return tuple(row.wanted.label for row in self.rows if row.unseen)

    def fingerprint(self) -> str:
        """The same for two plans that would write the same over the same."""
        rows = [(row.step, row.wanted.key, row.wanted.version, row.changes) for row in self.to_write]
        return sha256(repr(rows).encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        return {step.value: len(self.of(step)) for step in Step} | {"niet in het bestand": len(self.missing)}


def make_plan(wanted: Sequence[Wanted], there: Mapping[Key, Present], *, versioned: bool) -> Plan:
    """Compares field by field. Where rows carry a version, a difference under another version is a conflict, and one
    under none is a question: it overwrites."""
    rows = tuple(_row(one, there.get(one.key), versioned) for one in wanted)
    named = {one.key for one in wanted}
    return Plan(rows, tuple(present.label for key, present in there.items() if key not in named))


def _row(wanted: Wanted, present: Present | None, versioned: bool) -> RowPlan:
    old: Mapping[str, Any] = present.values if present else {}
    changes = tuple(
        FieldChange(name, old.get(name), new, wanted.headings.get(name, ""))
        for name, new in wanted.values.items()
        if old.get(name) != new
    )
    if present is None:
        gone = versioned and wanted.version is not None
        return RowPlan(Step.CONFLICT if gone else Step.NEW, wanted, None, changes)
    if not changes:
        return RowPlan(Step.SAME, wanted, present)
    if versioned and wanted.version is None:
        seen = replace(wanted, version=present.version)
        return RowPlan(Step.CHANGED, seen, present, changes, unseen=bool(present.version))
    stale = versioned and wanted.version != present.version
    return RowPlan(Step.CONFLICT if stale else Step.CHANGED, wanted, present, changes)


def told(value: Any) -> str:
    """A value as Belgians write it; a text within quotes."""
    return f"“{value}”" if type(value) is str else said(value)


def overwrites(plan: Plan) -> str:
    """Which rows say no version, as a sentence."""
    named = plan.overwriting
    more = f" en nog {len(named) - MOST_NAMED}" if len(named) > MOST_NAMED else ""
    return f"Deze rijen hebben geen versie en overschrijven wat er staat: {'; '.join(named[:MOST_NAMED])}{more}."


def lines(plan: Plan) -> Iterator[str]:
    """What the plan would write, row by row; then what the file leaves out."""
    yield from map(str, plan.to_write)
    yield from (f"niet in het bestand, blijft staan: {label}" for label in plan.missing)

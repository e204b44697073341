"""Money in words. The amounts per atelier are told; of a line only whether it is over its budget, and its funding."""

from portal.snapshots.lines import Rule, Said, Topic, Words
from portal.snapshots.sentences import amount, dated, field, renamed, words
from portal.snapshots.state import Change, Row
from portal.vocabulary import CostKind, FundingState

COST, FUNDING = words(CostKind), words(FundingState)
FAR_OVER = "ver-boven"
OVER = {"boven", FAR_OVER}
STANDING = {FAR_OVER: "meer dan 10 % boven begroot", "boven": "boven begroot"}
FOUR = {"budgeted": "begroot", "committed": "vastgelegd", "spent": "uitgegeven", "forecast": "prognose"}


FOR_PROJECT = field("voor een ander project", "○", "project", minor=True)


def _amount(name: str) -> Rule:
    return field("gewijzigd", "€", name, amount)


def _atelier(change: Change, _: Row, row: Row) -> Said:
    told = amount(row["budgeted"])
    if change.came:
        return Said("nieuw in de begroting", "€", new=told, label="begroot")
    return Said("uit de begroting", "€", old=told, new="geen begrotingslijnen meer", label="begroot")


def _line(change: Change, _: Row, row: Row) -> Said:
    told = amount(row["budgeted"])
    if change.came:
        over = f"{STANDING[str(row['standing'])]}, " if row["standing"] in OVER else ""
        return Said("nieuwe lijn", "+", new=told, label="begroot", detail=over + COST(row["cost_kind"]), minor=not over)
    return Said("lijn geschrapt", "–", old=told, new="geschrapt", label="begroot", minor=True)


def _standing(change: Change, _: Row, row: Row) -> Said | None:
    """Over its budget, or back within it: worth the meeting's time when more than a tenth. A first forecast that stays
    within says nothing."""
    if change.old not in OVER and change.new not in OVER:
        return None
    detail = f"prognose {amount(row['forecast'])}, begroot {amount(row['budgeted'])}"
    told = _stands(change.old), _stands(change.new)
    act = "boven begroot" if change.new in OVER else "weer binnen begroot"
    return Said(act, _sign(change), *told, "", detail, minor=FAR_OVER not in {change.old, change.new})


def _stands(standing: object) -> str:
    return STANDING.get(str(standing), "binnen begroot")


def _sign(change: Change) -> str:
    return "▲" if change.new in OVER else "✓"


def _grant(change: Change, _: Row, row: Row) -> Said:
    if change.came:
        return Said("nieuw dossier", "+", new=amount(row["requested"]), label="gevraagd")
    return Said("dossier geschrapt", "–", old=amount(row["awarded"]), new="geschrapt")


MONEY = Words(
    Topic.MONEY,
    what=lambda row: str(row["title"]),
    path=lambda _: "/budget",
    rules={"": _atelier, **{field_: _amount(name) for field_, name in FOUR.items()}},
)
LINES = Words(
    Topic.MONEY,
    what=lambda row: f"{row['code']} {row['description'] or COST(row['cost_kind'])}",
    path=lambda _: "/budget",
    rules={
        "": _line,
        "standing": _standing,
        "funding_state": field("andere financiering", "○", "financiering", FUNDING),
        "description": renamed,
        "project_code": FOR_PROJECT,
    },
)
GRANTS = Words(
    Topic.MONEY,
    what=lambda row: f"{row['code']} {row['title']}",
    path=lambda _: "/budget",
    rules={
        "": _grant,
        "requested": _amount("gevraagd"),
        "awarded": _amount("toegekend"),
        "ends_on": dated("einde gewijzigd", "▲", "einde van het dossier"),
        "title": renamed,
        "project_code": FOR_PROJECT,
    },
)

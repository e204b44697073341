"""What the Stadsmonitor page shows, as workbooks: the same choices, the same numbers."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from portal.exports.workbook import About, Table
from portal.pages.columns import in_book
from portal.pages.downloads import Download, Made
from portal.pages.stadsmonitor import change, choices, leaders, pair, profile, table
from portal.pages.stadsmonitor.choices import FILTERS
from portal.pages.stadsmonitor.words import name_of, source_of
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.survey.comparison import changes, edition_pair
from portal.queries.survey.observations import Edition, edition, editions

Query = Mapping[str, str]
Sheets = Callable[[Edition, Query], tuple[Table, ...]]


def _of_edition(title: str, make: Sheets) -> Download:
    """A download over the edition that the address names."""

    def made(session: Session, viewer: Viewer, query: Query) -> Made:
        found = edition(session, viewer, choices.year(query.get("editie")))
        return _about(session, title, found, query), make(found, query)

    return Download(Permission.VIEW_PORTAL, made)


def _about(session: Session, title: str, found: Edition, query: Query) -> About:
    chosen = FILTERS.told(urlencode(query))
    return About(title, source_of(found), portal_state(session).as_of, chosen)


def _profile(found: Edition, query: Query) -> tuple[Table, ...]:
    """Of the municipality chosen, or of all."""
    slug = query.get("gemeente", "")
    known = name_of(found.rows, slug) is not None
    return (Table("Profiel", in_book(profile.COLUMNS), profile.profile_rows(found.rows, slug if known else None)),)


def _pair(found: Edition, query: Query) -> tuple[Table, ...]:
    codes = choices.pair(query.get("x"), query.get("y"), list(found.indicators["code"]))
    return (Table("Samen", in_book(pair.columns(found, codes)), pair.values(found, codes)),)


def _changes(session: Session, viewer: Viewer, query: Query) -> Made:
    """Empty with one edition: there is nothing to compare."""
    found = edition(session, viewer, choices.year(query.get("editie")))
    years = edition_pair(editions(session, viewer), found.year) or (found.year, found.year)
    old, new = (edition(session, viewer, one) for one in years)
    rows = change.change_rows(changes(old.rows, new.rows))
    kept = rows if years[0] != years[1] else rows.head(0)
    title = f"Wat veranderde tussen {years[0]} en {years[1]}"
    return _about(session, title, new, query), (Table("Verandering", change.EXPORT, kept),)


DOWNLOADS = {
    "tabel": _of_edition("Stadsmonitor per gemeente", lambda found, _: table.export(found)),
    "eersten": _of_edition(
        "De eerste twee op elke indicator",
        lambda found, _: (Table("Eersten", leaders.EXPORT, leaders.leader_rows(found)),),
    ),
    "profiel": _of_edition("Profiel tegenover de regio en de beste", _profile),
    "samen": _of_edition("Twee indicatoren naast elkaar", _pair),
    "verandering": Download(Permission.VIEW_PORTAL, _changes),
}

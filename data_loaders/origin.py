"""Where a file came from: what it likely is, when it is not what was asked for."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data_loaders.comparing import Known, sheets_of
from data_loaders.kind import Kind
from data_loaders.mapping.proposing import is_download_of_page, weigh
from data_loaders.workbook import Book
from portal.permissions import Viewer

ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Origin:
    """`of_page`: it was downloaded from a page, which is not read back; `kind`: whose export is likely meant, where
    another was `asked` for."""

    asked: Kind
    kind: Kind
    of_page: bool

    def __str__(self) -> str:
        if self.of_page:
            return (
                "Dit is een download van een pagina. Wilt u gegevens wijzigen, neem dan op de pagina Excel de uitvoer "
                f"{self.kind.called}, wijzig die en breng ze terug."
            )
        return f"Dit lijkt een bestand van de soort {self.kind.called}, niet van {self.asked.called}."


def origin_of(book: Book, session: Session, viewer: Viewer, asked: Kind, others: Iterable[Kind]) -> Origin | None:
    """Of whose export the headings are most, where that is not the kind asked for, or the file is a page's; None where
    nothing stands out."""
    of_page = is_download_of_page(book)
    weights = {kind.name: (_weight(book, kind, session, viewer), kind) for kind in others}
    best, kind = max(weights.values(), key=lambda each: each[0], default=(0.0, asked))
    if best < ENOUGH or (not of_page and best <= weights.get(asked.name, (0.0, asked))[0]):
        return None
    return Origin(asked, kind, of_page)


def _weight(book: Book, kind: Kind, session: Session, viewer: Viewer) -> float:
    known = kind.known(session, viewer)
    return weigh(book, sheets_of(known.tables)) if isinstance(known, Known) else 0.0

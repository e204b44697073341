"""Made files of the survey, one of each layout, for the partners and indicators that the reference data knows."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.kind import Reading
from data_loaders.load import KINDS, Asked, File, Outcome, load, opened
from data_loaders.stadsmonitor import read
from data_loaders.stadsmonitor.tables import Known, known_in
from portal.db.models import Indicator, Observation, Partner
from portal.permissions import Role, Viewer
from tests.data_loaders.books import workbook

COORDINATOR = Viewer(Role.COORDINATOR)
DIGITAL, DESK, ENOUGH, CLEAR = "LO_S_04", "LO_S_05", "LO_S_12", "LO_S_03"
EXTRACT = ["Gemeente", "NIS-code", "Indicator", "Item", "Jaar", "Oneens (%)", "Neutraal (%)", "Eens (%)"]
TITLE = "Tevredenheid over digitale dienstverlening"


def csv(*lines: str, name: str = "stand.csv", encoding: str = "utf-8-sig") -> File:
    return File(name, "\r\n".join(lines).encode(encoding))


def layout_a(*rows: list[Any], name: str = "GSM_Extract_LO_S_04.xlsx", **sheets: Any) -> File:
    return workbook(name=name, **(sheets or {"Gegevens": [EXTRACT, *rows]}))


def layout_b(**codes: list[list[Any]]) -> File:
    index = [["Inhoud"], ["Code", "Naam"], *([code, "een naam"] for code in codes)]
    return workbook(name="alles.xlsx", Index=index, **codes)


def layout_c(*rows: str) -> File:
    return csv("Gemeente;NIS-code;Indicator;Jaar;Type;Aandeel inwoners", *rows, name="register.csv")


def layout_d(
    *rows: list[Any], title: str = f"Aandeel: {TITLE} (LO_S_04)", years: tuple[Any, ...] = (2020, 2023)
) -> File:
    above = [[title], ["Gemeente- en Stadsmonitor"], []]
    return workbook(
        name="export.xlsx", Tabel=[*above, ["Gemeente", *years], *rows, [], ["Bron: Statistiek Vlaanderen"]]
    )


def geo(*rows: list[Any], heading: tuple[str, ...] = ("period", "geolevel", "geoitem", "LO_S_04")) -> File:
    return workbook(name="incijfers.xlsx", Data=[[*heading], *rows])


def geo_csv(*rows: str, heading: str = "period;geolevel;geoitem;LO_S_04") -> File:
    return csv(heading, *rows, name="incijfers.csv")


def long(*rows: str) -> File:
    return csv("nis;indicator;jaar;waarde;n", *rows)


def wide(*rows: list[Any]) -> File:
    return workbook(name="stand.xlsx", Blad1=[["gemeente", "digitaal", "loket", "informatie", "communicatie"], *rows])


def read_with(known: Known, file: File, year: int | None = None) -> Reading:
    asked = Asked(year, called=file.name)
    with opened(KINDS["stadsmonitor"], known, file, asked) as book:
        return read(known, book, asked)


def values_of(reading: Reading) -> dict[tuple[str, str, int], Any]:
    assert [str(one) for one in reading.problems] == []
    return {row.key: row.values["value"] for row in reading.rows}


def loaded(session: Session, file: File, by: Viewer = COORDINATOR, year: int | None = None, **how: Any) -> Outcome:
    return load(KINDS["stadsmonitor"], file, session, by, asked=Asked(year), **how)


def stored(session: Session, slug: str, code: str, year: int) -> Observation | None:
    return session.scalars(
        select(Observation)
        .join(Partner, Observation.partner_id == Partner.id)
        .join(Indicator)
        .where(Partner.slug == slug, Indicator.code == code, Observation.year == year)
    ).one_or_none()


def knowledge(session: Session) -> Known:
    return known_in(session, COORDINATOR)

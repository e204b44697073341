"""The words of the page: what each amount means, what is met, what adds up, and bookings by their kind."""

import pandas as pd

from portal.queries.money.totals import Check
from portal.text import euro
from portal.vocabulary import BookingKind

DEFINITIONS = [
    ("Begroot", "Wat op de lijnen van het dossier voorzien is, samen de totale begroting."),
    (
        "Vastgelegd",
        "Waarvoor een verbintenis bestaat, zoals een bestelling of een contract. Wat daarna uitgegeven is, blijft "
        "vastgelegd.",
    ),
    ("Uitgegeven", "Wat als uitgave geboekt is. Een rechtzetting is een negatieve boeking."),
    (
        "Prognose",
        "Wat een lijn op het einde zal kosten, volgens de nieuwste raming. Zonder raming staat er ‘geen prognose’: er "
        "wordt niets ingevuld, en het totaal zegt hoeveel lijnen er geen hebben.",
    ),
    ("Plan", "Het begrote bedrag per jaar, gelijkmatig over dat jaar. Het geld volgt het plan tot op 10 % na."),
    ("Boven begroot", "De prognose is hoger dan begroot; meer dan 10 % hoger is rood."),
    (
        "Zonder boeking",
        "Een lijn van dit jaar of vroeger waarop nog iets over is en waarop sinds de voorlaatste stuurgroep niets "
        "geboekt is.",
    ),
    (
        "Eigen aandeel",
        "De totale begroting (toegekend gedeeld door het subsidiepercentage, op de cent afgerond) min wat toegekend is "
        "en wat andere bronnen betalen.",
    ),
]


def met_words(met: bool | None) -> str:
    return "nog te bekijken" if met is None else "voldaan" if met else "niet voldaan"


def verdict_words(check: Check) -> str:
    if check.holds is None or check.difference is None:
        return "nog niet te zeggen"
    if check.holds:
        return "klopt"
    return f"{euro(abs(check.difference))} te {'veel' if check.difference > 0 else 'weinig'}"


def joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def by_kind(rows: pd.DataFrame) -> pd.DataFrame:
    """`booking_rows` with the columns committed and spent; the other of the two is None."""
    pairs = list(zip(rows["kind"], rows["amount"], strict=True))
    split = {
        name: pd.Series([amount if kind == word.label else None for kind, amount in pairs], dtype=object)
        for name, word in (("committed", BookingKind.COMMITTED), ("spent", BookingKind.SPENT))
    }
    return rows.drop(columns=["amount"]).assign(**split)

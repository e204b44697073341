"""The fixed words of the page: what each amount means, and where the amounts come from."""

from datetime import date

from portal.text import day

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


def booked_until(last: date | None) -> str:
    """The source of every amount: "boekingen in het portaal tot 04/11/2026"."""
    return f"boekingen in het portaal tot {day(last)}" if last else "budgetlijnen in het portaal, nog zonder boeking"

"""The words of the programme with what they mean, each said once. What only one region says comes from its reference
data (`portal.queries.words`), what counts something from the numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal import numbers
from portal.words import anchor, fold

APPLICATION = "projectaanvraag"
AGREEMENT = "afspraak van het portaal"
CALL = "oproep Gemeente zonder Gemeentehuis"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, its meaning in whole sentences, where that comes from, and what else people call it."""

    word: str
    meaning: str
    source: str
    also: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Its place on the page of words: "type samenwerking" stands at #type-samenwerking."""
        return anchor(self.word)


def in_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    """By the alphabet; a word that comes twice is the one that came first."""
    first: dict[str, Term] = {}
    for term in terms:
        first.setdefault(fold(term.word), term)
    return tuple(first[key] for key in sorted(first))


def said_in(texts: Iterable[str], terms: Iterable[Term]) -> tuple[Term, ...]:
    """The words that one of these texts says, whole, in this form or another of the same word. What else people call
    them is not looked for: "stap" is a milestone in one text, and something else in the next."""
    said = "|".join(f" {fold(text)} " for text in texts)
    return tuple(one for one in terms if any(f" {form} " in said for form in _forms(one)))


def _forms(of: Term) -> list[str]:
    word = fold(of.word)
    return [word, *(form for form in map(fold, of.also) if form.startswith(word))]


TERMS = (
    Term(
        "atelier",
        "Een werkgroep van het programma rond één opdracht. Een atelier heeft onderdelen, en elk onderdeel "
        "belooft resultaten.",
        APPLICATION,
        ("ateliers", "onderdeel"),
    ),
    Term(
        "begroot",
        numbers.BUDGETED.meaning,
        AGREEMENT,
        ("begroting",),
    ),
    Term(
        "berekend signaal",
        "De kleur die het portaal zelf berekent uit data, uitloop en geld. Ze staat naast de kleur die gemeld "
        "werd en nooit erover: allebei blijven zichtbaar.",
        AGREEMENT,
        ("signaal", "gemelde kleur"),
    ),
    Term(
        "boven begroot",
        "De prognose is hoger dan begroot; meer dan 10 % hoger is rood.",
        AGREEMENT,
    ),
    Term(
        "challenger",
        "De tweede van de regio op een aspect. Bij type 1 trekt de challenger de groep naar het niveau van de eerste.",
        APPLICATION,
        ("challengers", "uitdager"),
    ),
    Term(
        "coalitie",
        "De besturen die samen aan één regionaal traject werken. Elk bestuur kiest zelf of het meedoet; niet "
        "meedoen is een keuze, met een reden.",
        APPLICATION,
        ("coalities", "coalitie van bereidwilligen"),
    ),
    Term(
        "dekking",
        "Het deel van de open uitdagingen waarvoor minstens één lopend project is gekoppeld. Apart geteld: het "
        "deel met een regionaal project.",
        AGREEMENT,
        ("gedekt",),
    ),
    Term(
        "dezelfde vraag",
        "Twee uitdagingen die iemand in één onderwerp plaatste (bevestigd), of die op elkaar lijken (lijkt op). "
        "Enkel dezelfde dienst en hetzelfde thema is nooit genoeg.",
        AGREEMENT,
        ("lijkt op", "onderwerp"),
    ),
    Term(
        "draagvlak",
        "Wie binnen een bestuur op de hoogte is, voorwaarden stelt of zich engageerde: van algemeen directeur en "
        "managementteam tot college en raad, ambtelijk en politiek.",
        APPLICATION,
        ("engagement", "voorwaarde"),
    ),
    Term(
        "eigen aandeel",
        "De totale begroting (toegekend gedeeld door het subsidiepercentage, op de cent afgerond) min wat "
        "toegekend is en wat andere bronnen betalen.",
        AGREEMENT,
    ),
    Term(
        "eigen inbreng",
        "Wat de partners zelf bijdragen aan de kosten, naast de subsidie. Samen is dat het eigen aandeel.",
        CALL,
    ),
    Term(
        "Gemeente zonder Gemeentehuis",
        "De Vlaamse oproep die digitale dienstverlening van lokale besturen subsidieert. Het geld van het "
        "programma komt uit deze oproep.",
        CALL,
        ("GZG", "GZGH"),
    ),
    Term(
        "IGS",
        "Een intergemeentelijk samenwerkingsverband: een vereniging waarin gemeenten samen een taak uitvoeren.",
        "decreet over het lokaal bestuur",
        ("dienstverlenende vereniging", "intercommunale"),
    ),
    Term(
        "inventaris",
        "De lijst van uitdagingen en projecten die de besturen meldden. De telling van 2022 is gepubliceerd en "
        "verandert niet meer; de lijst zelf groeit verder.",
        "inventaris van de gemeenten",
    ),
    Term(
        "kandidaat-coalitie",
        "Een groep besturen met een gelijke uitdaging waarop nog geen regionaal traject antwoordt. Het is een "
        "voorstel; er begint niets vanzelf.",
        AGREEMENT,
    ),
    Term(
        "koploper",
        "Het bestuur dat op een aspect het verst staat. Bij type 2 werkt de koploper het verder uit, op vraag van "
        "anderen.",
        APPLICATION,
        ("eerste van de regio",),
    ),
    Term(
        "meetrekken",
        "Wat een trekker doet: de anderen naar het eigen niveau brengen. Wie nog niet kan volgen, stapt later in.",
        APPLICATION,
    ),
    Term(
        "mijlpaal",
        "Een stap met een datum, op weg naar een resultaat of in een project. De eerste datum blijft altijd "
        "staan; ernaast staat wat nu verwacht wordt.",
        AGREEMENT,
        ("mijlpalen", "stap"),
    ),
    Term(
        "nazorg",
        "De fase na de uitvoering: het werkt, en iemand houdt het in stand. Het project telt nog als lopend.",
        AGREEMENT,
    ),
    Term(
        "nog niet gemeld",
        f"{numbers.UNREPORTED.meaning} Dat is iets anders dan stil.",
        AGREEMENT,
    ),
    Term(
        "peildatum",
        "De dag waarop een cijfer waar is. Elk cijfer in het portaal heeft er een.",
        AGREEMENT,
        ("stand van",),
    ),
    Term(
        "penhouder",
        "Het bestuur dat het subsidiedossier indient, het geld ontvangt en de verantwoording aflegt, namens alle "
        "partners.",
        CALL,
        ("penhouders",),
    ),
    Term(
        "plafond",
        "Het hoogste bedrag dat een oproep voor één dossier geeft. Gevraagd en toegekend liggen er niet boven.",
        CALL,
        ("subsidieplafond",),
    ),
    Term(
        "plan (geld)",
        "Het begrote bedrag per jaar, gelijkmatig over dat jaar. Het geld volgt het plan tot op 10 % na.",
        AGREEMENT,
    ),
    Term(
        "prognose",
        f"{numbers.FORECAST.meaning} Zonder raming staat er ‘geen prognose’: er wordt niets ingevuld.",
        AGREEMENT,
        ("raming",),
    ),
    Term(
        "resultaat",
        "Wat een atelier belooft, met een doel waaraan te zien is of het bereikt is.",
        APPLICATION,
        ("resultaten", "deliverable"),
    ),
    Term(
        "roadmap",
        "Wat één bestuur de komende jaren plant: investeringen, governance en business, elk met een jaar.",
        APPLICATION,
        ("stappenplan",),
    ),
    Term(
        "ronde",
        "De periode tussen twee vergaderingen van de stuurgroep, waarin elk regionaal project meldt hoe het "
        "ervoor staat.",
        AGREEMENT,
        ("voortgangsronde", "rondes"),
    ),
    Term(
        "stil",
        f"{numbers.QUIET.meaning} Wie bevestigt dat er niets veranderde, is niet stil.",
        AGREEMENT,
        ("stilte", "zwijgt"),
    ),
    Term(
        "trekker",
        "Het bestuur dat een coalitie leidt. Wie dat volgens het type zou moeten zijn, staat als opmerking bij de "
        "coalitie; ervan afwijken mag, met een reden.",
        APPLICATION,
        ("trekkers", "trekt"),
    ),
    Term(
        "type samenwerking",
        "Een van de manieren waarop besturen in een coalitie samenwerken. Het type zegt wie trekt en wat er nodig is.",
        APPLICATION,
        ("type", "samenwerkingstype"),
    ),
    Term(
        "uitdaging",
        "Een nood aan IT die één bestuur meldde, in eigen woorden.",
        "inventaris van de gemeenten",
        ("uitdagingen", "nood"),
    ),
    Term(
        "uitgegeven",
        numbers.SPENT.meaning,
        AGREEMENT,
        ("betaald", "uitgave"),
    ),
    Term(
        "uitloop",
        "Het aantal dagen tussen het eerste plan en wat nu verwacht wordt, of wanneer het klaar was.",
        AGREEMENT,
        ("vertraging",),
    ),
    Term(
        "vastgelegd (geld)",
        numbers.COMMITTED.meaning,
        AGREEMENT,
        ("vastlegging", "verbintenis"),
    ),
    Term(
        "vastgelegd (vergadering)",
        "Wat de vergadering zag, is bewaard. Haar pagina en haar pak veranderen daarna niet meer; een verbetering "
        "is een nota met een datum.",
        AGREEMENT,
        ("bevroren",),
    ),
    Term(
        "zonder boeking",
        "Een lijn van dit jaar of vroeger waarop nog iets over is en waarop sinds de voorlaatste stuurgroep niets "
        "geboekt is.",
        AGREEMENT,
    ),
)

_BY_WORD = {fold(term.word): term for term in TERMS}


def term(word: str) -> Term:
    """The term called so. Raises KeyError for a word that is not explained."""
    return _BY_WORD[fold(word)]

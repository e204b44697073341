"""The demo's sentences, as people in a town hall would write them."""

DECLINED = (
    "Ons huidige pakket voldoet en is pas vernieuwd; een overstap geeft nu geen betere dienstverlening.",
    "We zetten eerst in op de verhuis naar het nieuwe administratief centrum.",
    "De baten wegen voor onze schaal niet op tegen de jaarlijkse kost.",
    "Onze dienst is te klein om dit naast de lopende projecten op te nemen.",
)
LATER = (
    "We stappen in zodra het lopende contract afloopt.",
    "Eerst wordt de functie van informatiebeheerder ingevuld.",
    "Na de meerjarenplanaanpassing is er budget.",
)
BETTER = (
    "Kortere doorlooptijd aan het loket.",
    "Inwoners moeten hun gegevens maar één keer geven.",
    "Meldingen zijn van begin tot einde op te volgen.",
    "Minder manueel overtypen tussen toepassingen.",
)
NOT_BETTER = ("We scoren hier al hoog; we doen mee om kennis te delen.",)
CONDITIONS = (
    "Duidelijkheid over de jaarlijkse kost na het einde van de subsidie",
    "Een aanspreekpunt per dienst dat tijd krijgt voor het traject",
    "Gegevensbeschermingseffectbeoordeling vooraf voorgelegd",
    "Opleiding van de loketmedewerkers voor de ingebruikname",
    "Koppeling met het bestaande dossiersysteem gegarandeerd",
    "Overleg met de vakorganisaties over de nieuwe werkwijze",
)
OWNERS = ("Diensthoofd burgerzaken", "Informatiebeheerder", "Financieel directeur", "Diensthoofd personeel")
ROADMAP = (
    ("investering", "Vernieuwing van het werkplekpark"),
    ("governance", "Overleg informatieveiligheid in het managementteam"),
    ("business", "Digitaal loket met opvolging voor de burger"),
    ("investering", "Overstap naar de regionale cloudomgeving"),
    ("governance", "Functie van informatiebeheerder gedeeld met de buren"),
    ("business", "Processen van het loket doorgelicht"),
    ("business", "Eén aanspreekpunt voor meldingen"),
)
STEPS = (
    "Aanpak uitgewerkt",
    "Proefopstelling bij de eerste partners",
    "Gevalideerd door de stuurgroep",
    "In gebruik bij de partners",
)
DONE = (
    "Behoeften van de diensten verzameld en gerangschikt.",
    "Proefomgeving opgezet en getest met vijf medewerkers.",
    "Bestek gepubliceerd en offertes beoordeeld.",
    "Afspraken over gegevens en rollen goedgekeurd.",
    "Eerste twee besturen zijn overgeschakeld.",
    "Opleiding gegeven aan twintig medewerkers.",
)
NEXT = (
    "Resultaten bespreken met de deelnemers.",
    "Koppeling testen met het dossiersysteem.",
    "Planning van de volgende besturen vastleggen.",
    "Voorstel voorbereiden voor de colleges.",
)
BLOCKED = (
    "De leverancier levert de koppeling later dan beloofd.",
    "Er is nog geen akkoord over de verdeling van de kost.",
    "De projectleider is tijdelijk vervangen.",
)
ASSIGNMENTS = (
    "Een gedeelde aanpak uitwerken die elk bestuur zonder maatwerk kan overnemen.",
    "De bestaande aanpakken naast elkaar leggen en één voorkeurspad voorstellen.",
)
EFFECTS = (
    "Inwoners volgen hun aanvraag zelf op.",
    "De loketmedewerker ziet alle dossiers van één burger samen.",
    "Een aanvraag kan volledig zonder verplaatsing.",
)
AGENDA = ("Stand van zaken", "Voortgang en knelpunten", "Voorstel tot bijsturing")
DECISIONS = (
    "De stuurgroep keurt de voorgestelde planning goed.",
    "De proef wordt uitgebreid naar drie bijkomende besturen.",
    "De kost van de licenties wordt verdeeld volgens inwonersaantal.",
    "Het traject krijgt een bijkomende maand voor de ingebruikname.",
    "De nota wordt voorgelegd aan de Conferentie van Burgemeesters.",
)
ACTIONS = (
    "Lijst van gebruikte toepassingen bezorgen aan de projectcoördinator",
    "Aanspreekpunt aanduiden voor de proef",
    "Voorstel van kostenverdeling nalezen met de financieel directeur",
    "Datum voorstellen voor de demonstratie aan de diensten",
    "Gegevens van het loket van het voorbije jaar aanleveren",
)
ACTION_DONE = ("Bezorgd en besproken.", "Afgesproken met de betrokken diensten.", "Nagelezen; geen opmerkingen.")
COSTS = {
    "personeel": "Projectmedewerkers",
    "werking": "Opleiding en communicatie",
    "externe_prestaties": "Begeleiding en studie",
    "investering": "Software en licenties",
    "overhead": "Overhead van de penhouder",
}
# what it concerns, what may go wrong, what is done about it, chance and effect, and who follows it
RISKS = (
    (
        "project",
        "De leverancier levert de koppeling te laat",
        "Boete in het bestek; elke maand opvolgen",
        4,
        4,
        "ICT-coördinator",
    ),
    (
        "project",
        "Loketmedewerkers gebruiken de toepassing niet",
        "Opleiding voor de start, peter of meter per dienst",
        3,
        4,
        "Diensthoofd burgerzaken",
    ),
    (
        "project",
        "Persoonsgegevens komen bij de verkeerde dienst",
        "Beoordeling vooraf door de functionaris",
        2,
        5,
        "Functionaris voor gegevensbescherming",
    ),
    ("project", "Een trekkend bestuur haakt af", "Tweede trekker aanduiden in het akkoord", 2, 4, "Algemeen directeur"),
    (
        "deliverable",
        "Te weinig besturen nemen het resultaat over",
        "Bezoekronde langs de colleges",
        3,
        3,
        "Verantwoordelijke van het atelier",
    ),
    (
        "deliverable",
        "De medewerker met de kennis vertrekt",
        "Werkwijze beschrijven, kennis bij twee mensen",
        3,
        5,
        "Diensthoofd personeel",
    ),
    (
        "deliverable",
        "De meting komt te laat voor de eindrapportage",
        "Meting vervroegen naar het voorjaar",
        2,
        3,
        "Verantwoordelijke van het atelier",
    ),
    (
        "",
        "De subsidie wordt niet volledig uitgegeven",
        "Elk kwartaal de lijnen zonder boeking nakijken",
        4,
        3,
        "Financieel directeur",
    ),
    (
        "",
        "Na de subsidie is er geen geld voor het beheer",
        "Verdeelsleutel voorleggen aan de Conferentie",
        4,
        5,
        "Algemeen directeur",
    ),
    (
        "",
        "Besturen hebben geen tijd naast hun eigen werking",
        "Kleinere coalities, gespreide start",
        5,
        3,
        "Coördinator van het programma",
    ),
)

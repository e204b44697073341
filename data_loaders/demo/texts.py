"""The demo's sentences, as people in a town hall would write them."""

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
COSTS = {
    "personeel": "Projectmedewerkers",
    "werking": "Opleiding en communicatie",
    "externe_prestaties": "Begeleiding en studie",
    "investering": "Software en licenties",
    "overhead": "Overhead van de penhouder",
}

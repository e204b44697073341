"""The dictionary of numbers: each with its name, its one sentence, its unit and what it is true for.

A number on a page, in the pack, in a mail or in a workbook is one of these. The same key of the same thing is the same
value everywhere, whoever reads it.
"""

from portal.number import Number, Of, Unit
from portal.numbers_of_one import *  # noqa: F403 - one dictionary, in two files

_BOTH = (Of.REGION, Of.PARTNER)
_WORK = (Of.REGION, Of.ATELIER, Of.MEETING)

# -- the inventory
CHALLENGES = Number(
    *("uitdagingen", "uitdagingen gemeld"),
    "Alle uitdagingen die besturen in het portaal registreerden, ook interne en ook wat intussen opgelost is.",
    _BOTH,
)
OPEN = Number("open", "open uitdagingen", "Uitdagingen die niet opgelost en niet vervallen zijn.", _BOTH)
WITHOUT_PROJECT = Number(
    "zonder-project", "open zonder project", "Open uitdagingen waaraan geen enkel lopend project werkt.", _BOTH
)
COVERED = Number("gedekt", "met een project", "Open uitdagingen waaraan minstens één lopend project werkt.", _BOTH)
COVERED_SHARED = Number(
    *("regionaal-gedekt", "met een regionaal project"),
    "Open uitdagingen waaraan minstens één lopend regionaal of bovenregionaal project werkt.",
    _BOTH,
)
COVERAGE = Number(
    *("dekking", "dekking", "Aandeel van de open uitdagingen waaraan minstens één lopend project werkt."),
    *(_BOTH, Unit.SHARE),
)
PROJECTS = Number(
    *("projecten", "eigen projecten"),
    "Projecten die een bestuur zelf meldde, lopend of beëindigd; gedeelde projecten die niemand meldde, tellen apart.",
    _BOTH,
)
SHARED_PROJECTS = Number(
    *("gedeelde-projecten", "gedeelde projecten"),
    "Regionale en bovenregionale projecten uit andere bronnen, die geen enkel bestuur meldde, lopend of beëindigd.",
)
ALL_PROJECTS = Number("alle-projecten", "alle projecten", "De gemelde en de gedeelde projecten samen.")
PUBLISHED_CHALLENGES = Number(
    *("gepubliceerde-uitdagingen", "gepubliceerde uitdagingen"),
    "Wat de gemeenten in de gepubliceerde bevraging meldden; dit cijfer verandert nooit.",
    _BOTH,
)
PUBLISHED_PROJECTS = Number(
    *("gepubliceerde-projecten", "gepubliceerde projecten"),
    "Projecten in de gepubliceerde bevraging; dit cijfer verandert nooit.",
    _BOTH,
)
SHARED_SUBJECTS = Number(
    *("gedeelde-onderwerpen", "gedeelde onderwerpen"),
    "Bevestigde en voorgestelde onderwerpen met een open uitdaging van minstens twee partners.",
)
ELSEWHERE = Number(
    *("ook-elders", "ook elders"),
    "Open uitdagingen die ook bij een ander bestuur leven, bevestigd of gelijkend.",
    (Of.PARTNER,),
)
CONFIRMED_ELSEWHERE = Number(
    *("ook-elders-bevestigd", "bevestigd ook elders"),
    "Open uitdagingen die iemand met die van een ander bestuur in één onderwerp zette.",
    (Of.PARTNER,),
)
ALIKE_ELSEWHERE = Number(
    *("ook-elders-gelijkend", "gelijkend ook elders"),
    "Open uitdagingen die op die van een ander bestuur lijken, zonder dat iemand het bevestigde.",
    (Of.PARTNER,),
)
OVERDUE_PROJECTS = Number(
    *("projecten-te-laat", "projecten te laat"),
    "Eigen projecten die nog lopen na hun verwachte einde, of na het eerste plan waar niets verwacht wordt.",
    (Of.PARTNER,),
)

# -- coalitions
COALITIONS = Number(
    "coalities", "gedeelde trajecten", "Regionale en bovenregionale projecten die lopen, ook zonder bekende deelnemer."
)
JOINED = Number(
    *("doet-mee", "gedeelde trajecten waarin het bestuur meedoet"),
    "Lopende gedeelde trajecten waarin het bestuur trekt, deelneemt of begeleid wordt.",
    (Of.PARTNER, Of.PROJECT),
)
LEADS = Number("trekt", "getrokken", "Lopende gedeelde trajecten die het bestuur trekt.", (Of.PARTNER,))
JOINED_ON_AVERAGE = Number(
    *("gemiddeld-mee", "gemiddeld mee"),
    "In hoeveel lopende gedeelde trajecten een partner gemiddeld meedoet, afgerond.",
)
JOINING_ON_AVERAGE = Number(
    *("deelnemers-gemiddeld", "deelnemers per traject"),
    "Hoeveel partners gemiddeld meedoen in een traject waarvan de deelnemers bekend zijn, afgerond.",
)
JOINING_UNKNOWN = Number(
    "deelnemers-onbekend", "deelnemers onbekend", "Lopende gedeelde trajecten waarvan nog geen deelnemer bekend is."
)
MOST_JOINED = Number("meeste-coalities", "meeste coalities", "Het hoogste aantal trajecten waarin een bestuur meedoet.")
BUSIEST = Number("actiefste", "besturen in de meeste", "Besturen die in de meeste lopende gedeelde trajecten meedoen.")
LEADERLESS = Number(
    "trekt-geen", "besturen die nog niets trekken", "Besturen die geen enkel lopend gedeeld traject trekken."
)
RED = Number("rood", "op rood", "Lopende gedeelde trajecten die rood melden of waarvan het berekende signaal rood is.")
QUIET = Number(
    *("stil", "trajecten stil"),
    "Lopende gedeelde trajecten zonder verslag en zonder wijziging sinds de vorige twee stuurgroepen.",
)
UNREPORTED = Number(
    *("nog-niet-gemeld", "nog niet gemeld"),
    "Lopende gedeelde trajecten zonder verslag in deze ronde, dus sinds de vorige stuurgroep.",
    _WORK,
)
TO_REPORT = Number(
    *("te-melden", "wachten op uw melding"),
    "Lopende gedeelde trajecten waarover u meldt en die in deze ronde nog geen verslag hebben.",
    (Of.VIEWER,),
    seen=True,
)
OWN_TO_REPORT = Number(
    *("eigen-te-melden", "eigen projecten zonder verslag"),
    "Eigen lokale projecten zonder verslag in deze ronde.",
    (Of.VIEWER,),
    seen=True,
)
REPORTED = Number("gemeld", "gemeld in deze ronde", "Lopende gedeelde trajecten met een verslag in deze ronde.", _WORK)
PARTNERS = Number("besturen", "besturen", "De gemeenten en de andere besturen die meedoen aan het programma.")
REPORTING = Number("meldende-gemeenten", "gemeenten in de bevraging", "Gemeenten die in de bevraging geteld zijn.")
WAITING = Number(
    *("wacht-op-u", "vragen aan u"),
    "Uitnodigingen zonder antwoord, open voorwaarden en eigen open acties van het bestuur samen.",
    (Of.PARTNER,),
)
INVITATIONS = Number(
    *("uitnodigingen", "uitnodigingen", "Uitnodigingen voor een lopend traject waarop nog geen antwoord kwam."),
    (Of.PARTNER,),
)
CONDITIONS = Number(
    *("voorwaarden", "open voorwaarden", "Voorwaarden voor draagvlak die nog niet ingevuld zijn."), (Of.PARTNER,)
)
OWN_ACTIONS = Number(
    *("eigen-acties", "eigen open acties", "Acties die het bestuur beloofde en nog niet deed."), (Of.PARTNER,)
)
INHABITANTS = Number("inwoners", "inwoners", "Inwoners volgens de laatst gekende telling.", (Of.PARTNER,))

# -- results
RESULTS = Number(
    *("resultaten", "beloofde resultaten"),
    "De resultaten die het programma beloofde: die uit de ateliers en het model van aansturing.",
    _WORK,
)
OF_ATELIERS = Number(
    *("resultaten-ateliers", "resultaten uit de ateliers"),
    "De beloofde resultaten zonder die van het model van aansturing.",
    _WORK,
)
REACHED = Number(
    *("bereikt", "resultaten bereikt"),
    "Resultaten die als bereikt genoteerd zijn of waarvan het beoogde aantal er is.",
    _WORK,
)
RUNNING = Number("bezig", "resultaten bezig", "Resultaten waar al een stap gezet is en niets te laat is.", _WORK)
OVERDUE = Number(
    "resultaten-te-laat", "resultaten te laat", "Niet bereikte resultaten met een mijlpaal die te laat is.", _WORK
)
NOT_STARTED = Number("niet-gestart", "resultaten niet gestart", "Resultaten waar nog geen stap gezet is.", _WORK)
UNKNOWN = Number(
    "zonder-gegevens", "resultaten zonder gegevens", "Resultaten waarover nog niets genoteerd is; dat is geen 0.", _WORK
)
ATELIERS = Number("ateliers", "ateliers", "De ateliers van het programma.")
LATE = Number(
    *("te-laat", "mijlpalen te laat"),
    "Mijlpalen die na hun verwachte dag nog niet klaar zijn, van resultaten en van lopende projecten.",
    _WORK,
)
LATE_OF_RESULTS = Number(
    *("te-laat-resultaten", "mijlpalen van resultaten te laat"),
    "Mijlpalen van nog niet bereikte resultaten die na hun verwachte dag nog niet klaar zijn.",
    (*_WORK, Of.RESULT),
)
SOON = Number(
    "dringend", "moeten klaar zijn", "Mijlpalen die klaar moeten zijn tegen de dag van de volgende stuurgroep.", _WORK
)

OWNERLESS = Number(
    *("zonder-eigenaar", "resultaten zonder wie overneemt"),
    "Resultaten waarvan nog niet genoteerd is wie ze na de subsidie overneemt.",
)
DAYS_OF_GRANT = Number(
    *("dagen-subsidie", "tot het einde van de subsidie"),
    "Dagen van vandaag tot de laatste dag van de subsidie die het laatst eindigt.",
    unit=Unit.DAYS,
)

# -- meetings
DAYS_TO_MEETING = Number(
    *("dagen-tot-stuurgroep", "tot de volgende stuurgroep"),
    "Dagen van vandaag tot de eerstvolgende geplande stuurgroep.",
    unit=Unit.DAYS,
)
_AGREED = (Of.REGION, Of.MEETING)
OPEN_ACTIONS = Number("acties", "open acties", "Afgesproken acties die nog niet gedaan zijn.", _AGREED)
LATE_ACTIONS = Number("acties-te-laat", "acties te laat", "Open acties waarvan de afgesproken dag voorbij is.", _AGREED)
_MEETING = (Of.MEETING,)
RESULTS_READY = Number("klaar", "resultaten klaar", "Resultaten die sinds de vorige vergadering klaar zijn.", _MEETING)
STEPS_MOVED = Number(
    "verschoven", "mijlpalen verschoven", "Mijlpalen die sinds de vorige vergadering een andere dag kregen.", _MEETING
)
MINDS_CHANGED = Number(
    *("houding", "partners van houding veranderd"),
    "Partners van wie de deelname of het draagvlak sinds de vorige vergadering veranderde.",
    _MEETING,
)
CHANGES = Number(
    "veranderingen",
    "veranderingen",
    "Wat een vergadering moet horen en sinds de vorige veranderde.",
    _MEETING,
    seen=True,
)
ASKED = Number("gevraagd", "gevraagde beslissingen", "Agendapunten waarover de vergadering moet beslissen.", _MEETING)
DECIDED = Number("beslist", "genomen beslissingen", "Beslissingen die de vergadering nam.", _MEETING)
COALITIONS_THEN = Number(
    *("trajecten-toen", "gedeelde trajecten op de vergadering"),
    "Gedeelde trajecten die liepen in de stand die deze vergadering zag; interne tellen daarin niet mee.",
    _MEETING,
)
PARTICIPATIONS_THEN = Number(
    *("deelnames-toen", "deelnames op de vergadering"),
    "Keren dat een bestuur trok, deelnam of begeleid werd in die trajecten.",
    _MEETING,
)
QUIET_THEN = Number(
    *("stil-toen", "trajecten stil op de vergadering"),
    "Trajecten die stil waren in de stand die deze vergadering zag; interne tellen daarin niet mee.",
    _MEETING,
)
OWNERLESS_THEN = Number(
    *("zonder-verantwoordelijke", "resultaten zonder verantwoordelijke na de subsidie"),
    "Resultaten waarvan in de stand die deze vergadering zag niet bekend was wie ze na de subsidie draagt.",
    _MEETING,
)

# -- money
_GRANT = (Of.GRANT, Of.ATELIER, Of.MEETING)
BUDGETED = Number(
    *("begroot", "begroot", "Wat op de lijnen van het dossier voorzien is, samen de totale begroting."),
    *(_GRANT, Unit.EURO),
)
COMMITTED = Number(
    *("vastgelegd", "vastgelegd"),
    "Waarvoor een verbintenis bestaat, zoals een bestelling of een contract; ook wat daarna uitgegeven is.",
    *(_GRANT, Unit.EURO),
)
SPENT = Number(
    *("uitgegeven", "uitgegeven", "Wat als uitgave geboekt is; een rechtzetting is een negatieve boeking."),
    *(_GRANT, Unit.EURO),
)
FORECAST = Number(
    *("prognose", "prognose"),
    "Wat de lijnen op het einde zullen kosten volgens de nieuwste raming; een lijn zonder raming telt niet mee.",
    *(_GRANT, Unit.EURO),
)
LEFT_AT_END = Number(
    *("verschil-prognose", "verschil met begroot"),
    "Begroot min prognose, van de lijnen met een prognose.",
    *(_GRANT, Unit.EURO),
)
PLANNED = Number(
    "voorzien", "voorzien tegen vandaag", "Wat volgens het plan vandaag uitgegeven zou zijn.", _GRANT, Unit.EURO
)
AWARDED = Number("toegekend", "toegekend", "Het subsidiebedrag dat toegekend is.", _GRANT, Unit.EURO)
LINES = Number("lijnen", "budgetlijnen", "De lijnen waarin de begroting opgedeeld is.", _GRANT)
LINES_OVER = Number(
    *("lijnen-boven", "budgetlijnen boven begroot"),
    "Budgetlijnen met een prognose meer dan 10 % boven begroot.",
    _GRANT,
)

NUMBERS: dict[str, Number] = {each.key: each for each in list(globals().values()) if isinstance(each, Number)}
"""Every number by its key, in the order of the programme."""

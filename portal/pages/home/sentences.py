"""The first page in words: a greeting, and per role the one sentence that says what is going on."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from portal.clock import REGION_TIME
from portal.pages.home.answers import Own, Region, Work
from portal.pages.inventory.view import story
from portal.permissions import Viewer
from portal.text import euro, in_words, plural, sentence
from portal.vocabulary import Health

NOON, EVENING = 12, 18
Opening = list[str | Component]


def greeting(viewer: Viewer, now: datetime) -> str:
    """By the hour in the region, and by role: several people share one role's account."""
    hour = now.astimezone(REGION_TIME).hour
    part = "Goedemorgen" if hour < NOON else "Goedemiddag" if hour < EVENING else "Goedenavond"
    return f"{part}, {viewer.role.label.lower()}"


def of_steering(region: Region) -> Opening:
    """When the meeting is, what is red, who is quiet, whether the money follows."""
    return [until_meeting(region), " ", html.B(reds(region)), f", {quiet(region)}, ", html.B(money(region)), "."]


def of_director(region: Region, own: Own) -> Opening:
    shared = own.standing.elsewhere
    told = f"{sentence(in_words(shared))} van onze {in_words(own.standing.open_challenges)} open uitdagingen "
    lives = "leeft ook bij anderen" if shared == 1 else "leven ook bij anderen"
    if not own.standing.open_challenges:
        told, lives = "Wij hebben geen open uitdagingen", " geregistreerd"
    asked = plural(own.waiting, "vraag wacht", "vragen wachten")
    return [html.B(told + lives), "; ", html.B(f"{asked} op uw antwoord"), f". {until_meeting(region)}"]


def of_mayor(region: Region) -> Opening:
    return story(region.totals)


def of_worker(region: Region, work: Work) -> Opening:
    """For who keeps projects and results true."""
    reports = plural(len(work.reports), "project moet nog melden", "projecten moeten nog melden")
    late = int(work.urgent["days_late"].notna().sum())
    return [until_meeting(region), " ", html.B(sentence(reports)), ", ", html.B(f"{late_steps(late)}"), "."]


def until_meeting(region: Region) -> str:
    days = region.calendar.days_to_next
    if days is None:
        return "Er is nog geen volgende stuurgroep gepland."
    if days == 0:
        return "Vandaag vergadert de stuurgroep."
    return f"{sentence(in_words(days))} {'dag' if days == 1 else 'dagen'} voor de volgende stuurgroep."


def reds(region: Region) -> str:
    """Red as reported or as computed."""
    red = (region.signals["health"] == Health.RED.value) | (region.signals["signal"] == Health.RED.value)
    count = int(red.sum())
    if count == 0:
        return "Geen traject staat op rood"
    return sentence(f"{in_words(count)} {'traject staat' if count == 1 else 'trajecten staan'} op rood")


def quiet(region: Region) -> str:
    count = int(region.signals["quiet"].sum())
    return "niemand zwijgt" if count == 0 else f"{in_words(count)} {'zwijgt' if count == 1 else 'zwijgen'}"


def late_steps(count: int) -> str:
    return (
        "geen mijlpaal is over tijd"
        if count == 0
        else plural(count, "mijlpaal is over tijd", "mijlpalen zijn over tijd")
    )


def money(region: Region) -> str:
    """Whether lines go over; for who sees totals only, what is spent of what is budgeted."""
    if not region.money:
        return "er is geen subsidiedossier"
    first = region.money[0]
    if first.far_over is None:
        return f"{euro(first.amounts.spent, cents=False)} van {euro(first.amounts.budgeted, cents=False)} is uitgegeven"
    if first.far_over == 0:
        return "het geld volgt het plan"
    return plural(first.far_over, "budgetlijn loopt over", "budgetlijnen lopen over")


def five(region: Region) -> list[str]:
    """The whole in five sentences: inventory, coalitions, results, money, meeting."""
    totals, results = region.totals, region.results
    joined = region.partners["coalitions"]
    reached, promised = int(results["bereikt"].sum()) if "bereikt" in results else 0, int(results["results"].sum())
    average = round(float(joined.mean())) if len(joined) else 0
    return [
        f"{sentence(in_words(totals.without_project))} open uitdagingen hebben nog geen lopend project.",
        f"Een partner doet gemiddeld mee in {in_words(average)} van de {in_words(len(region.signals))} "
        "gedeelde trajecten.",
        f"{sentence(in_words(reached))} van de {promised} beloofde resultaten zijn bereikt; "
        f"{late_steps(len(region.late))}.",
        f"{sentence(money(region))}.",
        f"{reds(region)} en {quiet(region)}.",
    ]

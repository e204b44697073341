"""What the first page asks, and the sentences that say it."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers
from portal.clock import REGION_TIME
from portal.components.numbers import keyed
from portal.number import REGION, Counted, Number, of_ateliers
from portal.pages.partner.starting import Start, start_of
from portal.pages.remembered import remembered
from portal.pages.same_question import to_call
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.endorsement import ConditionRow, open_conditions_of
from portal.queries.coalitions.participations import AnswerRow, Invitation, answered_of, invitations_of
from portal.queries.counted import RegionCounts, WorkCounts, region_counts, work_counts
from portal.queries.inventory.counts import InventoryTotals, inventory_totals
from portal.queries.inventory.covering import OwnAnswer, own_answers
from portal.queries.inventory.same_question import Elsewhere, elsewhere
from portal.queries.inventory.starting import has_challenges
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.meetings.open_work import ActionRow, open_actions
from portal.queries.meetings.rounds import RoundRow, still_to_report
from portal.queries.money.grants import GrantFacts, GrantMoney, grants, money_in_one_line
from portal.queries.money.rows import Per
from portal.queries.money.totals import totals_per
from portal.queries.partners.figures import JoinedPartner, PartnerStanding, joined_partners, partner_standing
from portal.queries.partners.partners import Contact, contacts_of
from portal.queries.reference import Option, own_atelier_options, own_partner_options
from portal.queries.results.deliverables import MilestoneRow, results_per_atelier, urgent_milestones
from portal.queries.results.signals import Signal, project_signals
from portal.text import in_words, plural, sentence

MOST_QUESTIONS = 2  # of each kind


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The region as one viewer may know it, and its numbers, which are the same for everybody."""

    as_of: date
    calendar: SteeringCalendar
    totals: InventoryTotals
    signals: list[Signal]
    urgent: list[MilestoneRow]
    actions: list[ActionRow]
    results: pd.DataFrame
    partners: list[JoinedPartner]
    money: tuple[GrantMoney, ...]
    counts: RegionCounts


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """What one partner is asked, and what it shares."""

    partner: Option
    standing: PartnerStanding
    conditions: list[ConditionRow]
    actions: list[ActionRow]
    questions: list[OwnAnswer]  # with the same question elsewhere, confirmed first
    named: Elsewhere  # how many there are of them
    contacts: list[Contact]
    start: Start | None  # where nothing is registered yet

    def counted(self, what: Number, value: int) -> Counted:
        return what.at(value, self.partner.code)


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What must be brought up to date before the next meeting, in the viewer's reach."""

    ateliers: tuple[str, ...]  # codes; empty for who reaches all
    reports: list[RoundRow]
    counts: WorkCounts

    @property
    def of(self) -> str:
        return of_ateliers(self.ateliers)


@remembered
def region(session: Session, viewer: Viewer) -> Region:
    return Region(
        as_of=portal_state(session).as_of,
        calendar=steering_calendar(session, viewer),
        totals=inventory_totals(session, viewer),
        signals=project_signals(session, viewer),
        urgent=urgent_milestones(session, viewer),
        actions=open_actions(session, viewer),
        results=results_per_atelier(session, viewer),
        partners=joined_partners(session, viewer),
        money=money_in_one_line(session, viewer),
        counts=region_counts(session),
    )


@remembered
def own(session: Session, viewer: Viewer) -> tuple[Own, ...]:
    """Each partner this viewer works for, by name."""
    actions = open_actions(session, viewer)
    return tuple(_own(session, viewer, partner, actions) for partner in own_partner_options(session, viewer))


def _own(session: Session, viewer: Viewer, partner: Option, actions: list[ActionRow]) -> Own:
    questions = own_answers(session, viewer, partner.code, most=MOST_QUESTIONS)
    begins = not has_challenges(session, partner.code)
    return Own(
        partner=partner,
        standing=partner_standing(session, viewer, partner.code),
        conditions=open_conditions_of(session, viewer, partner.code),
        actions=[action for action in actions if action.owner_slug == partner.code],
        questions=questions,
        named=elsewhere(session, partner.code, viewer),
        contacts=contacts_of(session, viewer, to_call(questions)),
        start=start_of(session, viewer, partner.code) if begins else None,
    )


@remembered
def invited(session: Session, viewer: Viewer) -> tuple[list[Invitation], list[AnswerRow]]:
    """What the viewer's partners are asked to join, and what they answered of late."""
    own = viewer.partner_ids if viewer.may(Permission.EDIT_PARTICIPATION) else frozenset()
    return invitations_of(session, viewer, own), answered_of(session, viewer, own)


@remembered
def work(session: Session, viewer: Viewer) -> Work:
    """Nothing is due from who edits no projects."""
    codes = tuple(atelier.code for atelier in own_atelier_options(session, viewer))
    owed = still_to_report(session, viewer) if viewer.may(Permission.EDIT_PROJECTS) else []
    return Work(codes, owed, work_counts(session, codes))


@remembered
def money_per_atelier(session: Session, viewer: Viewer) -> tuple[tuple[GrantFacts, pd.DataFrame], ...]:
    """The four amounts per atelier of the first grant, the one that runs; nothing without a grant."""
    return tuple((grant, totals_per(session, viewer, grant, Per.ATELIER)) for grant in grants(session, viewer)[:1])


NOON, EVENING = 12, 18
Opening = list[str | Component]


def greeting(viewer: Viewer, now: datetime) -> str:
    """By the hour in the region, and by role: several people share one role's account."""
    hour = now.astimezone(REGION_TIME).hour
    part = "Goedemorgen" if hour < NOON else "Goedemiddag" if hour < EVENING else "Goedenavond"
    return f"{part}, {viewer.role.label.lower()}"


def of_steering(region: Region) -> Opening:
    """When the meeting is, what is red, who is quiet, whether the money follows."""
    return [until_meeting(region), " ", html.B(reds(region)), ", ", quiet(region), ", ", html.B(money(region)), "."]


def of_director(region: Region, own: Own) -> Opening:
    shared, of, waiting = own.standing.elsewhere.total, own.standing.open_challenges, own.standing.waiting
    lives = "leeft ook bij anderen" if shared == 1 else "leven ook bij anderen"
    told: Opening = [
        *(keyed(own.counted(numbers.ELSEWHERE, shared), sentence(in_words(shared))), " van onze "),
        *(keyed(own.counted(numbers.OPEN, of), in_words(of)), f" open uitdagingen {lives}"),
    ]
    if not of:
        told = ["Wij hebben ", keyed(own.counted(numbers.OPEN, of), "geen"), " open uitdagingen geregistreerd"]
    asked = keyed(own.counted(numbers.WAITING, waiting), plural(waiting, "vraag wacht", "vragen wachten"))
    return [html.B(told), "; ", html.B([asked, " op uw antwoord"]), ". ", until_meeting(region)]


def of_worker(region: Region, work: Work) -> Opening:
    """For who keeps projects and results true."""
    count = work.counts.unreported
    reports = sentence(plural(count, "traject moet nog melden", "trajecten moeten nog melden"))
    owed, late = keyed(numbers.UNREPORTED.at(count, work.of), reports), late_steps(work.counts.late, work.of)
    return [until_meeting(region), " ", html.B(owed), ", ", html.B(late), "."]


def until_meeting(region: Region) -> Component | str:
    days = region.calendar.days_to_next
    if days is None:
        return "Er is nog geen volgende stuurgroep gepland."
    if days == 0:
        return keyed(numbers.DAYS_TO_MEETING.at(0), "Vandaag vergadert de stuurgroep.")
    said = f"{sentence(in_words(days))} {'dag' if days == 1 else 'dagen'}"
    return html.Span([keyed(numbers.DAYS_TO_MEETING.at(days), said), " voor de volgende stuurgroep."])


def reds(region: Region) -> Component:
    """Red as reported or as computed."""
    count = region.counts.red
    said = (
        "geen traject staat"
        if not count
        else f"{in_words(count)} {'traject staat' if count == 1 else 'trajecten staan'}"
    )
    return keyed(numbers.RED.at(count), sentence(f"{said} op rood"))


def quiet(region: Region) -> Component:
    count = region.counts.quiet
    said = "geen enkel is stil" if count == 0 else f"{in_words(count)} {'is' if count == 1 else 'zijn'} stil"
    return keyed(numbers.QUIET.at(count), said)


def late_steps(count: int, of: str = REGION) -> Component:
    said = "geen mijlpaal is te laat" if not count else plural(count, "mijlpaal is te laat", "mijlpalen zijn te laat")
    return keyed(numbers.LATE.at(count, of), said)


def money(region: Region) -> Component | str:
    """Whether lines go over; for who sees totals only, what is spent of what is budgeted."""
    if not region.money:
        return "er is geen subsidiedossier"
    first = region.money[0]
    if first.far_over is None:
        amounts = first.amounts
        spent, budgeted = numbers.SPENT.at(amounts.spent, first.code), numbers.BUDGETED.at(amounts.budgeted, first.code)
        return html.Span([keyed(spent), " van ", keyed(budgeted), " is uitgegeven"])
    over = numbers.LINES_OVER.at(first.far_over, first.code)
    if first.far_over == 0:
        return keyed(over, "het geld volgt het plan")
    return keyed(over, plural(first.far_over, "budgetlijn loopt over", "budgetlijnen lopen over"))


def five(region: Region) -> list[Opening]:
    """The whole in five sentences: inventory, coalitions, results, money, meeting."""
    totals, results, living = region.totals, region.results, region.counts.coalitions
    reached, promised = int(results["bereikt"].sum()), int(results["results"].sum())
    joined = sum(partner.coalitions for partner in region.partners)
    average = round(joined / len(region.partners)) if region.partners else 0
    return [
        [
            keyed(numbers.WITHOUT_PROJECT.at(totals.without_project), sentence(in_words(totals.without_project))),
            " open uitdagingen hebben nog geen lopend project.",
        ],
        [
            *("Een partner doet gemiddeld mee in ", keyed(numbers.JOINED_ON_AVERAGE.at(average), in_words(average))),
            *(" van de ", keyed(numbers.COALITIONS.at(living), in_words(living)), " gedeelde trajecten."),
        ],
        [
            *(keyed(numbers.REACHED.at(reached), sentence(in_words(reached))), " van de "),
            *(keyed(numbers.RESULTS.at(promised)), " beloofde resultaten zijn bereikt; "),
            *(late_steps(region.counts.late), "."),
        ],
        [money(region) if region.money else "Er is geen subsidiedossier", "."],
        [reds(region), " en ", quiet(region), "."],
    ]

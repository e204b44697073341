"""A half year of five steering groups: what people do in between by commands, and the line that each of it makes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from inspect import signature
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import clock
from portal.commands import money, results
from portal.commands.coalitions import endorsements, participations
from portal.commands.inventory import challenges, projects
from portal.commands.meetings import agreed, meetings
from portal.commands.meetings.meetings import freeze_meeting
from portal.db import models as m
from portal.permissions import Role
from portal.queries.meetings.meetings import live_report
from portal.vocabulary import (
    BookingKind,
    ChallengeStatus,
    CostKind,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    FundingSource,
    FundingState,
    Health,
    MeetingBody,
    ParticipationState,
    Phase,
    ProjectScope,
    TargetKind,
)
from tests import makers as make
from tests.money import make_grant, make_line

MET = [date(2026, 1, 16) + timedelta(days=42 * turn) for turn in range(5)]
DIED = frozenset({(1, 4), (1, 5), (2, 4), (2, 5)})


@dataclass(frozen=True)
class Told:
    """A line that is expected after `period` (1: between meetings 1 and 2), on the row `of`, as part of a `story`.

    Between meetings further apart the story goes from the first `old` to the last `new`. `new` None: it ends unsaid.
    """

    period: int
    of: str
    story: str
    act: str
    old: str
    new: str | None
    who: str = ""
    on: str = ""
    came: bool = False
    went: bool = False
    as_new: str | None = None  # what a row that came says once this happened to it
    otherwise: dict[tuple[int, int], str] = field(default_factory=dict)  # another act between these meetings
    never: frozenset[tuple[int, int]] = frozenset()  # no line between these


class HalfYear:
    """The rows that live through it, and who acts on them."""

    def __init__(self, session: Session) -> None:
        self.session, self.told = session, list[Told]()
        self.period, self.day = 0, date(2026, 1, 10)
        session.execute(update(m.Project).values(phase=Phase.STOPPED))  # what the reference has, keeps still
        self.coordinator = self._somebody("Ann", Role.COORDINATOR)
        self.lead = self._somebody("Bert", Role.ATELIER, ateliers=[make.atelier_of(session, "I")])
        self.director = self._somebody("Cis", Role.DIRECTOR, make.partner_of(session, "wervik"))
        self._rows()
        session.commit()
        self.reports = {}

    def _somebody(self, name: str, role: Role, *places: Any, ateliers: Any = ()) -> Any:
        user = make.make_user(self.session, role, name=name)
        return make.viewer(role, *places, ateliers=ateliers, user_id=user.id)

    def _rows(self) -> None:
        s = self.session
        self.meetings = [make.make_meeting(s, number=number, planned_on=day) for number, day in enumerate(MET, 1)]
        shared = {"health": Health.GREEN, "progress": 40, "start_on": date(2025, 1, 1)}
        ends = {"end_first_planned_on": date(2026, 12, 31), "end_expected_on": date(2026, 12, 31)}
        self.a = make.make_coalition(s, code="A", title="Meldpunt", atelier="I", **shared, **ends)
        self.b = make.make_coalition(s, code="B", title="Datateam", atelier="II", **shared)
        for project, partner, state in (
            (self.a, "kortrijk", ParticipationState.LEAD),
            (self.a, "wervik", ParticipationState.MEMBER),
            (self.b, "menen", ParticipationState.LEAD),
        ):
            make.make_participation(s, project=project, partner=partner, state=state, since=date(2025, 6, 1))
        self.c = make.make_project(s, code="C", title="Website", reported_by="wervik")
        self.e = make.make_project(s, code="E", title="Server", reported_by="wervik")
        aim = {"target_kind": TargetKind.PARTNERS, "target_value": 3, "target_unit": "partners"}
        self.result = make.make_deliverable(s, code="R", title="Resultaat", atelier="I", **aim)
        self.steps = [
            make.make_milestone(s, deliverable=self.result, title=title, due_first=due, due_expected=due)
            for title, due in (
                ("Een", date(2026, 1, 25)),
                ("Twee", date(2026, 2, 20)),
                ("Drie", date(2026, 6, 1)),
            )
        ]
        self.grant = make_grant(s, code="D-9")
        self.line = make_line(s, self.grant, "1000.00", atelier="I", code="LIJN-9")
        self.challenge = make.make_challenge(s, code="U-9", partner="wervik")
        self.endorsement = make.make_endorsement(s, partner="wervik", on=date(2025, 9, 1))

    # -- time

    def live(self) -> None:
        """From before the first meeting to the last."""
        with self._on(date(2026, 1, 10)):
            for project in (self.a, self.b):
                self._edit(projects.confirm_unchanged, self.coordinator, project)
        acts = [self.first(), self.second(), self.third(), self.fourth()]
        self._meet(1)
        for period, act in enumerate(acts, 1):
            self.period = period
            self._says("vergadering", f"{period}", "gehouden", "", f"gehouden op {MET[period - 1]:%d/%m/%Y}", "Ann")
            for days, _ in enumerate(act, 3):  # a day each: everything after the yield is done on the next
                self.day = MET[period - 1] + timedelta(days=days)
            self._meet(period + 1)

    def _meet(self, number: int) -> None:
        meeting = self.meetings[number - 1]
        self.day = MET[number - 1]
        with self._on(self.day):
            freeze_meeting(
                self.session,
                self.coordinator,
                meeting_id=meeting.id,
                version=meeting.version,
                see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
            )

    def _on(self, day: date) -> Any:
        return clock.standing_at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    def _do(self, act: Any, by: Any = None, **named: Any) -> Any:
        with self._on(self.day):
            return act(self.session, by or self.coordinator, **named)

    def _edit(self, act: Any, by: Any, row: Any, **named: Any) -> None:
        """By the version that stands there."""
        key = "row_id" if "row_id" in signature(act).parameters else f"{row.__tablename__}_id"
        self._do(act, by, **{key: row.id, "version": row.version}, **named)

    def _says(self, of: str, story: str, act: str, old: str, new: str | None, *who: str, **more: Any) -> None:
        on = "" if not who else MET[self.period - 1] if act == "gehouden" else self.day
        self.told.append(Told(self.period, of, story, act, old, new, "".join(who), str(on), **more))

    # -- what people do, and the lines it makes

    def first(self) -> Iterator[None]:
        yield
        one, two, three = self.steps
        done = {"done_on": self.day}
        self._edit(results.MILESTONE.change, self.lead, one, values=done)
        self._says("Een", "klaar", "klaar", "", f"klaar op {self.day:%d/%m/%Y}", "Bert")
        yield
        moved = {"due_expected": date(2026, 4, 20)}
        self._edit(results.MILESTONE.change, self.lead, two, values=moved)
        self._says("Twee", "dag", "verschoven", "20/02/2026", "20/04/2026", "Bert")
        yield
        self._edit(results.MILESTONE.archive, self.lead, three)
        self._says("Drie", "", "geschrapt", "01/06/2026", "geschrapt", "Bert", went=True)
        yield
        values = {"title": "Vier", "due_expected": date(2026, 3, 1)}
        self.four = self._do(results.add_milestone, self.lead, of="R", values=values)
        self._says("Vier", "", "toegevoegd", "", "nieuw: 01/03/2026", "Bert", came=True)
        yield
        for partner in ("wervik", "kortrijk"):
            tick = {"partner": partner, "reached_on": self.day, "seen": None}
            self._do(results.tick_partner, self.lead, deliverable_id=self.result.id, **tick)
        self._says("R", "geteld", "bijgeteld", "niet geteld", "2 van 3 partners", "Bert")
        self._says("R", "stand", "begonnen", "nog niet gestart", "bezig", "Bert")
        yield
        self._answers({"state": ParticipationState.DECLINED, "reason": "te duur"})
        self._says("Wervik · Meldpunt", "stand", "stapt uit", "neemt deel", "neemt niet deel", "Cis")
        yield
        self._do(participations.invite_partners, project="A", partners=["menen"])
        self._says("Menen · Meldpunt", "", "nieuw", "", "nog niet gevraagd", "Ann", came=True)
        yield
        values = {"health": Health.RED, "progress": 50}
        self._edit(projects.report_progress, self.lead, self.a, values=values)
        self._says("A", "kleur", "andere kleur", "groen", "rood", "Bert")
        self._says("A", "voortgang", "voortgang", "40", "50", "Bert")
        yield
        renamed = {"title": "Meldpunten"}  # after the report: who reported is not who named
        self._edit(projects.PROJECT.change, self.coordinator, self.a, values=renamed)
        self._says("A", "naam", "hernoemd", "Meldpunt", "Meldpunten", "Ann")

    def _answers(self, values: dict[str, Any]) -> None:
        own = {"project_id": self.a.id, "partner_id": next(iter(self.director.partner_ids))}
        row = self.session.query(m.Participation).filter_by(**own).one()
        self._do(participations.answer_participation, self.director, row_id=row.id, version=1, values=values)

    def second(self) -> Iterator[None]:
        self._says("B", "stil", "viel stil", "", "viel stil")  # nobody did, and nobody is named
        self._says("B", "signaal", "ander signaal", "groen", "oranje")
        self._says("R", "stand", "te laat", "bezig", "te laat")
        yield
        values = {"state": EndorsementState.ENGAGED}
        self._edit(endorsements.change_endorsement, self.director, self.endorsement, values=values)
        self._says("draagvlak", "stand", "meer draagvlak", "voorwaarden", "geëngageerd", "Cis")
        yield
        where = {"partner": "wervik", "level": EndorsementLevel.COLLEGE, "track": EndorsementTrack.POLITICAL}
        self.condition = self._do(
            endorsements.add_condition, self.director, values={"text": "Eerst een raming"}, **where
        )
        self._says("voorwaarde", "", "nieuwe voorwaarde", "", "Eerst een raming", "Cis", came=True)
        yield
        for kind, amount in ((BookingKind.SPENT, "400.00"), (BookingKind.COMMITTED, "600.00")):
            values = {"budget_line": "LIJN-9", "kind": kind, "on": self.day, "amount": Decimal(amount)}
            self.booking = self._do(money.add_booking, self.lead, values=values)
        self._says("geld I", "uitgegeven", "gewijzigd", "€ 0", "€ 400", "Bert")
        self._says("geld I", "vastgelegd", "gewijzigd", "€ 0", "€ 600", "Bert")
        yield
        values = {"budget_line": "LIJN-9", "as_of": self.day, "amount": Decimal("1200.00")}
        self._do(money.add_forecast, self.lead, values=values)
        self._says("geld I", "prognose", "gewijzigd", "niet bekend", "€ 1.200", "Bert")
        over = "meer dan 10 % boven begroot"
        self._says("LIJN-9", "over", "boven begroot", "binnen begroot", over, "Bert")
        yield
        values = {"grant": "D-9", "year": 2026, "cost_kind": CostKind.STAFF, "funding": FundingSource.SUBSIDY}
        values |= {"funding_state": FundingState.SECURED, "amount": Decimal("500.00"), "atelier": "II"}
        self._do(money.add_line, values=values, code="LIJN-10")
        self._says("LIJN-10", "", "nieuwe lijn", "", "€ 500", "Ann", came=True)
        self._says("geld II", "", "nieuw in de begroting", "", "€ 500", "Ann", came=True)
        yield
        session = self.session
        values = {
            "title": "Een loket",
            "theme": make.theme_of(session).code,
            "dimension": make.dimension_of(session).code,
            "service": make.service_of(session).code,
            "urgency": 2,
        }
        self.new = self._do(challenges.add_challenge, self.director, partner="wervik", values=values, code="U-10")
        self._says("U-10", "", "nieuw", "", "open", "Cis", came=True)
        yield
        self._edit(
            challenges.CHALLENGE.change, self.director, self.challenge, values={"status": ChallengeStatus.SOLVED}
        )
        self._says("U-9", "status", "opgelost", "open", "opgelost", "Cis")
        yield
        self._edit(projects.PROJECT.change, self.lead, self.a, values={"end_expected_on": date(2027, 3, 31)})
        self._says("A", "einde", "verschoven", "31/12/2026", "31/03/2027", "Bert")
        self._says("A", "signaal", "ander signaal", "groen", "oranje", "Bert")

    def third(self) -> Iterator[None]:
        yield
        values = {"health": Health.GREEN, "progress": 40, "done": "Weer bijeen"}
        self._edit(projects.report_progress, self.coordinator, self.b, values=values)
        self._says("B", "stil", "leeft op", "stil", "leeft weer op", "Ann", never=DIED)
        self._says("B", "signaal", "ander signaal", "oranje", "groen")
        yield
        self._edit(projects.PROJECT.change, self.lead, self.a, values={"phase": Phase.AFTERCARE})
        self._says("A", "fase", "andere fase", "uitvoering", "nazorg", "Bert")
        yield
        values = {"title": "Glasvezel", "scope": ProjectScope.REGIONAL, "atelier": "I"}
        self.d = self._do(projects.add_project, values=values, code="D")
        self._says("D", "", "nieuw", "", "idee", "Ann", came=True)
        yield
        self._edit(projects.PROJECT.change, self.director, self.c, values={"phase": Phase.FINISHED})
        self._says("C", "fase", "afgerond", "uitvoering", "afgerond", "Cis")
        yield
        self._edit(results.MILESTONE.change, self.lead, self.steps[1], values={"due_expected": date(2026, 6, 15)})
        self._says("Twee", "dag", "verschoven", "20/04/2026", "15/06/2026", "Bert")
        yield
        self._edit(results.MILESTONE.change, self.coordinator, self.four, values={"done_on": self.day})
        day = f"{self.day:%d/%m/%Y}"
        self._says("Vier", "klaar", "klaar", "", f"klaar op {day}", "Ann", as_new=f"nieuw: {day}")
        again = {(1, 4): "begonnen"}
        self._says("R", "stand", "niet meer te laat", "te laat", "bezig", "Ann", otherwise=again)
        yield
        self._edit(endorsements.CONDITION.change, self.director, self.condition, values={"resolved_on": self.day})
        self._says(
            "voorwaarde", "vervuld", "voorwaarde vervuld", "Eerst een raming", f"vervuld op {self.day:%d/%m/%Y}", "Cis"
        )
        yield
        self._edit(money.LINE.change, self.coordinator, self.line, values={"amount": Decimal("1300.00")})
        over = "meer dan 10 % boven begroot"
        self._says("LIJN-9", "over", "weer binnen begroot", over, "binnen begroot", "Ann")
        self._says("geld I", "begroot", "gewijzigd", "€ 1.000", "€ 1.300", "Ann")
        yield
        at = {"meeting_id": self.meetings[3].id}
        values = {"text": "Het bestek gaat door", "taken_on": self.day}
        self._do(agreed.take_decision, values=values, **at)
        self._says("vergadering", "beslist", "beslist", "", "Het bestek gaat door", "Ann", came=True)
        values = {"text": "Bezorgt de raming", "owner_partner": "wervik", "due_on": date(2026, 6, 10)}
        self.action = self._do(agreed.add_action, values=values, **at)
        self._says("actie", "", "nieuwe actie", "", "Bezorgt de raming", "Ann", came=True)

    def fourth(self) -> Iterator[None]:
        yield
        self._edit(agreed.close_action, self.director, self.action, note="Ze is bezorgd.")
        self._says("actie", "gedaan", "gedaan", "Bezorgt de raming", f"gedaan op {self.day:%d/%m/%Y}", "Cis")
        yield
        self._edit(projects.PROJECT.change, self.lead, self.a, values={"phase": Phase.FINISHED})
        self._says("A", "fase", "afgerond", "nazorg", "afgerond", "Bert")
        self._says("A", "signaal", "", "oranje", None)  # what has ended has no signal, and that is no news
        yield
        self._edit(projects.PROJECT.change, self.coordinator, self.d, values={"phase": Phase.EXECUTION})
        self._says("D", "fase", "gestart", "idee", "uitvoering", "Ann", as_new="uitvoering")
        yield
        self._edit(projects.PROJECT.archive, self.director, self.e)
        self._says("E", "", "geschrapt", "uitvoering", "uit de lijst", "Cis", went=True)
        yield
        tick = {"partner": "menen", "reached_on": self.day, "seen": None}
        self._do(results.tick_partner, self.lead, deliverable_id=self.result.id, **tick)
        self._says("R", "geteld", "bijgeteld", "2", "3 van 3 partners", "Bert")
        self._says("R", "stand", "klaar", "bezig", "bereikt", "Bert")
        yield
        self._edit(endorsements.CONDITION.archive, self.director, self.condition)
        self._says("voorwaarde", "", "voorwaarde geschrapt", "Eerst een raming", "geschrapt", "Cis", went=True)
        yield
        values = {"state": EndorsementState.INFORMED}
        self._edit(endorsements.change_endorsement, self.director, self.endorsement, values=values)
        self._says("draagvlak", "stand", "minder draagvlak", "geëngageerd", "geïnformeerd", "Cis")
        yield
        self._edit(challenges.CHALLENGE.archive, self.director, self.new)
        self._says("U-10", "", "weg", "open", "uit de inventaris", "Cis", went=True)
        yield
        self._edit(money.BOOKING.archive, self.coordinator, self.booking)
        self._says("geld I", "vastgelegd", "gewijzigd", "€ 600", "€ 0", "Ann")
        yield
        self._edit(money.change_grant, self.coordinator, self.grant, values={"awarded": Decimal("900.00")})
        self._says("D-9", "toegekend", "gewijzigd", "€ 800", "€ 900", "Ann")
        yield
        self._do(meetings.plan_meeting, body=MeetingBody.STEERING, values={"planned_on": date(2026, 8, 14)})
        self._says("vergadering", "6", "gepland", "", "14/08/2026", "Ann", came=True)


def between(told: list[Told], earlier: int, later: int) -> list[Told]:
    """The lines between two meetings, from those between each and the next."""
    pair = (earlier, later)
    here = [one for one in told if earlier <= one.period < later]
    came = {one.of + one.story: one for one in here if one.came}
    came_rows = {one.of for one in came.values() if not one.story}
    went_rows = {one.of for one in here if one.went}
    lines = [*came_lines(here, came_rows, went_rows), *(one for one in came.values() if one.story)]
    lines += [one for one in here if one.went and one.of not in came_rows]
    stories: dict[tuple[str, str], list[Told]] = {}
    for one in here:
        if not one.came and not one.went and one.of not in came_rows | went_rows:
            stories.setdefault((one.of, one.story), []).append(one)
    for story in stories.values():
        first, last = story[0], story[-1]
        if last.new is not None and first.old != last.new and not (len(story) > 1 and pair in last.never):
            act = last.otherwise.get(pair, last.act)
            lines.append(Told(0, last.of, last.story, act, first.old, last.new, last.who, last.on))
    return lines


def came_lines(here: list[Told], came: set[str], went: set[str]) -> Iterator[Told]:
    for one in here:
        if one.came and one.of in came - went and not one.story:
            since = [more.as_new for more in here if more.of == one.of and more.as_new]
            yield Told(0, one.of, "", one.act, "", since[-1] if since else one.new, one.who, one.on)

"""Who joins which coalition: asked by the coordinator, answered by each partner's director, changed over time."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from data_loaders.demo.stage import Stage, told
from data_loaders.reference.files import Line
from portal.commands.demo import change_coalition
from portal.db.models import Participation, Partner, Project
from portal.permissions import Role
from portal.vocabulary import TAKES_PART, DecisionStatus, Improvement, ParticipationState, PartnerKind

NOT_ASKED = ParticipationState.NOT_ASKED
COLUMNS = ("project", "state", "partners", "since", "before", "asked", "expected", "better", "text")
DECIDED, STILL_ASKED = 0.6, 0.2
APART = 3  # days between the partners of one line
ASKED_FIRST = timedelta(days=45)


def plan_coalitions(stage: Stage) -> None:
    """Once the projects have their plans. Days of the file count back from the day of the demo."""
    stage.on(stage.begun + timedelta(days=31), partial(_plan_each, stage))


def _plan_each(stage: Stage) -> None:
    known = {(row.project_id, row.partner_id): row for row in stage.session.scalars(select(Participation))}
    for line in told("coalitions.csv", *COLUMNS):
        for place, partner in enumerate(stage.partners_in(line)):
            seat = Seat(stage, line, stage.project(line), partner, APART * place)
            seat.plan(known.pop((seat.project.id, partner.id), None))
    for row in known.values():  # what the sources name and the file says nothing of
        stage.on(stage.begun + ASKED_FIRST, partial(_confirm, stage, row))


@dataclass(frozen=True, slots=True)
class Seat:
    """One partner's place at the table of one project, as a line of the file tells it."""

    stage: Stage
    line: Line
    project: Project
    partner: Partner
    later: int

    @property
    def state(self) -> ParticipationState:
        return self.line.word("state", ParticipationState)

    def plan(self, row: Participation | None) -> None:
        """`row`: the participation that the sources name; it keeps its state, and the director adds what is known."""
        since, asked = self._ago("since"), self._ago("asked")
        before = self.line.word("before", ParticipationState) if self.line.maybe("before") else None
        first = self.stage.begun + ASKED_FIRST if before or asked else since
        assert first is not None  # each line of the file says since when
        if row is not None and before is None:
            self.stage.on(first, partial(self._keep, edits=[(row, {"since": first} | self.details(first))]))
            return
        row = row or Participation(
            project_id=self.project.id, partner_id=self.partner.id, state=before or self.state, since=first
        )
        self.stage.on(first, partial(self._begin, row, final=before is None))
        if asked:
            self.stage.on(asked, partial(self._ask, row, asked))
        if before and since:
            self.stage.on(since, partial(self._change, row, since))

    def _ago(self, column: str) -> date | None:
        days = self.line.whole(column)
        return None if days is None else self.stage.today - timedelta(days=days - self.later)

    def _begin(self, row: Participation, *, final: bool) -> None:
        for name, value in (self.details(self.stage.current) if final else {}).items():
            setattr(row, name, value)
        change_coalition(self.stage.session, self.stage.acting(Role.COORDINATOR), rows=[row])

    def _ask(self, row: Participation, day: date) -> None:
        change_coalition(self.stage.session, self.stage.acting(Role.COORDINATOR), edits=[(row, {"asked_on": day})])

    def _change(self, row: Participation, day: date) -> None:
        """The director ends the current state and begins the next."""
        following = Participation(
            project_id=self.project.id, partner_id=self.partner.id, state=self.state, since=day, **self.details(day)
        )
        self._keep(rows=[following], edits=[(row, {"until": day})])

    def _keep(self, **kept: Any) -> None:
        change_coalition(self.stage.session, self.stage.director_of(self.partner.id), **kept)

    def details(self, day: date) -> dict[str, Any]:
        """Reason, expected date, improvement and decision, as far as the line tells of them."""
        text, joins = self.line.maybe("text") or "", self.state in TAKES_PART
        details: dict[str, Any] = {"improvement_note" if joins else "reason": text}
        if self.line.maybe("better"):
            details["improvement"] = self.line.word("better", Improvement)
        if self.line.maybe("expected"):
            details["expected_on"] = self.stage.day(self.line, "expected")
        return details | (_decision(self.stage, self.project, self.partner, day) if joins else {})


def _confirm(stage: Stage, row: Participation) -> None:
    project, partner = stage.session.get_one(Project, row.project_id), stage.session.get_one(Partner, row.partner_id)
    edits = {"since": stage.current} | _decision(stage, project, partner, stage.current)
    change_coalition(stage.session, stage.director_of(partner.id), edits=[(row, edits)])


def _decision(stage: Stage, project: Project, partner: Partner, day: date) -> dict[str, Any]:
    """Most partners decided formally, of some the decision is still asked."""
    dice = stage.dice(f"decision-{project.code}-{partner.slug}")
    municipal = partner.kind is PartnerKind.MUNICIPALITY
    organ = "College van burgemeester en schepenen" if municipal else "Raad van bestuur"
    if dice.random() >= DECIDED:
        return {}
    if dice.random() < STILL_ASKED:
        return {"decision_organ": organ, "decision_status": DecisionStatus.REQUESTED}
    return {
        "decision_organ": organ,
        "decision_status": DecisionStatus.TAKEN,
        "decision_on": day,
        "decision_url": f"https://besluiten.demo.example/{partner.slug}/{project.code.lower()}",
    }

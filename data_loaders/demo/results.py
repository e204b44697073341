"""The results of the demo, and the draagvlak within its partners."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from data_loaders.demo import texts
from data_loaders.demo.stage import Stage, told
from data_loaders.reference.files import Line
from portal.commands.demo import take_inventory, work_on_results
from portal.commands.editing import Values
from portal.commands.risks import RISK, add_risk
from portal.db.models import (
    Deliverable,
    DeliverablePartner,
    Endorsement,
    EndorsementCondition,
    Milestone,
    Partner,
    Project,
    Risk,
    RoadmapItem,
)
from portal.permissions import Role, Viewer
from portal.vocabulary import (
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    PartnerKind,
    RiskState,
    RoadmapPart,
    RoadmapStatus,
)

POLITICAL = {EndorsementLevel.COLLEGE, EndorsementLevel.COUNCIL}
INFORMED, CONDITIONS = EndorsementState.INFORMED, EndorsementState.CONDITIONS
ENGAGED, NOT_ASKED = EndorsementState.ENGAGED, EndorsementState.NOT_ASKED
PATHS = (
    (INFORMED, ENGAGED),
    (INFORMED, CONDITIONS),
    (NOT_ASKED, INFORMED),
    (INFORMED, CONDITIONS, ENGAGED),
    (NOT_ASKED,),
    (INFORMED, ENGAGED),
    (INFORMED, CONDITIONS),
)
STATUSES = (RoadmapStatus.DONE, RoadmapStatus.RUNNING, RoadmapStatus.PLANNED, RoadmapStatus.PLANNED)


def plan_endorsement(stage: Stage) -> None:
    """Each level of each partner walks its own path; every second partner has a roadmap."""
    for place, partner in enumerate(stage.partners):
        for number, level in enumerate(_levels(partner)):
            _walk(stage, partner, level, PATHS[(place * 3 + number * 2) % len(PATHS)])
        if place % 2 == 0:
            drawn = stage.begun + timedelta(days=150 + 10 * place)
            stage.on(drawn, partial(_draw_roadmap, stage, partner, place))


def _levels(partner: Partner) -> list[EndorsementLevel]:
    municipal = partner.kind is PartnerKind.MUNICIPALITY
    return [level for level in EndorsementLevel if municipal or level not in POLITICAL]


def _walk(stage: Stage, partner: Partner, level: EndorsementLevel, path: tuple[EndorsementState, ...]) -> None:
    dice = stage.dice(f"endorsement-{partner.slug}-{level}")
    begin = stage.begun + timedelta(days=50 + dice.randint(0, 60))
    stages = max((stage.today - begin).days // len(path) - 10, 1)
    track = EndorsementTrack.POLITICAL if level in POLITICAL else EndorsementTrack.OFFICIAL
    row = Endorsement(partner_id=partner.id, level=level, track=track, state=path[0])
    if path[0] is not NOT_ASKED:
        row.on = begin
    stage.on(begin, lambda: take_inventory(stage.session, stage.acting(Role.COORDINATOR), rows=[row]))
    for step, state in enumerate(path[1:], start=1):
        day = begin + timedelta(days=stages * step + dice.randint(0, 9))
        stage.on(day, partial(_reach, stage, partner, row, state, dice))


def _reach(stage: Stage, partner: Partner, row: Endorsement, state: EndorsementState, dice: Random) -> None:
    edits = {"state": state, "on": stage.current, "document": f"Nota {row.level.label} {stage.current.year}"}
    take_inventory(stage.session, stage.director_of(partner.id), edits=[(row, edits)])
    if state is CONDITIONS:
        take_inventory(stage.session, stage.acting(Role.COORDINATOR), rows=_conditions(stage, row, dice))


def _conditions(stage: Stage, row: Endorsement, dice: Random) -> list[EndorsementCondition]:
    """One or two; of two, the first is met."""
    count, first = dice.randint(1, 2), dice.randrange(len(texts.CONDITIONS))
    return [
        EndorsementCondition(
            endorsement_id=row.id,
            text=texts.CONDITIONS[(first + number) % len(texts.CONDITIONS)],
            owner=texts.OWNERS[(first + number) % len(texts.OWNERS)],
            due_on=stage.today + timedelta(days=dice.randint(-40, 150)),
            resolved_on=stage.current if number < count - 1 else None,
        )
        for number in range(count)
    ]


def _draw_roadmap(stage: Stage, partner: Partner, place: int) -> None:
    others = [other for other in stage.partners if other.id != partner.id]
    rows = []
    for number in range(2 + place % 3):
        part, title = texts.ROADMAP[(place + number) % len(texts.ROADMAP)]
        coached = number == 1 and others
        rows.append(
            RoadmapItem(
                partner_id=partner.id,
                part=RoadmapPart(part),
                title=title,
                year=stage.today.year - 1 + number,
                project_id=stage.running[place % len(stage.running)].id if number == 0 and stage.running else None,
                coach_partner_id=others[place % len(others)].id if coached else None,
                status=STATUSES[number % len(STATUSES)],
            )
        )
    take_inventory(stage.session, stage.acting(Role.COORDINATOR), rows=rows)


STEPS = ("of", "due", "late", "moved", "round", "title")
RESULTS = ("result", "owner", "reached", "round", "partners", "note")


def plan_results(stage: Stage) -> None:
    """Every result has two to four steps, a few projects three; who reached what, and who owns it after the grant."""
    stage.on(stage.begun + timedelta(days=35), partial(_plan_steps, stage))
    for line in told("results.csv", *RESULTS):
        stage.on(stage.before_round(line.whole("round") or 0), partial(_tell, stage, line))


def _plan_steps(stage: Stage) -> None:
    steps: dict[str, list[Line]] = defaultdict(list)
    for line in told("milestones.csv", *STEPS):
        steps[line.text("of")].append(line)
    for lines in steps.values():
        of = stage.about(lines[0], "of")
        assert isinstance(of, Deliverable | Project)  # an atelier has no steps
        Steps(stage, of, lines).plan()


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one result or project, in order; a step that is put off takes those after it along."""

    stage: Stage
    of: Deliverable | Project
    lines: list[Line]

    def plan(self) -> None:
        stage, rows = self.stage, [self._row(number, line) for number, line in enumerate(self.lines, start=1)]
        self._keep(stage.acting(Role.COORDINATOR), rows=rows)
        for place, (line, row) in enumerate(zip(self.lines, rows, strict=True)):
            if moved := line.whole("moved"):
                stage.on(stage.before_round(line.whole("round") or 0), partial(self._move, rows[place:], moved))
            if (late := line.whole("late")) is not None:
                stage.on(row.due_first + timedelta(days=late), partial(self._finish, row, last=row is rows[-1]))

    def _row(self, number: int, line: Line) -> Milestone:
        due = self.stage.day(line, "due")
        assert due is not None  # each line of the file says when
        owner = {"deliverable_id" if isinstance(self.of, Deliverable) else "project_id": self.of.id}
        return Milestone(
            code=f"M-{self.of.code}-{number}", title=line.text("title"), due_first=due, due_expected=due, **owner
        )

    def _keep(self, by: Viewer, **kept: Any) -> None:
        work_on_results(self.stage.session, by, **kept)

    def _editor(self) -> Viewer:
        return self.stage.editor_of(self.stage.atelier_of(self.of))

    def _move(self, rows: list[Milestone], days: int) -> None:
        put_off = [(row, {"due_expected": row.due_expected + timedelta(days=days)}) for row in rows]
        self._keep(self._editor(), edits=put_off)

    def _finish(self, row: Milestone, *, last: bool) -> None:
        """A result is reached with its last step."""
        done = self.stage.current
        self._keep(self._editor(), edits=[(row, {"done_on": done})])
        if last and isinstance(self.of, Deliverable):
            reached = {"done_on": done, "reached_value": self.of.target_value}
            self._keep(self._editor(), edits=[(self.of, reached)])


def _tell(stage: Stage, line: Line) -> None:
    """What is known of a result before a steering group; partners tick off what they reached."""
    result = stage.result(line)
    texts_of = (("owner_after_grant", "owner"), ("note", "note"))
    edits: dict[str, Any] = {name: line.text(column) for name, column in texts_of if line.maybe(column)}
    if (reached := line.number_in("reached")) is not None:
        edits["reached_value"] = reached
    ticks = [
        DeliverablePartner(deliverable_id=result.id, partner_id=partner.id, reached_on=stage.current)
        for partner in stage.partners_in(line)
    ]
    work_on_results(stage.session, stage.editor_of(stage.atelier_of(result)), rows=ticks, edits=[(result, edits)])


REVIEWED_EVERY = 70  # days
RISKS = ("about", "title", "measure", "chance", "effect", "owner", "function", "state", "now")


def plan_risks(stage: Stage) -> None:
    """The coordinator notes them through the year and looks at each again; the last time some have changed."""
    for number, line in enumerate(told("risks.csv", *RISKS)):
        begun = stage.begun + timedelta(days=40 + 17 * number)
        stage.on(begun, partial(_note_risk, stage, line, begun))


def _note_risk(stage: Stage, line: Line, begun: date) -> None:
    of = stage.about(line)
    values: Values = {
        **{name: line.text(name) for name in ("title", "measure")},
        **{name: line.whole(name) for name in ("chance", "effect")},
        "owner_partner": stage.partner(line, "owner").slug,
        "owner_function": line.text("function"),
        **({"deliverable" if isinstance(of, Deliverable) else "project": of.code} if of else {}),
    }
    row = add_risk(stage.session, stage.acting(Role.COORDINATOR), values=values)
    found: dict[str, Any] = {"chance": line.whole("now")} if line.maybe("now") else {}
    found |= {"state": line.word("state", RiskState)} if line.maybe("state") else {}
    reviews = range(1, (stage.today - begun).days // REVIEWED_EVERY + 1)
    for review in reviews:
        now = found if review == reviews[-1] else {}
        stage.on(begun + timedelta(days=REVIEWED_EVERY * review), partial(_review, stage, row, now))


def _review(stage: Stage, row: Risk, found: Values) -> None:
    values = {**found, "reviewed_on": stage.current}
    RISK.change(stage.session, stage.acting(Role.COORDINATOR), row.id, row.version, values)

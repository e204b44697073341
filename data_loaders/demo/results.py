"""The results of the demo, and the draagvlak within its partners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from data_loaders.demo import texts
from data_loaders.demo.stage import Stage
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
    ProjectScope,
    RiskState,
    RoadmapPart,
    RoadmapStatus,
    TargetKind,
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


DONE_EVERY, OWNED_EVERY = 6, 3
PROJECTS_WITH_MILESTONES = 4
SHARE_OF_TICKS = 0.55
ON_TIME, LEFT_OVERDUE, PUT_OFF = 0.8, 0.9, 0.7
UNTOLD = 20  # days of slip that nobody announces


def plan_results(stage: Stage) -> None:
    """Every result has two to four milestones, a few regional projects three; every sixth yes-or-no result is done."""
    yes_no = [result for result in stage.deliverables if result.target_kind is TargetKind.YES_NO]
    done = {result.id for result in yes_no[1::DONE_EVERY]}
    for number, result in enumerate(stage.deliverables):
        dice = stage.dice(f"result-{result.code}")
        _plan_milestones(stage, result, dice, complete=result.id in done)
        _plan_ticks(stage, result, dice)
        if number % OWNED_EVERY == 0 and stage.partners:
            _name_owner(stage, result, stage.partners[number % len(stage.partners)].title)
    for project in _with_milestones(stage):
        _plan_milestones(stage, project, stage.dice(f"milestones-{project.code}"), complete=False)


def _with_milestones(stage: Stage) -> list[Project]:
    regional = [project for project in stage.running if project.scope is ProjectScope.REGIONAL]
    return [project for project in regional if project not in stage.quiet][:PROJECTS_WITH_MILESTONES]


def _editor(stage: Stage, of: Deliverable | Project) -> Viewer:
    return stage.editor_of(stage.atelier_of(of) if isinstance(of, Deliverable) else of.atelier_id)


@dataclass(frozen=True, slots=True)
class Steps:
    """The milestones of one result or project, and who moves them."""

    stage: Stage
    of: Deliverable | Project
    rows: list[Milestone]

    def planned(self) -> None:
        work_on_results(self.stage.session, self.stage.acting(Role.COORDINATOR), rows=self.rows)

    def move(self, row: Milestone, to: date) -> None:
        work_on_results(self.stage.session, _editor(self.stage, self.of), edits=[(row, {"due_expected": to})])

    def finish(self, row: Milestone) -> None:
        done = {"done_on": self.stage.current}
        work_on_results(self.stage.session, _editor(self.stage, self.of), edits=[(row, done)])

    def finish_all(self) -> None:
        """The result itself is reached with its last step."""
        if isinstance(self.of, Deliverable):
            done = {"done_on": self.stage.current, "reached_value": self.of.target_value}
            work_on_results(self.stage.session, _editor(self.stage, self.of), edits=[(self.of, done)])


def _plan_milestones(stage: Stage, of: Deliverable | Project, dice: Random, *, complete: bool) -> None:
    count = dice.randint(2, 4) if isinstance(of, Deliverable) else 3
    length = (stage.today - stage.begun).days - 120 if complete else (stage.ends - stage.begun).days - 60
    first = stage.begun + timedelta(days=90 + dice.randint(0, 60))
    gap = (stage.begun + timedelta(days=length) - first) // max(count - 1, 1)
    dues = [first + gap * number + timedelta(days=dice.randint(-10, 10)) for number in range(count)]
    owner = {"deliverable_id" if isinstance(of, Deliverable) else "project_id": of.id}
    rows = [
        Milestone(
            code=f"M-{of.code}-{number}",
            title=f"{texts.STEPS[(number - 1) if number < count else -1]}: {of.title}",
            due_first=due,
            due_expected=due,
            **owner,
        )
        for number, due in enumerate(dues, start=1)
    ]
    steps = Steps(stage, of, rows)
    stage.on(stage.begun + timedelta(days=35), steps.planned)
    _plan_course(steps, dice, complete=complete)


def _plan_course(steps: Steps, dice: Random, *, complete: bool) -> None:
    """What is due is mostly done, sometimes moved in a round, sometimes left overdue; the rest waits, or moves."""
    stage, open_before = steps.stage, False
    for row in steps.rows:
        slip, chance = dice.choice((0, 0, 5, 21, 45)), dice.random()
        told = row.due_first - timedelta(days=dice.randint(1, 25))
        finished = row.due_first + timedelta(days=slip)
        if complete or (finished < stage.today and chance < ON_TIME and not open_before):
            if slip > UNTOLD:
                stage.on(told, partial(steps.move, row, finished))
            stage.on(finished, partial(steps.finish, row))
            continue
        open_before = True
        if row.due_first < stage.today and chance > LEFT_OVERDUE:
            continue  # overdue, and nobody said so
        if row.due_first < stage.today or (chance > PUT_OFF and told < stage.today):
            _plan_moves(steps, row, dice)
    if complete:
        stage.on(max(row.due_first for row in steps.rows) + timedelta(days=46), steps.finish_all)


def _plan_moves(steps: Steps, row: Milestone, dice: Random) -> None:
    """One or two rounds put the expected date off."""
    stage, due = steps.stage, row.due_first
    for meeting in sorted(dice.sample(stage.rounds[:-1], dice.randint(1, 2))):
        due = max(due, meeting) + timedelta(days=dice.choice((31, 61, 92)))
        stage.on(meeting - timedelta(days=dice.randint(2, 8)), partial(steps.move, row, due))
    if due < stage.today:
        stage.on(
            stage.rounds[-2] + timedelta(days=2),
            partial(steps.move, row, stage.today + timedelta(days=dice.randint(9, 80))),
        )


def _plan_ticks(stage: Stage, result: Deliverable, dice: Random) -> None:
    """Partners tick off a result that counts partners; of the other numbers a part is reached."""
    target = result.target_value or 0
    if result.target_kind is TargetKind.PARTNERS:
        reached = min(round(target * SHARE_OF_TICKS) or 1, len(stage.partners))
        for partner in [*stage.partners[::2], *stage.partners[1::2]][:reached]:
            day = stage.begun + timedelta(days=dice.randint(200, (stage.today - stage.begun).days - 5))
            stage.on(day, partial(_tick, stage, result, partner.id))
    elif result.target_kind in {TargetKind.PERCENTAGE, TargetKind.COUNT}:
        value = float(round(target * dice.choice((0.2, 0.35, 0.5))))
        stage.on(
            stage.rounds[-3] - timedelta(days=4),
            lambda: work_on_results(stage.session, _editor(stage, result), edits=[(result, {"reached_value": value})]),
        )


def _tick(stage: Stage, result: Deliverable, partner_id: int) -> None:
    tick = DeliverablePartner(deliverable_id=result.id, partner_id=partner_id, reached_on=stage.current)
    work_on_results(stage.session, _editor(stage, result), rows=[tick])


def _name_owner(stage: Stage, result: Deliverable, name: str) -> None:
    stage.on(
        stage.rounds[1] - timedelta(days=6),
        lambda: work_on_results(stage.session, _editor(stage, result), edits=[(result, {"owner_after_grant": name})]),
    )


REVIEWED_EVERY = 70  # days
TURNS: tuple[
    Values, ...
] = (  # what a review finds, by the place of the risk in the list: nothing new is said of the others
    {"chance": 3},
    {"state": RiskState.MANAGED, "chance": 2},
    {"effect": 4},
    {"state": RiskState.HAPPENED, "chance": 5},
    {"state": RiskState.CLOSED},
)


def plan_risks(stage: Stage) -> None:
    """The coordinator notes them through the year and looks at each again, every second time with something to say."""
    places: Mapping[str, Sequence[Project | Deliverable]] = {
        "project": stage.running,
        "deliverable": stage.deliverables,
    }
    for number, (key, title, measure, chance, effect, function) in enumerate(texts.RISKS):
        of = places[key][number * 3 % len(places[key])] if places.get(key) else None
        said = {"title": title, "measure": measure, "chance": chance, "effect": effect, "owner_function": function}
        said |= {"owner_partner": stage.partners[number % len(stage.partners)].slug} if stage.partners else {}
        said |= {key: of.code} if of is not None else {}
        begun = stage.begun + timedelta(days=40 + 17 * number)
        stage.on(begun, partial(_note_risk, stage, number, said, begun))


def _note_risk(stage: Stage, number: int, said: Values, begun: date) -> None:
    row = add_risk(stage.session, stage.acting(Role.COORDINATOR), values=said)
    reviews = range(1, (stage.today - begun).days // REVIEWED_EVERY + 1)
    for review in reviews:
        found = TURNS[number % len(TURNS)] if review == reviews[-1] and number % 2 else {}
        stage.on(begun + timedelta(days=REVIEWED_EVERY * review), partial(_review, stage, row, found))


def _review(stage: Stage, row: Risk, found: Values) -> None:
    values = {**found, "reviewed_on": stage.current}
    RISK.change(stage.session, stage.acting(Role.COORDINATOR), row.id, row.version, values)

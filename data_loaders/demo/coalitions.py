"""Who joins which coalition: asked by the coordinator, answered by each partner's director, changed over time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from data_loaders.demo import texts
from data_loaders.demo.projects import CHALLENGER, COACH, EXPERTS, FRONTRUNNER, ranking, types_of
from data_loaders.demo.stage import Stage
from portal.commands.demo import change_coalition
from portal.db.models import Participation, Partner, Project
from portal.permissions import Role
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState, PartnerKind, ProjectScope

MEMBER, LEAD, COACHED = ParticipationState.MEMBER, ParticipationState.LEAD, ParticipationState.COACHED
FOLLOWS, LATER = ParticipationState.FOLLOWS, ParticipationState.LATER
DECLINED, NOT_ASKED = ParticipationState.DECLINED, ParticipationState.NOT_ASKED
MIX = (MEMBER, MEMBER, FOLLOWS, MEMBER, LATER, DECLINED, MEMBER, FOLLOWS, NOT_ASKED)
ANSWERED_LATER, FOLLOWED_FIRST, INVITED = 0.45, 0.25, 0.3
BETTER, NOT_BETTER = 0.65, 0.1
DECIDED, STILL_ASKED = 0.6, 0.2


def plan_coalitions(stage: Stage) -> None:
    """Every partner has a state in every typed coalition; in the others only who is known, and a few who follow."""
    types = types_of(stage)
    stage.on(stage.begun + timedelta(days=31), lambda: _plan_each(stage, types))


def _plan_each(stage: Stage, types: dict[int, str]) -> None:
    """Runs as a scene of its own day, once the plans are made; what it plans comes later."""
    leads = _leads(stage, types)
    experts = [project for project in stage.running if types.get(project.id) == EXPERTS]
    for number, project in enumerate(stage.running):
        code = types.get(project.id)
        for place, partner in enumerate(stage.partners):
            state = _state(stage, Seat(project, partner, number, place, code, leads.get(project.id)))
            if project in experts[-1:] and partner in stage.waited_for:
                state = NOT_ASKED
            _begin(stage, project, partner, state)


@dataclass(frozen=True, slots=True)
class Seat:
    """One partner's place at the table of one project."""

    project: Project
    partner: Partner
    number: int
    place: int
    type_code: str | None
    lead_id: int | None


def _leads(stage: Stage, types: dict[int, str]) -> dict[int, int]:
    """Who leads: a challenger is second on its aspect, but for the last, who is third; an expert group has none."""
    challengers = sorted(project_id for project_id, code in types.items() if code == CHALLENGER)
    leads: dict[int, int] = {}
    for project in stage.running:
        order = ranking(stage, project.aspect_id)
        place = {CHALLENGER: 1, FRONTRUNNER: 0, COACH: 0}.get(types.get(project.id, ""), len(order))
        if len(challengers) > 1 and project.id == challengers[-1]:
            place += 1
        known = _known(stage, project, LEAD)
        if known:
            leads[project.id] = known[0]
        elif place < len(order):
            leads[project.id] = order[place]
    return leads


def _known(stage: Stage, project: Project, state: ParticipationState) -> list[int]:
    wanted = select(Participation.partner_id).filter_by(project_id=project.id, state=state)
    return list(stage.session.scalars(wanted.order_by(Participation.partner_id)))


def _state(stage: Stage, seat: Seat) -> ParticipationState | None:
    """The state this partner ends in; None where nothing is known or asked."""
    if seat.partner.id == seat.lead_id:
        return LEAD
    if seat.partner.id in _known(stage, seat.project, MEMBER):
        return MEMBER
    if seat.type_code is None:
        wider = seat.project.scope is ProjectScope.WIDER
        return FOLLOWS if wider and (seat.place + 3 * seat.number) % 7 == 0 else None
    state = MIX[(seat.place * 2 + seat.number * 5) % len(MIX)]
    if seat.type_code == COACH and state is MEMBER:
        return COACHED
    return state


def _begin(stage: Stage, project: Project, partner: Partner, state: ParticipationState | None) -> None:
    if state is None:
        return
    dice = stage.dice(f"coalition-{project.code}-{partner.slug}")
    row = stage.session.scalars(select(Participation).filter_by(project_id=project.id, partner_id=partner.id)).first()
    first = stage.begun + timedelta(days=40 + dice.randint(0, 50))
    answer = _answer_day(stage, project, dice.random())
    if row is not None:
        _confirm(stage, row, first)
    elif state is NOT_ASKED:
        _invite_without_answer(stage, project, partner, dice.random())
    elif state is not LEAD and dice.random() < ANSWERED_LATER:
        _invite(stage, Answer(project, partner, state), first, answer)
    else:
        earlier = FOLLOWS if state is MEMBER and dice.random() < FOLLOWED_FIRST else state
        _enter(stage, Answer(project, partner, earlier), first)
        if earlier is not state:
            _change(stage, Answer(project, partner, state), answer)


@dataclass(frozen=True, slots=True)
class Answer:
    """The state a partner chooses in a project."""

    project: Project
    partner: Partner
    state: ParticipationState

    def row(self, stage: Stage, day: date) -> Participation:
        return Participation(
            project_id=self.project.id,
            partner_id=self.partner.id,
            state=self.state,
            since=day,
            **self.details(stage, day),
        )

    def details(self, stage: Stage, day: date) -> dict[str, Any]:
        """Reason, expected date, improvement and decision, as far as the state asks for them."""
        dice = stage.dice(f"answer-{self.project.code}-{self.partner.slug}")
        match self.state:
            case ParticipationState.DECLINED:
                return {"reason": dice.choice(texts.DECLINED), "improvement": Improvement.NO}
            case ParticipationState.LATER:
                return {
                    "reason": dice.choice(texts.LATER),
                    "expected_on": stage.today + timedelta(dice.randint(40, 300)),
                }
            case ParticipationState.FOLLOWS:
                return {}
        details = self._improvement(dice.random(), dice.randrange(len(texts.BETTER)))
        if self.state is COACHED:
            details["expected_on"] = stage.today + timedelta(dice.randint(90, 330))
        if dice.random() < DECIDED:
            details |= self._decision(day, dice.random())
        return details

    @staticmethod
    def _improvement(chance: float, which: int) -> dict[str, Any]:
        if chance < BETTER:
            return {"improvement": Improvement.YES, "improvement_note": texts.BETTER[which]}
        if chance < BETTER + NOT_BETTER:
            return {"improvement": Improvement.NO, "improvement_note": texts.NOT_BETTER[0]}
        return {"improvement": Improvement.UNKNOWN}

    def _decision(self, day: date, chance: float) -> dict[str, Any]:
        municipal = self.partner.kind is PartnerKind.MUNICIPALITY
        organ = "College van burgemeester en schepenen" if municipal else "Raad van bestuur"
        if chance < STILL_ASKED:
            return {"decision_organ": organ, "decision_status": DecisionStatus.REQUESTED}
        return {
            "decision_organ": organ,
            "decision_status": DecisionStatus.TAKEN,
            "decision_on": day,
            "decision_url": f"https://besluiten.demo.example/{self.partner.slug}/{self.project.code.lower()}",
        }


def _answer_day(stage: Stage, project: Project, chance: float) -> date:
    """A day in the rounds; before the silence where a project fell silent."""
    rounds = stage.rounds[:3] if project in stage.quiet else stage.rounds[:-1]
    first, last = rounds[0] - timedelta(days=90), rounds[-1] - timedelta(days=8)
    return first + timedelta(days=int((last - first).days * chance))


def _confirm(stage: Stage, row: Participation, day: date) -> None:
    """A participation that the sources name: the director adds what is expected of it."""
    project, partner = stage.session.get_one(Project, row.project_id), stage.session.get_one(Partner, row.partner_id)

    def act() -> None:
        details = Answer(project, partner, row.state).details(stage, day)
        change_coalition(stage.session, stage.director_of(partner.id), edits=[(row, {"since": day} | details)])

    stage.on(day, act)


def _enter(stage: Stage, answer: Answer, day: date) -> None:
    stage.on(
        day,
        lambda: change_coalition(stage.session, stage.acting(Role.COORDINATOR), rows=[answer.row(stage, day)]),
    )


def _change(stage: Stage, answer: Answer, day: date) -> None:
    """The director ends the current state and begins the next."""

    def act() -> None:
        current = stage.session.scalars(
            select(Participation).filter_by(project_id=answer.project.id, partner_id=answer.partner.id, until=None)
        ).one()
        change_coalition(
            stage.session,
            stage.director_of(answer.partner.id),
            rows=[answer.row(stage, day)],
            edits=[(current, {"until": day})],
        )

    stage.on(day, act)


def _invite(stage: Stage, answer: Answer, first: date, answered: date) -> None:
    """Not asked at first, then invited, then answered two weeks later."""
    _ask(stage, answer.project, answer.partner, first, answered - timedelta(days=14))
    _change(stage, answer, answered)


def _invite_without_answer(stage: Stage, project: Project, partner: Partner, chance: float) -> None:
    first = stage.begun + timedelta(days=45)
    waits = partner in stage.waited_for or chance < INVITED
    asked = _answer_day(stage, project, 0.9) if project in stage.quiet else stage.today - timedelta(days=18)
    _ask(stage, project, partner, first, asked if waits else None)


def _ask(stage: Stage, project: Project, partner: Partner, first: date, asked: date | None) -> None:
    row = Participation(project_id=project.id, partner_id=partner.id, state=NOT_ASKED, since=first)
    coordinator = stage.acting(Role.COORDINATOR)
    stage.on(first, lambda: change_coalition(stage.session, coordinator, rows=[row]))
    if asked:
        stage.on(asked, lambda: change_coalition(stage.session, coordinator, edits=[(row, {"asked_on": asked})]))

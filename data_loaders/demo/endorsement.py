"""Draagvlak per partner and level, with conditions that are met or still open, and roadmaps for some partners."""

from datetime import timedelta
from functools import partial
from random import Random

from data_loaders.demo import texts
from data_loaders.demo.stage import Stage
from portal.commands.demo import take_inventory
from portal.db.models import Endorsement, EndorsementCondition, Partner, RoadmapItem
from portal.permissions import Role
from portal.vocabulary import (
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    PartnerKind,
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

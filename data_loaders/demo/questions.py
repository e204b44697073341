"""Which challenges of the demo are one question, and which are not: the subjects that the coordinator confirmed, and
what directors answered of their own."""

from collections import defaultdict
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from data_loaders.demo.stage import Stage
from data_loaders.reference.files import Line, lines_of
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.same_question import answer_same_question
from portal.commands.inventory.subjects import add_subject
from portal.db.models import Challenge
from portal.permissions import Role, Viewer
from portal.vocabulary import SameQuestion

FOLDER = Path(__file__).parent
COLUMNS = ("ronde", "onderwerp", "uitdaging_demo_id", "andere_demo_id", "antwoord")
ANSWERS = {"klopt": SameQuestion.CONFIRMED, "klopt niet": SameQuestion.REJECTED}
BEFORE = timedelta(days=4)


def plan_questions(stage: Stage) -> None:
    """In the week before the steering group of that number."""
    stage.on(stage.rounds[0], lambda: refresh_likeness(stage.session, Viewer.system()))
    subjects: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in lines_of(FOLDER / "same.csv", *COLUMNS):
        number = line.one_of("ronde", {str(place): place for place in range(1, len(stage.rounds) + 1)})
        if title := line.maybe("onderwerp"):
            subjects[number, title].append(_code(line, "uitdaging_demo_id"))
        else:
            stage.on(stage.rounds[number - 1] - BEFORE, partial(_answer, stage, line))
    for (number, title), codes in subjects.items():
        stage.on(stage.rounds[number - 1] - BEFORE, partial(_confirm, stage, title, codes))


def _confirm(stage: Stage, title: str, codes: list[str]) -> None:
    ids = stage.session.scalars(select(Challenge.id).where(Challenge.code.in_(codes))).all()
    add_subject(stage.session, stage.acting(Role.COORDINATOR), title=title, challenge_ids=ids)


def _answer(stage: Stage, line: Line) -> None:
    own, other = _code(line, "uitdaging_demo_id"), _code(line, "andere_demo_id")
    partner_id = stage.session.scalars(select(Challenge.partner_id).where(Challenge.code == own)).one()
    answer_same_question(
        stage.session,
        stage.director_of(partner_id),
        own=own,
        other=other,
        answer=line.one_of("antwoord", ANSWERS),
        seen=SameQuestion.ALIKE,
    )


def _code(line: Line, column: str) -> str:
    return line.text(column).removeprefix("DEMO-")

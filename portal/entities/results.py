"""What was promised: results, and the dated steps towards them and in projects."""

from portal.addresses import RESULT
from portal.db.models import Deliverable, DeliverablePartner, Milestone, Risk
from portal.entities.fields import Entity, Heard
from portal.snapshots import work as rules
from portal.snapshots.lines import Topic
from portal.snapshots.state import Kind
from portal.values import Day, Line, Number, Whole, Words
from portal.vocabulary import ResultState

DELIVERABLE = Entity(
    Deliverable,
    "resultaten",
    told="code title target_kind target_value target_unit",
    typed="done_on reached_value owner_after_grant note",
    heard=Heard(
        kind=Kind.RESULT,
        topic=Topic.RESULTS,
        fields="code title atelier=part.atelier.code state reached target=target_value unit=target_unit reached_by"
        " first_on expected_on done_on owner_after_grant",
        also="kind=target_kind partners",
        made={
            "state": ("Stand", Words(ResultState)),
            "reached": ("Bereikt", Number()),
            "reached_by": ("Bereikt door", Line()),
            "first_on": ("Eerste plan", Day()),
            "expected_on": ("Verwacht op", Day()),
            "partners": ("Partners", Whole()),
        },
        what="{code} {title}",
        path=f"{RESULT}{{code}}",
        rules=rules.RESULT,
    ),
)
MILESTONE = Entity(
    Milestone,
    "mijlpalen",
    told="code due_first",
    typed="title due_expected done_on",
    telling="title due_expected",
    heard=Heard(
        kind=Kind.MILESTONE,
        topic=Topic.RESULTS,
        fields="code title of_code=deliverable.code|project.code of_title=deliverable.title|project.title"
        " atelier=deliverable.part.atelier.code|project.atelier.code due_first due_expected done_on",
        also="project_code=project.code",
        under="deliverable project",
        headings={"of_code": "Van", "of_title": "Resultaat of project"},
        what="{title}",
        path=rules.milestone_page,
        rules=rules.MILESTONE,
    ),
)
TICK = Entity(
    DeliverablePartner,
    "vinkjes",
    told="",
    once="deliverable partner",
    typed="reached_on",
    telling="partner reached_on",
)
RISK = Entity(
    Risk,
    "risico's",
    typed="title project deliverable chance effect measure owner_partner owner_function state reviewed_on",
    heard=Heard(
        kind=Kind.RISK,
        topic=Topic.PROJECTS,
        fields="code title project_code=project.code result_code=deliverable.code chance effect measure"
        " partner=owner_partner.title owner_function state reviewed_on",
        also="of_title=project.title|deliverable.title atelier=project.atelier.code|deliverable.part.atelier.code",
        silent="reviewed_on",
        under="project deliverable",
        what="{code} {title}",
        path=rules.risk_page,
        rules=rules.RISK,
    ),
)

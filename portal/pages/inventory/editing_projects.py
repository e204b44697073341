"""What can be edited of a project. Its colour and progress are told in the progress round."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.projects import PROJECT, add_project
from portal.pages.editing.kinds import Added, Editable, Field, Twin, Values
from portal.pages.inventory import choices
from portal.permissions import Permission, Viewer
from portal.queries.editable_projects import editable_projects
from portal.queries.project_twins import project_twins
from portal.values import Day, Prose, Ref, Words
from portal.vocabulary import Phase, ProjectFunding, Visibility

LIKE = 3
REASON = 500
OWN = "al van uw bestuur: open het en werk daarin verder."
SHARED = "volg dit project of doe mee, voor u er zelf een begint."
ELSEWHERE = "kunt u het samen doen?"
ENDED = "het is al gedaan: lees hoe."


def _add(session: Session, by: Viewer, of: str, values: Values) -> Added:
    rest = {key: value for key, value in values.items() if key != "reported_by"}
    reporter = values.get("reported_by")
    row = add_project(session, by, reported_by=str(reporter) if reporter else None, values=rest)
    return Added(f"{row.code} {row.title}", f"/project/{row.code}")


def _may_add(session: Session, viewer: Viewer, _: str) -> bool:
    return bool(choices.reporters(session, viewer))


def _twins(session: Session, viewer: Viewer, title: str) -> Sequence[Twin]:
    """Local and regional ones, each with what to do about it."""
    found = project_twins(session, viewer, title=title, most=LIKE).to_dict("records")
    own = {slug for slug, _ in choices.reporters(session, viewer)} if viewer.partner_ids else set()
    return [
        Twin(
            f"{row['code']} {row['title']}",
            f"{row['partner'] or 'de regio'}, {row['scope_label']}, {row['phase_label']}",
            f"/project/{row['code']}",
            row["why"],
            _hint(row, own=row["partner_slug"] in own),
        )
        for row in found
    ]


def _hint(row: Mapping[Hashable, Any], *, own: bool) -> str:
    if not row["living"]:
        return ENDED
    return SHARED if row["shared"] else OWN if own else ELSEWHERE


def _list(key: str, label: str, of: object, width: int = 150, hint: str = "") -> Field:
    return Field(key, label, Ref(), choices=of, width=width, hint=hint)  # type: ignore[arg-type]


PROJECTS = Editable(
    name="projecten",
    one="project",
    right=Permission.EDIT_PROJECTS,
    fields=(
        Field("code", "Code", width=105, fixed=True, pinned=True),
        Field(
            *("reported_by", "Gemeld door", Ref(), False, choices.reporters),
            only_new=True,
            fixed=True,
            width=130,
            hint="Leeg voor een regionaal project dat niemand alleen meldt.",
        ),
        Field("title", "Titel", required=True, width=280),
        Field("description", "Omschrijving", Prose(), width=240),
        Field("scope", "Schaal", Ref(), True, choices.scopes, width=130, start="lokaal"),
        Field("phase", "Fase", Words(Phase), required=True, width=140, start="idee"),
        Field("visibility", "Zichtbaarheid", Words(Visibility), required=True, width=130, start="regio"),
        Field("start_on", "Start", Day(), width=130),
        Field(
            *("end_expected_on", "Verwacht einde", Day()),
            width=140,
            hint="Het eerste verwachte einde blijft altijd bewaard als eerste plan.",
        ),
        Field(
            *("ended_on", "Beëindigd op", Day(past=True)),
            width=140,
            hint="Leeg: vandaag, wanneer de fase afgerond of stopgezet wordt.",
        ),
        _list("theme", "Thema", choices.themes),
        _list("dimension", "Dimensie", choices.dimensions),
        _list("service", "Dienst", choices.services),
        _list("atelier", "Atelier", choices.ateliers),
        _list("collaboration_type", "Type samenwerking", choices.collaboration_types, 190),
        _list("aspect", "Aspect", choices.aspects, 190, "De indicator waarop de samenwerking beter wil doen."),
        Field("assignment", "Taakstelling", Prose(), width=220),
        Field("deviation_reason", "Bewust afgeweken, want …", Prose(REASON), width=220),
        Field("funding", "Financiering", Words(ProjectFunding), width=150),
        Field("service_effect", "Effect op de dienstverlening", Prose(), width=220),
        Field("external_lead", "Trekker buiten de regio", width=170),
    ),
    rows=editable_projects,
    change=PROJECT.change,
    add=_add,
    archive=PROJECT.archive,
    restore=PROJECT.restore,
    may_add=_may_add,
    twins=_twins,
)

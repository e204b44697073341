"""The pack of a meeting below /download/: slides, a workbook and its report, as far as the viewer may know it."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, abort, request, send_file
from sqlalchemy.orm import Session

from portal.auth.guard import current_viewer
from portal.db.engine import reading
from portal.entities.heard import sheets
from portal.exports.deck import deck
from portal.exports.minutes import written
from portal.exports.pack import pack
from portal.pages.downloads import XLSX
from portal.permissions import Permission, Viewer, require
from portal.queries.meetings.changes import Pack, pack_for
from portal.queries.meetings.meetings import NothingKept, named
from portal.vocabulary import MeetingBody

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


ENDINGS: dict[str, tuple[str, Callable[[Pack], bytes]]] = {
    "pptx": (PPTX, lambda found: deck(found.report, found.audience, found.corrections)),
    "xlsx": (XLSX, lambda found: pack(found.report, found.audience, sheets(), found.corrections)),
    "docx": (DOCX, lambda found: written(found.report, found.audience, found.corrections, found.approved_on)),
}
"""What a pack is written as: the slides, every table, and the report of the meeting in words."""
blueprint = Blueprint("steering_pack", __name__)


@blueprint.get("/download/steering/pack-<meeting>.<ending>")
def send_pack(meeting: str, ending: str) -> Response:
    """Not found: a meeting that is not to be known, a state that was not kept, a body or an ending that is none."""
    if ending not in ENDINGS:
        abort(404)
    viewer = current_viewer()
    require(viewer, Permission.EXPORT_DATA)
    with reading() as session:
        found = _found(session, viewer, meeting, _asked())
    mimetype, make = ENDINGS[ending]
    data = make(found)
    return send_file(BytesIO(data), mimetype, as_attachment=True, download_name=file_name(found, ending))


def _asked() -> MeetingBody | None:
    """The body that the address asks an extract for; never the whole for a word that is no body."""
    asked = request.args.get("extract")
    if asked is not None and asked not in set(MeetingBody):
        abort(404)
    return MeetingBody(asked) if asked else None


def _found(session: Session, viewer: Viewer, meeting: str, asked: MeetingBody | None) -> Pack:
    try:
        return pack_for(session, viewer, *named(meeting), asked)
    except NothingKept:
        abort(404)


def file_name(found: Pack, ending: str) -> str:
    """ "stuurgroep-7-2026-11-22.pptx"; an extract says for whom."""
    header = found.report.header
    extract = "" if found.audience is header.body else f"-voor-{found.audience.value}"
    return f"{header.body.value}-{header.number}{extract}-{header.as_of:%Y-%m-%d}.{ending}"

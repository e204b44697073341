"""The pack of a meeting below /download/: slides and a workbook, as far as the viewer may know the meeting."""

from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, abort, request, send_file
from sqlalchemy.orm import Session

from portal.auth.guard import current_viewer
from portal.db.engine import reading
from portal.entities.heard import sheets
from portal.exports.deck import deck
from portal.exports.pack import pack
from portal.pages.downloads import XLSX
from portal.permissions import Permission, Viewer, require
from portal.queries.meetings.changes import Pack, pack_for
from portal.queries.meetings.meetings import NothingKept, named
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def tables(report: Report, audience: MeetingBody) -> bytes:
    return pack(report, audience, sheets())


ENDINGS: dict[str, tuple[str, Callable[[Report, MeetingBody], bytes]]] = {"pptx": (PPTX, deck), "xlsx": (XLSX, tables)}
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
    data = make(found.report, found.audience)
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

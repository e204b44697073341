"""The meetings as iCalendar: by a personal secret address that asks for no sign-in, and as a file below /download/."""

from io import BytesIO

from flask import Blueprint, Response, abort, request, send_file
from sqlalchemy.orm import Session

from portal import clock
from portal.auth.guard import current_viewer
from portal.db.engine import reading
from portal.exports.calendar import calendar
from portal.permissions import Permission, Viewer, require
from portal.queries.about import portal_state
from portal.queries.meetings.occasions import occasions
from portal.queries.people import calendar_holder
from portal.vocabulary import DEMO_NOTICE

ICS = "text/calendar"
TOKEN = "sleutel"  # noqa: S105 - the name in the address
blueprint = Blueprint("steering_calendar", __name__)


def address_of(token: str) -> str:
    """As somebody gives it to a calendar."""
    return f"{request.host_url}stuurgroep/kalender.ics?{TOKEN}={token}"


@blueprint.get("/stuurgroep/kalender.ics")
def feed() -> Response:
    """With the rights that the holder of the address has now. Not found: a token that opens nothing."""
    with reading() as session:
        holder = calendar_holder(session, request.args.get(TOKEN, ""))
        if holder is None:
            abort(404)
        return Response(_made(session, holder), mimetype=ICS)


@blueprint.get("/download/steering/kalender.ics")
def send_calendar() -> Response:
    viewer = current_viewer()
    require(viewer, Permission.EXPORT_DATA)
    with reading() as session:
        data = _made(session, viewer)
    return send_file(
        BytesIO(data), ICS, as_attachment=True, download_name=f"vergaderingen-{clock.today():%Y-%m-%d}.ics"
    )


def _made(session: Session, viewer: Viewer) -> bytes:
    notice = f"{DEMO_NOTICE}." if portal_state(session).is_demo else ""
    return calendar(occasions(session, viewer), request.host_url, notice)

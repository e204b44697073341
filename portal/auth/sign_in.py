"""The open pages: sign in, sign out, accept an invitation, privacy, accessibility."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, session
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response as AnyResponse

from portal import clock, credentials
from portal.auth import guard, sessions, throttle
from portal.auth.guard import viewer_or_none
from portal.auth.throttle import counted_try
from portal.commands.base import MustWait, Refused
from portal.commands.people import INVITATION_GONE, accept_invitation, renew_password_hash
from portal.config import Settings
from portal.credentials import CountedTry
from portal.db.engine import reading, writing
from portal.permissions import Role, Viewer
from portal.queries.about import portal_state
from portal.queries.partners.partners import responsible
from portal.queries.people import Credentials, credentials_of, demo_accounts, invited_person, is_first_visit, viewer_of
from portal.queries.reference import own_partner_options
from portal.vocabulary import DEMO_NOTICE

WRONG = "Dit e-mailadres en dit wachtwoord horen niet bij elkaar."
UNEQUAL = "De twee wachtwoorden zijn niet gelijk."
MESSAGES = {
    "afgemeld": "U bent afgemeld.",
    "uitgenodigd": "Uw wachtwoord is ingesteld. Meld u nu aan.",
    "wachtwoord": "Uw wachtwoord is gewijzigd. Meld u opnieuw aan.",
}
NEVER_NEXT = ("/aanmelden", "/afmelden", "/uitnodiging", "/_dash-")
doors = Blueprint("doors", __name__, template_folder="templates")


def local_path(text: str) -> str:
    """The path to go on to; "/" for whatever leads to another host or back to these doors."""
    is_path = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if is_path and not text.startswith(NEVER_NEXT) else "/"


@doors.get("/aanmelden")
def sign_in_page() -> AnyResponse:
    onward = local_path(request.args.get("next", ""))
    if viewer_or_none():
        return redirect(onward)
    return _sign_in_form(onward, message=MESSAGES.get(request.args.get("melding", ""), ""))


@doors.post("/aanmelden")
def sign_in() -> AnyResponse:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    onward = local_path(request.form.get("next", ""))
    try:
        with counted_try(email) as counted:
            person = _person_with(counted, email, password)
    except MustWait as held:
        waiting = _sign_in_form(onward, email, problem=str(held), status=429)
        waiting.headers["Retry-After"] = str(held.seconds)
        return waiting
    if person is None:
        return _sign_in_form(onward, email, problem=WRONG, status=401)
    if person.password_hash and credentials.is_outdated(person.password_hash):
        with writing() as own:
            renew_password_hash(own, Viewer.system(), user_id=person.user_id, password=password)
    _leave_session()
    session[sessions.TOKEN] = sessions.begin(person.user_id, person.epoch)
    answer = redirect(_landing(person.user_id) if onward == "/" else onward, 303)
    throttle.remember(answer, email)
    return answer


@doors.post("/afmelden")
def sign_out() -> AnyResponse:
    _leave_session()
    answer = redirect("/aanmelden?melding=afgemeld", 303)
    answer.delete_cookie(guard.CSRF_COOKIE)
    answer.headers["Clear-Site-Data"] = '"storage"'  # what pages kept in the browser goes with the person
    return answer


@doors.get("/afmelden")
def no_sign_out_by_link() -> AnyResponse:
    raise MethodNotAllowed(["POST"])


@doors.get("/uitnodiging/<token>")
def invitation(token: str) -> AnyResponse:
    with counted_try(_invitation(token)) as counted:
        return _invitation_form(counted, token)


@doors.post("/uitnodiging/<token>")
def accept(token: str) -> AnyResponse:
    password = request.form.get("password", "")
    with counted_try(_invitation(token)) as counted:
        if password != request.form.get("password_again", ""):
            return _invitation_form(counted, token, UNEQUAL)
        try:
            with writing() as own:
                accept_invitation(own, Viewer.system(), counted=counted, token=token, password=password)
        except Refused as refused:
            return _invitation_form(counted, token, str(refused))
    return redirect("/aanmelden?melding=uitgenodigd", 303)


@doors.get("/privacy")
def privacy() -> str:
    with reading() as asking:
        return render_template(
            "privacy.html",
            body=responsible(asking),
            settings=_settings(),
            browser_cookie=throttle.cookie_name(),
            browser_days=throttle.KNOWN_FOR.days,
        )


@doors.get("/toegankelijkheid")
def accessibility() -> str:
    with reading() as asking:
        return render_template("accessibility.html", body=responsible(asking))


def _landing(user_id: int) -> str:
    """Where somebody comes in who asked for no page: a director of one partner on the page of that partner, once the
    first steps are closed."""
    with reading() as asking:
        viewer = viewer_of(asking, user_id)
        lands = viewer is not None and viewer.role is Role.DIRECTOR and not is_first_visit(asking, viewer)
        own = own_partner_options(asking, viewer) if viewer and lands else []
    return f"/gemeente/{own[0].code}" if len(own) == 1 else "/"


def _person_with(counted: CountedTry, email: str, password: str) -> Credentials | None:
    with reading() as asking:
        found = credentials_of(asking, email)
    # the same work for who is unknown or disabled, so that neither text nor time tells who exists
    kept = found.password_hash if found and found.active else None
    return found if credentials.matches(counted, kept, password) else None


def _leave_session() -> None:
    token = session.get(sessions.TOKEN)
    if isinstance(token, str):
        sessions.end(token)
    session.clear()


def _sign_in_form(onward: str, email: str = "", *, message: str = "", problem: str = "", status: int = 200) -> Response:
    with reading() as asking:
        accounts, about, body = demo_accounts(asking), portal_state(asking), responsible(asking)
    shown = "" if _settings().production else _settings().demo_password.get_secret_value()
    page = render_template(
        "sign_in.html",
        onward=onward,
        email=email,
        message=message,
        problem=problem,
        accounts=accounts,
        about=about,
        body=body,
        demo_notice=DEMO_NOTICE,
        demo_password=shown,
    )
    return make_response(page, status)


def _invitation(token: str) -> str:
    """What tries at an invitation are counted under; nobody has this as e-mail address."""
    return f"invitation {token}"


def _invitation_form(counted: CountedTry, token: str, problem: str = "") -> Response:
    with reading() as asking:
        email = invited_person(asking, counted, token, clock.now())
    page = render_template(
        "invitation.html", email=email, problem=problem, gone=INVITATION_GONE, rule=credentials.PASSWORD_RULE
    )
    return make_response(page, 410 if email is None else 400 if problem else 200)


def _settings() -> Settings:
    found: Settings = current_app.extensions["portal_settings"]
    return found

"""Who asks, in this request."""

from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from portal.permissions import Viewer


class Unauthorised(Unauthorized):
    """Nobody is signed in, or the sign-in has ended."""

    description = "Meld u aan om verder te gaan."


def current_viewer() -> Viewer:
    """The session's person, looked up once per request. Raises Unauthorised when there is none."""
    viewer = viewer_or_none()
    if viewer is None:
        raise Unauthorised
    return viewer


def viewer_or_none() -> Viewer | None:
    return current_user.viewer if current_user and current_user.is_authenticated else None

"""Who comes in, and how far: sign-in, the guard, the border before Dash's callbacks, the headers."""

from portal.auth.border import protect_dash
from portal.auth.callbacks import callback, clientside, guarded_layout
from portal.auth.setup import install
from portal.auth.start import check_start
from portal.auth.throttle import counted_try
from portal.auth.viewer import current_viewer

__all__ = [
    "callback",
    "check_start",
    "clientside",
    "counted_try",
    "current_viewer",
    "guarded_layout",
    "install",
    "protect_dash",
]

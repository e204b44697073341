"""Whether somebody may know of a row of the inventory: of what is internal, only who sees inside that partner."""

from portal.db.models import Challenge, Project
from portal.permissions import Permission, Viewer, scope
from portal.vocabulary import Visibility


def knows_of(by: Viewer, row: Challenge | Project) -> bool:
    whose = row.partner_id if isinstance(row, Challenge) else row.reported_by_id
    return row.visibility is not Visibility.INTERNAL or scope(by, Permission.VIEW_INTERNAL).has_partner(whose)

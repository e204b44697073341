"""What can be edited of the inventory."""

from portal.pages.inventory.editing_challenges import CHALLENGES
from portal.pages.inventory.editing_projects import PROJECTS

EDITABLES = (CHALLENGES, PROJECTS)

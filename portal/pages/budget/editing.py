"""What can be edited of the money."""

from portal.pages.budget.editing_grants import CONDITIONS, GRANTS
from portal.pages.budget.editing_lines import BOOKINGS, FORECASTS, LINES

EDITABLES = (LINES, BOOKINGS, FORECASTS, GRANTS, CONDITIONS)

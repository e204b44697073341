"""What the address of the page carries: the key of each choice and the control that holds it."""

from portal.components.filters import Option
from portal.pages.budget.ids import Ids
from portal.pages.filters import FilterKey, Filters
from portal.queries.money.rows import Per

BY_LINK = (FilterKey("van", Ids.OF), FilterKey("toon", Ids.SHOW), FilterKey("lijn", Ids.LINE))
FILTERS = Filters(
    "budget", (FilterKey("dossier", Ids.GRANT), FilterKey("per", Ids.PER, empty=Per.ATELIER.value), *BY_LINK)
)
DIMENSIONS = [Option(per.value, f"Per {per.label}" if per is not Per.FUNDING else "Per bron en staat") for per in Per]

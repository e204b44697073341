"""What the address of the page carries: the key of each choice and the control that holds it."""

from portal.components.filters import Option
from portal.pages.budget.ids import Ids
from portal.queries.money_filter import Per

CONTROLS = {"dossier": Ids.GRANT, "per": Ids.PER, "van": Ids.OF, "toon": Ids.SHOW, "lijn": Ids.LINE}
KEYS = list(CONTROLS)
BY_LINK = ("van", "toon", "lijn")
EMPTY = {"per": Per.ATELIER.value}
# what the page's script needs to set the controls from a link
SCRIPT = {key: {"id": control.value, "many": False, "empty": EMPTY.get(key, "")} for key, control in CONTROLS.items()}
DIMENSIONS = [Option(per.value, f"Per {per.label}" if per is not Per.FUNDING else "Per bron en staat") for per in Per]

"""What gunicorn serves: `portal.wsgi:server`."""

import gc
import sys

from portal.app import create_app
from portal.auth import check_start
from portal.config import SettingsRefused, settings
from portal.operation.probes import keep_connections_apart
from portal.static_files import warm

try:
    check_start(settings())
except SettingsRefused as refused:
    sys.exit(str(refused))  # a sentence for who starts it, not a trace
_app = create_app(settings())
server = _app.server
warm(server, _app)  # before the workers fork: they share what is compressed
keep_connections_apart()
gc.collect()
gc.freeze()  # the workers share what was made so far: a collection in one of them would copy it

"""What gunicorn is told, whoever starts it: the Procfile and `portal serve` name this file."""

preload_app = True  # the workers share what was imported
worker_class = "gthread"
control_socket_disable = True  # it would stand in a home folder, one for all portals, and let others stop this one

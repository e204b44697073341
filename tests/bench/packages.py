"""The floor in a process that loads the libraries the portal must be made of: what a bare app with them would hold."""

import dash_bootstrap_components
import flask_login
import openpyxl
import pandas
import plotly.graph_objects
import sqlalchemy.orm

from tests.bench.floor import server

LOADED = (dash_bootstrap_components, flask_login, openpyxl, pandas, plotly.graph_objects, sqlalchemy.orm)
__all__ = ["LOADED", "server"]

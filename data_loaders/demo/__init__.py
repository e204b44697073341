"""The demo: an invented year of a region, on top of its published figures."""

from data_loaders.demo.build import DemoCounts, build_demo
from portal.commands.demo import DemoRefused

__all__ = ["DemoCounts", "DemoRefused", "build_demo"]

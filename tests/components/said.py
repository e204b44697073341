"""What a component says, whom it names and where it leads, whatever it looks like."""

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def parts(component: Any) -> Iterator[Component]:
    """The component and all below it, in the order of the page."""
    if isinstance(component, (list, tuple)):
        for item in component:
            yield from parts(item)
    elif isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))


def text(component: Any) -> str:
    """All text, with single spaces."""
    return " ".join("".join(_texts(component)).split())


def _texts(component: Any) -> Iterator[str]:
    if isinstance(component, (list, tuple)):
        for item in component:
            yield from _texts(item)
    elif getattr(component, "className", "") == "number-says":
        return  # only said on demand
    elif isinstance(component, Component):
        yield from _texts(getattr(component, "children", None))
        yield " "
    elif component is not None:
        yield str(component)


def heard(component: Any) -> str:
    """The text without what is hidden from a screen reader."""
    if isinstance(component, (list, tuple)):
        return " ".join(filter(None, map(heard, component)))
    if isinstance(component, Component):
        if "aria-hidden" in component.to_plotly_json()["props"]:
            return ""
        return label(component) or heard(getattr(component, "children", None))
    return "" if component is None else str(component).strip()


def label(component: Component) -> str:
    return str(component.to_plotly_json()["props"].get("aria-label", ""))


def all_of(component: Any, kind: str) -> list[Component]:
    return [part for part in parts(component) if part._type == kind]


def links(component: Any) -> dict[str, str]:
    """Text of each link and where it leads."""
    return {text(link): link.href for link in all_of(component, "A")}


def current(component: Any) -> list[str]:
    """The texts of the links that are marked as the current one."""
    return [text(a) for a in all_of(component, "A") if "aria-current" in a.to_plotly_json()["props"]]

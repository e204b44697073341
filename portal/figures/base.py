"""What every figure shares: palette, type, margins, and text that cannot be mistaken for markup.

Figures are plain plotly dicts made of bars and scatters only: those are in the bundle that the portal delivers.
The colours are those of assets/tokens.css; a test compares them.
"""

from typing import Any, TypeAlias

Figure: TypeAlias = dict[str, Any]

INK, INK_SOFT, LINE, NONE, SURFACE = "#1c2b33", "#55646c", "#e2ddd2", "#f0eee8", "#ffffff"
LEIE, VLAS, STEEN, GROEN = "#0b5d66", "#b7791f", "#a4312a", "#2f6f3e"
OTHERS = "#a9b7b8"  # who is not meant: grey dots and first plans
SOFT_LEIE = "#b9d5d6"
# Five kinds that a colour-blind reader and a grey print keep apart: their lightness differs too.
PALETTE = ("#07434a", "#8a3b5e", "#2f8f9a", "#c98a2b", "#c9c0d8")
# A note above its row, at either end.
LEFT: dict[str, Any] = {"xref": "paper", "xanchor": "left", "yanchor": "bottom"}
RIGHT: dict[str, Any] = LEFT | {"xanchor": "right"}
FACE = '"Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif'
_STEPS = ((0.0, SURFACE), (1e-6, "#e3eeee"), (0.25, "#bcd5d7"), (0.5, "#85b0b4"), (0.75, "#2c727a"), (1.0, "#07434a"))


def plain(text: object) -> str:
    """Text from the database as plotly shows it literally: `<` and `&` start nothing."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, most: int = 44) -> str:
    """Cut at a word, with an ellipsis; the whole text is in the hover and the table."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def soft(text: str) -> str:
    """Plain text in the softer ink."""
    return f"<span style='color:{INK_SOFT}'>{text}</span>"


def shade(share: float) -> str:
    """One hue for amounts: the colour for a share (0 to 1) of the largest; white for nothing."""
    return next(colour for limit, colour in _STEPS if share <= limit + 1e-9)


def ink_on(share: float) -> str:
    """The colour of text on `shade(share)`."""
    return SURFACE if share > 0.5 + 1e-9 else INK


def figure(data: list[dict[str, Any]], height: int, **layout: Any) -> Figure:
    """A figure with the shared layout; keys in `layout` win."""
    shared: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": FACE, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": SURFACE, "bordercolor": LINE, "font": {"color": INK, "size": 14}, "align": "left"},
    }
    return {"data": data, "layout": shared | layout}


def quiet_axis(**more: Any) -> dict[str, Any]:
    """An axis that measures but does not speak."""
    return {"visible": False, "fixedrange": True} | more


def names_axis(names: list[str], **more: Any) -> dict[str, Any]:
    """Names down the left, the first on top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [plain(name) for name in reversed(names)],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    } | more


def note(text: str, x: float | str, y: float | str, **more: Any) -> dict[str, Any]:
    """Text in the figure without an arrow; `text` is already plain."""
    return {"text": text, "x": x, "y": y, "showarrow": False} | more

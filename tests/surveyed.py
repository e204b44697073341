"""A made edition of the survey, without a database."""

from collections.abc import Mapping

import pandas as pd

from portal.queries.frames import SHARE, WHOLE, frame
from portal.queries.survey.observations import Edition, ranked
from portal.words import fold

Values = Mapping[str, Mapping[str, float | None]]
OBSERVED = (
    *("indicator_code", "indicator", "short", "unit", "higher_is_better", "partner_slug", "partner"),
    *("population", "year", "respondents", "value"),
)
ASKED = ("code", "title", "short", "question", "unit", "source", "higher_is_better")
AREAS = ("indicator_code", "area_code", "area", "year", "respondents", "value")


def observed(
    values: Values, *, year: int = 2020, respondents: int | None = None, lower_is_better: bool = False
) -> pd.DataFrame:
    """A frame of `observations` from a value per municipality per indicator's short name."""
    rows = [
        (
            code,
            f"Tevredenheid {code}",
            code,
            "%",
            not lower_is_better,
            fold(name),
            name,
            20_000,
            year,
            respondents,
            value,
        )
        for code, by_name in values.items()
        for name, value in by_name.items()
    ]
    whole = dict.fromkeys(("population", "year", "respondents"), WHOLE)
    return ranked(frame(OBSERVED, rows, **whole, value=SHARE, higher_is_better="bool"))


def edition_of(
    values: Values,
    *,
    areas: Mapping[str, Mapping[str, float]] | None = None,
    year: int = 2020,
    **given: bool | int | None,
) -> Edition:
    better = not given.get("lower_is_better", False)
    asked = [
        (code, f"Tevredenheid {code}", code, f"Bent u tevreden: {code}?", "%", "Monitor", better) for code in values
    ]
    beside = [
        (code, fold(area), area, year, None, value)
        for area, by_code in (areas or {}).items()
        for code, value in by_code.items()
    ]
    return Edition(
        year if values else None,
        observed(values, year=year, **given),  # type: ignore[arg-type]
        frame(ASKED, asked, higher_is_better="bool"),
        frame(AREAS, beside, year=WHOLE, respondents=WHOLE, value=SHARE),
    )

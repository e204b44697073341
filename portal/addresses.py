"""Where the page of a thing stands: the one rule for every place that names it."""

PROJECT = "/project/"
RESULT = "/resultaat/"
ATELIER = "/ateliers?atelier="


def of_result(code: object) -> str:
    return f"{RESULT}{code}"


def of_work(project: object, result: object) -> str:
    """The page of the project with this code; without one, of the result with that code."""
    return f"{PROJECT}{project}" if project else of_result(result)

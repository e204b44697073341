"""What people write for the words and the rows of a list: a table per list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.vocabulary import ParticipationState, Visibility, Word
from portal.words import fold

_BEHIND = re.compile(r"\s*\([^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Synonyms:
    """`words`: folded, with the code they mean. `before`: folded, what may stand before a name and says nothing."""

    words: tuple[tuple[str, str], ...] = ()
    before: tuple[str, ...] = ()

    def names(self, written: str) -> Iterator[str]:
        """The folded name, then the same without what says nothing."""
        name = fold(written)
        yield name
        if not self.before:
            return
        bare = fold(_BEHIND.sub("", written))
        while before := next((each for each in self.before if bare.startswith(f"{each} ")), ""):
            bare = bare.removeprefix(f"{before} ")
        if bare != name:
            yield bare


NO_SYNONYMS = Synonyms()
PARTNERS = Synonyms(
    before=(
        *("stad en ocmw", "gemeente en ocmw", "stadsbestuur", "gemeentebestuur", "lokaal bestuur", "bestuur"),
        *("stad", "gemeente", "ocmw", "van"),
    )
)
SYNONYMS: Mapping[type[Word], Synonyms] = {
    Visibility: Synonyms((("publiek", Visibility.PUBLIC), ("regionaal", Visibility.REGION))),
    ParticipationState: Synonyms(
        (
            ("doet mee", ParticipationState.MEMBER),
            ("neemt later deel", ParticipationState.LATER),
            ("doet niet mee", ParticipationState.DECLINED),
        )
    ),
}

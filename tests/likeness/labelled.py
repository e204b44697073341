"""Texts of the demo, the pairs that a person labelled, and how well the suggestions agree with the labels."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.config import ROOT
from portal.likeness.corpus import Corpus, Filed
from portal.likeness.words import Thesaurus

HERE = Path(__file__).parent
DEMO = ROOT / "data_loaders" / "demo"
SYNONYMS = ROOT / "data_loaders" / "reference" / "synonyms.csv"

Row = dict[str, str]
Pair = tuple[str, str]


def rows_of(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def our_synonyms() -> dict[str, str]:
    return {row["term"]: row["meaning"] for row in rows_of(SYNONYMS)}


def suggested(texts: list[Row], synonyms: dict[str, str]) -> set[Pair]:
    """The pairs of codes that the portal calls alike."""
    words = Thesaurus(synonyms)
    by_code = sorted(texts, key=lambda row: row["demo_id"])
    numbers = _numbered(row[key] for row in by_code for key in ("gemeente", "domein", "thema"))
    filed = [
        Filed(
            place,
            *(numbers[row[key]] for key in ("gemeente", "domein", "thema")),
            words.bag(row["titel"], row["omschrijving"]),
        )
        for place, row in enumerate(by_code)
    ]
    return {(by_code[one]["demo_id"], by_code[other]["demo_id"]) for one, other, _ in Corpus(filed).pairs()}


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values), start=1)}


@dataclass(frozen=True)
class Agreement:
    """How suggestions agree with labels. A pair that nobody labelled is not the same."""

    suggested: int
    right: int
    same: int

    @property
    def precision(self) -> float:
        return self.right / self.suggested

    @property
    def recall(self) -> float:
        return self.right / self.same


def agreement(pairs: set[Pair], labels: list[Row]) -> Agreement:
    same = {(row["a"], row["b"]) for row in labels if row["same"] == "1"}
    return Agreement(len(pairs), len(pairs & same), len(same))

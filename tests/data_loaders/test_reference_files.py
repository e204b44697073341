"""Each line of a reference file means one thing, or is refused by file and row; and what the facts are made of."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.reference import synonyms_in
from data_loaders.reference.facts import facts_of, known_projects
from data_loaders.reference.files import Line, by_name, lines_of, year_in
from portal.commands.reference import Fact, Ref, ReferenceRefused
from portal.config import settings
from portal.db import models as m
from portal.vocabulary import ParticipationState, Phase, ProjectScope, TargetKind
from tests.data_loaders.region import with_row, write_region

OURS = settings().reference_dir
NAMES = {"oever aan zee": "oever", "kade": "kade"}
PROJECT_HEADINGS = "title,scope,atelier,collaboration_type,lead,participants,status,source\n"


def line(**cells: str) -> Line:
    return Line("proef.csv", 3, cells)


def written(folder: Path, text: str, name: str = "proef.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.fixture
def region(tmp_path: Path) -> Path:
    return write_region(tmp_path / "region")


# -- one line


REFUSED_CELLS = [
    (lambda one: one.text("a"), "", "kolom a is leeg"),
    (lambda one: one.whole("a"), "12.5", "geen geheel getal"),
    (lambda one: one.whole("a"), "1 000", "geen geheel getal"),
    (lambda one: one.whole("a"), "1e3", "geen geheel getal"),
    (lambda one: one.whole("a"), "+5", "geen geheel getal"),
    (lambda one: one.whole("a"), "0x1", "geen geheel getal"),
    (lambda one: one.number_in("a"), "12,5", "met een punt"),
    (lambda one: one.number_in("a"), "nan", "met een punt"),
    (lambda one: one.number_in("a"), "inf", "met een punt"),
    (lambda one: one.number_in("a"), ".5", "met een punt"),
    (lambda one: one.euros("a"), "€ 5", "met een punt voor de centen"),
    (lambda one: one.euros("a"), "1.000,00", "met een punt voor de centen"),
    (lambda one: one.yes_or_no("a"), "misschien", "'ja' of 'nee'"),
    (lambda one: one.yes_or_no("a"), "", "kolom a is leeg"),
    (lambda one: one.word("a", ProjectScope), "Vlaams", "kies uit: lokaal, regionaal"),
    (lambda one: one.one_of("a", {"een": 1}), "twee", "kent 'twee' niet; kies uit: een"),
]


def test_a_cell_that_is_not_what_its_column_asks_is_refused_by_file_and_row(subtests: pytest.Subtests):
    for ask, cell, why in REFUSED_CELLS:
        with subtests.test(ask=ask, cell=cell, why=why):
            with pytest.raises(ReferenceRefused) as refused:
                ask(line(a=cell))
            assert str(refused.value).startswith("proef.csv, rij 3: ")
            assert why in str(refused.value)


CELLS = [
    (lambda one: one.text("a"), "x", "x"),
    (lambda one: one.maybe("a"), "", None),
    (lambda one: one.maybe("b"), "x", None),
    (lambda one: one.whole("a"), "-12", -12),
    (lambda one: one.whole("a"), "0", 0),
    (lambda one: one.whole("a"), "", None),
    (lambda one: one.number_in("a"), "61.5", 61.5),
    (lambda one: one.euros("a"), "2000000.50", Decimal("2000000.50")),
    (lambda one: one.yes_or_no("a"), "JA", True),
    (lambda one: one.yes_or_no("a"), "nee", False),
    (lambda one: one.word("a", ProjectScope), "Regionaal", ProjectScope.REGIONAL),
    (lambda one: one.word("a", TargetKind), "ja/nee", TargetKind.YES_NO),
    (lambda one: one.one_of("a", {"oever aan zee": "oever"}), "Oever-aan-Zee", "oever"),
]


def test_a_cell_is_what_its_column_asks(subtests: pytest.Subtests):
    for ask, cell, found in CELLS:
        with subtests.test(ask=ask, cell=cell, found=found):
            assert ask(line(a=cell)) == found


def test_an_amount_is_exact_and_no_float():
    assert isinstance(line(a="0.10").euros("a"), Decimal)
    assert str(line(a="0.10").euros("a")) == "0.10"


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_is_read_as_it_was_written(number: int):
    assert line(a=str(number)).whole("a") == number


def test_a_column_that_the_file_lacks_cannot_be_read_as_required():
    with pytest.raises(KeyError):
        line(a="x").text("b")


# -- one file


def test_a_file_that_is_not_there_is_named_without_its_folder(tmp_path: Path):
    with pytest.raises(ReferenceRefused, match=r"^nergens.csv ontbreekt in de map"):
        lines_of(tmp_path / "nergens.csv", "code")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "één".encode("cp1252"), b'code\n"open', b'code\n"a"b\n'])
def test_what_is_no_csv_in_utf8_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "proef.csv").write_bytes(content)
    with pytest.raises(ReferenceRefused, match="geen leesbaar csv-bestand"):
        lines_of(tmp_path / "proef.csv", "code")


@pytest.mark.parametrize(("text", "why"), [("", "rij 1: kolom code ontbreekt"), ("naam\nx\n", "kolom code ontbreekt")])
def test_a_column_that_is_missing_is_named(tmp_path: Path, text: str, why: str):
    with pytest.raises(ReferenceRefused, match=why):
        lines_of(written(tmp_path, text), "code")


@pytest.mark.parametrize(("row", "cells"), [("a", 1), ("a,b,c", 3)])
def test_a_row_of_another_length_is_refused_with_both_numbers(tmp_path: Path, row: str, cells: int):
    with pytest.raises(ReferenceRefused, match=f"rij 3: telt {cells} cellen onder 2 koppen"):
        lines_of(written(tmp_path, f"code,title\nx,y\n{row}\n"), "code")


def test_rows_are_counted_as_a_spreadsheet_does_and_empty_ones_passed_over(tmp_path: Path):
    found = lines_of(written(tmp_path, 'code,title\na,"over\ntwee rijen"\n\nb,c\n'), "code")
    assert [(one.number, one.cells["code"]) for one in found] == [(3, "a"), (5, "b")]


def test_a_file_with_a_byte_mark_and_loose_spaces_is_read_the_same(tmp_path: Path):
    (tmp_path / "proef.csv").write_bytes("\ufeffcode , title\n a , één \n".encode())
    assert lines_of(tmp_path / "proef.csv", "code", "title")[0].cells == {"code": "a", "title": "één"}


def test_a_file_with_headings_only_has_no_rows(tmp_path: Path):
    assert lines_of(written(tmp_path, "code,title\n"), "code") == []


# -- names and years


@pytest.mark.parametrize(
    "second", [{"slug": "kade", "name": "Anders"}, {"slug": "anders", "name": "KADE"}, {"slug": "Kade", "name": "x"}]
)
def test_a_name_or_code_that_comes_twice_is_refused(second: dict[str, str]):
    with pytest.raises(ReferenceRefused, match="staat er twee keer in"):
        by_name([line(slug="kade", name="Kade"), line(**second)], "name", "slug")


def test_a_place_is_found_by_its_name_however_it_is_spelled():
    assert by_name([line(slug="oever", name="Oever-aan-Zee")], "name", "slug") == {"oever aan zee": "oever"}


@pytest.mark.parametrize("name", ["counts.csv", "counts_22.csv", "counts_2022_v2.csv", "counts-2022.csv", "2022.csv"])
def test_a_file_without_a_year_at_the_end_of_its_name_is_refused(name: str):
    with pytest.raises(ReferenceRefused, match="eindigt niet op een jaar"):
        year_in(Path(name))


def test_a_year_is_the_last_thing_a_name_says():
    assert year_in(Path("inventory_counts_2022.csv")) == 2022


# -- facts


def of(facts: list[Fact], model: type) -> list[Fact]:
    return [fact for fact in facts if fact.model is model]


def test_every_fact_stands_after_what_it_points_at():
    seen: set[Ref] = set()
    for fact in facts_of(OURS):
        wanted = {value for value in (*fact.key.values(), *fact.values.values()) if isinstance(value, Ref)}
        assert wanted <= seen, fact.where
        seen.add(Ref(fact.model, fact.code))


def test_facts_of_one_model_stand_together(region: Path):
    models = [fact.model for fact in facts_of(region)]
    assert len([one for one, before in zip(models, [None, *models], strict=False) if one is not before]) == len(
        set(models)
    )


def test_the_same_code_twice_is_refused_by_its_row(tmp_path: Path):
    folder = write_region(tmp_path / "r", themes=with_row("themes.csv", "zee,Nog eens"))
    with pytest.raises(ReferenceRefused, match=r"themes.csv, rij 3: 'zee' staat er twee keer in"):
        facts_of(folder)


@pytest.mark.parametrize(
    ("file", "row", "why"),
    [
        ("subsidy_calls.csv", "klein,Kleine golf,,nota", "kolom ceiling_eur is leeg"),
        ("inventory_counts_2023.csv", "Kade,3,", "een aantal is leeg"),
        ("inventory_counts_2023.csv", "Nergens,3,1", "kent 'Nergens' niet"),
        ("stadsmonitor_2023.csv", "kade,veel", "kolom zicht is geen getal"),
        ("services.csv", "x,X,bijzonder", "kies uit: dienst, horizontaal"),
        ("deliverables.csv", "A.9-1,B,1,Deel,Iets,ja/nee,1,x", "kolom atelier kent 'B' niet"),
        ("deliverables.csv", "A.9-1,A,1,Deel,Iets,soms,1,x", "kolom target_kind kent 'soms' niet"),
        ("governance_bodies.csv", "raad,Raad,dagelijks,informed,", "geen geheel getal"),
        ("indicators.csv", "Z_2,geur,Geur,geur,Ruikt u de zee?,%,soms,Zeemeter", "'ja' of 'nee'"),
    ],
)
def test_a_row_that_means_nothing_is_refused(tmp_path: Path, file: str, row: str, why: str):
    folder = write_region(tmp_path / "r", **{file.removesuffix(".csv"): with_row(file, row)})
    with pytest.raises(ReferenceRefused, match=why) as refused:
        facts_of(folder)
    assert str(refused.value).startswith(f"{file}, rij ")


def test_a_survey_value_that_is_missing_is_no_fact_and_not_zero(tmp_path: Path):
    folder = write_region(tmp_path / "r", stadsmonitor_2023=with_row("stadsmonitor_2023.csv", "Kade,"))
    assert [fact.code for fact in of(facts_of(folder), m.Observation)] == ["Z_1/oever/2023"]


def test_a_position_is_the_place_in_the_file(region: Path):
    assert [fact.values["position"] for fact in of(facts_of(region), m.Partner)] == [0, 1]
    assert [fact.values["position"] for fact in of(facts_of(region), m.Deliverable)] == [0, 1]


def test_a_part_is_told_once_however_many_results_it_has(region: Path):
    (part,) = of(facts_of(region), m.Part)
    assert part.key == {"atelier_id": Ref(m.Atelier, "A"), "code": "1"}
    assert {fact.values["part_id"] for fact in of(facts_of(region), m.Deliverable)} == {Ref(m.Part, part.code)}


# -- known projects


def projects(folder: Path, row: str) -> list[Fact]:
    write_region(folder, known_projects=PROJECT_HEADINGS + row + "\n")
    return known_projects(folder, NAMES)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Baken,regionaal,,,,alle 3 partners,lopend,nota", "er zijn 2 partners; verbeter het aantal"),
        ("Baken,regionaal,,,,Kade; Nergens,lopend,nota", "kolom participants kent 'Nergens' niet"),
        ("Baken,regionaal,,,,,afgelopen,nota", "kies uit: gepland, lopend"),
        ("Baken,landelijk,,,,,lopend,nota", "kolom scope kent 'landelijk' niet"),
        ("Baken,regionaal,Z,,,,lopend,nota", "kolom atelier kent 'Z' niet"),
        ("Baken,regionaal,,9,,,lopend,nota", "kolom collaboration_type kent '9' niet"),
    ],
)
def test_a_project_that_names_what_is_not_there_is_refused(tmp_path: Path, row: str, why: str):
    with pytest.raises(ReferenceRefused, match=why):
        projects(tmp_path / "r", row)


@pytest.mark.parametrize("said", ["alle partners", "Alle 2 partners", "ALLE PARTNERS"])
def test_all_partners_are_all_of_them_with_or_without_their_number(tmp_path: Path, said: str):
    facts = projects(tmp_path / "r", f"Baken,regionaal,,,,{said},lopend,nota")
    assert {fact.code for fact in of(facts, m.Participation)} == {"R-01/oever", "R-01/kade"}


def test_a_lead_of_the_region_is_a_participation_and_one_from_outside_a_name(tmp_path: Path):
    inside = projects(tmp_path / "a", "Baken,regionaal,,,Kade,Oever-aan-Zee,lopend,nota")
    assert inside[0].values["external_lead"] is None
    states = {fact.code: fact.values["state"] for fact in of(inside, m.Participation)}
    assert states == {"R-01/oever": ParticipationState.MEMBER, "R-01/kade": ParticipationState.LEAD}
    outside = projects(tmp_path / "b", "Baken,bovenregionaal,,,Overkant,,gepland,nota")
    assert outside[0].values["external_lead"] == "Overkant"
    assert of(outside, m.Participation) == []


def test_a_lead_that_also_takes_part_leads_once(tmp_path: Path):
    facts = projects(tmp_path / "r", "Baken,regionaal,,,Kade,Kade; Oever-aan-Zee,lopend,nota")
    assert [fact.values["state"] for fact in of(facts, m.Participation)] == ["trekker", "deelnemer"]


def test_what_the_source_does_not_say_stays_unknown(tmp_path: Path):
    (fact,) = projects(tmp_path / "r", "Baken,regionaal,,,,,gepland,")
    unknown = {"atelier_id": None, "collaboration_type_id": None, "external_lead": None, "source": ""}
    assert {name: fact.values[name] for name in unknown} == unknown
    assert fact.values["phase"] is Phase.PREPARATION


def test_a_participation_belongs_to_people_as_soon_as_they_touch_it(tmp_path: Path):
    facts = projects(tmp_path / "r", "Baken,regionaal,A,1,Kade,,lopend,nota")
    assert [fact.together for fact in facts] == [False, True]


# -- synonyms


def test_a_region_without_a_list_has_none(region: Path):
    assert synonyms_in(region) == {}


@pytest.mark.parametrize("second", ["zee,water", "ZEE,water", "Zeé,water"])
def test_a_term_that_stands_twice_is_refused_with_its_first_spelling(region: Path, second: str):
    written(region, f"term,meaning\nzee,oceaan\n{second}\n", "synonyms.csv")
    with pytest.raises(ReferenceRefused, match="staat er al, als 'zee'"):
        synonyms_in(region)


@pytest.mark.parametrize("row", [",oceaan", "zee,"])
def test_half_a_synonym_is_refused(region: Path, row: str):
    written(region, f"term,meaning\n{row}\n", "synonyms.csv")
    with pytest.raises(ReferenceRefused, match="is leeg"):
        synonyms_in(region)


def test_a_list_is_term_to_meaning_in_its_order(region: Path):
    written(region, "term,meaning\nzee,oceaan\nstrand,kust\n", "synonyms.csv")
    assert list(synonyms_in(region).items()) == [("zee", "oceaan"), ("strand", "kust")]


def test_a_region_may_leave_its_words_out(region: Path):
    assert not [fact for fact in facts_of(region) if fact.model is m.ProgrammeWord]
    written(region, "code,title,meaning,source,also,part\nvloed,vloed,Water dat komt.,zee,,\n", "programme_words.csv")
    (found,) = [fact for fact in facts_of(region) if fact.model is m.ProgrammeWord]
    assert found.values["meaning"] == "Water dat komt."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,title\nvloed,vloed\n", "rij 1: kolom meaning ontbreekt"),
        ("code,title,meaning,source,also,part\nvloed,vloed,,zee,,\n", "rij 2: kolom meaning is leeg"),
    ],
)
def test_a_word_that_is_not_explained_is_refused(region: Path, text: str, why: str):
    written(region, text, "programme_words.csv")
    with pytest.raises(ReferenceRefused, match=why):
        facts_of(region)

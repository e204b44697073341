"""A place of the survey: known however it is written, asked where it resembles a partner, and elsewhere otherwise."""

from collections.abc import Iterator
from string import ascii_lowercase

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.stadsmonitor.places import KnownPartner, Places, PlaceUnclear, is_larger, is_slip
from data_loaders.stadsmonitor.tables import Known
from portal.commands.files import Area
from portal.db.models import Partner
from tests.data_loaders.books import told, workbook
from tests.data_loaders.surveys import DIGITAL, csv, geo_csv, knowledge, layout_d, loaded, read_with, values_of, wide

ELSEWHERE = """
Aalst, Aalter, Aarschot, Aartselaar, Affligem, Alken, Alveringem, Antwerpen, Ardooie, Arendonk, As, Asse, Assenede,
Baarle-Hertog, Balen, Beernem, Beerse, Beersel, Begijnendijk, Bekkevoort, Beringen, Berlaar, Berlare, Bertem, Bever,
Beveren, Beveren-Kruibeke-Zwijndrecht, Bierbeek, Bilzen, Bilzen-Hoeselt, Blankenberge, Bocholt, Boechout, Bonheiden,
Boom, Boortmeerbeek, Borgloon, Bornem, Borsbeek, Boutersem, Brakel, Brasschaat, Brecht, Bredene, Bree, Brugge,
Buggenhout, Damme, De Haan, De Panne, De Pinte, Deinze, Denderleeuw, Dendermonde, Dentergem, Dessel, Destelbergen,
Diepenbeek, Diest, Diksmuide, Dilbeek, Dilsen-Stokkem, Drogenbos, Duffel, Edegem, Eeklo, Erpe-Mere, Essen, Evergem,
Galmaarden, Gavere, Geel, Geetbets, Genk, Gent, Geraardsbergen, Gingelom, Gistel, Glabbeek, Gooik, Grimbergen,
Grobbendonk, Haacht, Haaltert, Halen, Halle, Ham, Hamme, Hamont-Achel, Hasselt, Hechtel-Eksel, Heers,
Heist-op-den-Berg, Hemiksem, Herent, Herentals, Herenthout, Herk-de-Stad, Herne, Herselt, Herstappe, Herzele,
Heusden-Zolder, Heuvelland, Hoegaarden, Hoeilaart, Hoeselt, Holsbeek, Hooglede, Hoogstraten, Horebeke,
Houthalen-Helchteren, Houthulst, Hove, Huldenberg, Hulshout, Ichtegem, Ieper, Ingelmunster, Izegem, Jabbeke,
Kalmthout, Kampenhout, Kapelle-op-den-Bos, Kapellen, Kaprijke, Kasterlee, Keerbergen, Kinrooi, Kluisbergen,
Knesselare, Knokke-Heist, Koekelare, Koksijde, Kontich, Kortemark, Kortenaken, Kortenberg, Kortessem, Kraainem,
Kruibeke, Kruisem, Kruishoutem, Laakdal, Laarne, Lanaken, Landen, Langemark-Poelkapelle, Lebbeke, Lede, Ledegem,
Lennik, Leopoldsburg, Leuven, Lichtervelde, Liedekerke, Lier, Lierde, Lievegem, Lille, Linkebeek, Lint, Linter,
Lo-Reninge, Lochristi, Lokeren, Lommel, Londerzeel, Lovendegem, Lubbeek, Lummen, Maarkedal, Maaseik, Maasmechelen,
Machelen, Maldegem, Malle, Mechelen, Meerhout, Meeuwen-Gruitrode, Meise, Melle, Merchtem, Merelbeke, Merelbeke-Melle,
Merksplas, Mesen, Meulebeke, Middelkerke, Moerbeke, Mol, Moorslede, Mortsel, Nazareth, Nazareth-De Pinte, Neerpelt,
Nevele, Niel, Nieuwerkerken, Nieuwpoort, Nijlen, Ninove, Olen, Oostende, Oosterzele, Oostkamp, Oostrozebeke,
Opglabbeek, Opwijk, Oud-Heverlee, Oud-Turnhout, Oudenaarde, Oudenburg, Oudsbergen, Overijse, Overpelt, Pajottegem,
Peer, Pelt, Pepingen, Pittem, Poperinge, Putte, Puurs, Puurs-Sint-Amands, Ranst, Ravels, Retie, Riemst, Rijkevorsel,
Roeselare, Ronse, Roosdaal, Rotselaar, Ruiselede, Rumst, Schelle, Scherpenheuvel-Zichem, Schilde, Schoten,
Sint-Amands, Sint-Genesius-Rode, Sint-Gillis-Waas, Sint-Katelijne-Waver, Sint-Laureins, Sint-Lievens-Houtem,
Sint-Martens-Latem, Sint-Niklaas, Sint-Pieters-Leeuw, Sint-Truiden, Stabroek, Staden, Steenokkerzeel, Stekene, Temse,
Ternat, Tervuren, Tessenderlo, Tessenderlo-Ham, Tielt, Tielt-Winge, Tienen, Tongeren, Tongeren-Borgloon, Torhout,
Tremelo, Turnhout, Veurne, Vilvoorde, Vleteren, Voeren, Vorselaar, Vosselaar, Waarschoot, Waasmunster, Wachtebeke,
Wellen, Wemmel, Westerlo, Wetteren, Wezembeek-Oppem, Wichelen, Wielsbeke, Wijnegem, Willebroek, Wingene, Wommelgem,
Wortegem-Petegem, Wuustwezel, Zandhoven, Zaventem, Zedelgem, Zele, Zelzate, Zemst, Zingem, Zoersel, Zomergem,
Zonhoven, Zonnebeke, Zottegem, Zoutleeuw, Zuienkerke, Zulte, Zutendaal, Zwalm, Zwijndrecht
"""
ELSEWHERE_TOO = """
Aalbeke, Bavikhove, Bellegem, Beveren-Leie, Bissegem, Bossuit, Desselgem, Geluwe, Gijzelbrechtegem, Gullegem, Heestert,
Heule, Hulste, Ingooigem, Kaster, Kerkhove, Komen, Kooigem, Lauwe, Marke, Moen, Moeskroen, Moorsele, Otegem, Outrijve,
Rekkem, Rollegem, Sint-Denijs, Sint-Eloois-Vijve, Tiegem, Vichte, Waarmaarde, Wanegem-Lede, Zwevezele, Kuringen,
Vlaanderen, Vlaams Gewest, West-Vlaanderen, Provincie West-Vlaanderen, Brussel, België, Centrumsteden, Regio Kortrijk,
Arrondissement Kortrijk, Kortrijk (arrondissement), Arr. Kortrijk, Politiezone Menen, Vervoerregio Kortrijk
"""


@pytest.fixture
def known(session: Session) -> Known:
    return knowledge(session)


@pytest.fixture
def places(known: Known) -> Places:
    return known.places


@pytest.fixture
def municipalities(places: Places) -> list[KnownPartner]:
    found = [*places.by_nis.values()]
    assert len(found) == 13
    return found


def listed(names: str) -> list[str]:
    return [name.strip() for name in names.replace("\n", " ").split(",")]


def refusal(places: Places, name: str, nis: str = "") -> str:
    with pytest.raises(PlaceUnclear) as refused:
        places.find(name, nis)
    return str(refused.value)


# -- what resembles a partner is asked, and never counted as elsewhere


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Wervick", "Wervik"),
        ("Wervicq", "Wervik"),
        ("Vervik", "Wervik"),
        ("Zwevegm", "Zwevegem"),
        ("Sweveghem", "Zwevegem"),
        ("Ansegem", "Anzegem"),
        ("Kortijk", "Kortrijk"),
        ("Kortryk", "Kortrijk"),
        ("KORTRIJJK", "Kortrijk"),
        ("Stad Wervick", "Wervik"),
        ("Gemeente Ansegem (gemeente)", "Anzegem"),
        ("Meenen", "Menen"),
        ("Menem", "Menen"),
        ("Menin", "Menen"),
        ("Spiere", "Spiere-Helkijn"),
        ("Spierre Helkyn", "Spiere-Helkijn"),
        ("Waereghem", "Waregem"),
        ("Wervik Geluwe", "Wervik"),
        ("City of Wervik", "Wervik"),
        ("Wervik en Menen", "Menen of Wervik"),
        ("Zwevelgem", "Wevelgem of Zwevegem"),
    ],
)
def test_a_name_that_resembles_a_partner_is_asked(places: Places, written: str, meant: str):
    said = refusal(places, written)
    assert said == f"“{written}” lijkt op {meant}; verbeter de naam, of vul de NIS-code in."
    assert refusal(places, "", written) == said


def test_it_is_told_once_at_its_cell_with_the_other_cells_that_say_so(known: Known):
    rows = [["Wervick", 60, 61, 62, 63], ["Menen", 60, 61, 62, 63], ["Wervick", 60, None, None, None]]
    assert told(read_with(known, wide(*rows), 2020).problems) == [
        "Blad1!A2: “Wervick” lijkt op Wervik; verbeter de naam, of vul de NIS-code in. Ook in: A4."
    ]
    with_code = csv("nis;gemeente;indicator;jaar;waarde", "Kortijk;;LO_S_04;2020;60")
    assert told(read_with(known, with_code).problems)[0].startswith("stand!A2: “Kortijk” lijkt op Kortrijk")
    assert told(read_with(known, geo_csv("2020;gemeente;Kortijk;60")).problems)[0].startswith("incijfers!C2: “Kortijk”")


def test_no_slip_of_one_finger_in_any_name_is_counted_as_elsewhere(places: Places, municipalities: list[KnownPartner]):
    silent = [slip for one in municipalities for slip in slips_in(one.name) if is_silent(places, slip)]
    assert silent == []


def slips_in(name: str) -> Iterator[str]:
    """A letter too many, too few, or changed places; and another letter, in a name that is not short."""
    for at in range(len(name) + 1):
        before, behind = name[:at], name[at:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            if len(name) > 5:
                yield before + letter + behind[1:]


def is_silent(places: Places, written: str) -> bool:
    try:
        return places.find(written, "") is None
    except PlaceUnclear:
        return False


def test_a_name_that_resembles_a_partner_does_not_bear_the_code_of_another_partner(places: Places):
    said = "NIS-code 34027 hoort niet bij “Wervick” (33029); verbeter de code of de naam."
    assert refusal(places, "Wervick", "34027") == said


def test_name_and_code_may_not_contradict_each_other_wherever_they_stand(places: Places):
    said = "NIS-code 34022 hoort niet bij “Wervik (33029)”; verbeter de code of de naam."
    assert refusal(places, "Wervik (33029)", "34022") == said
    assert "hoort niet bij “Menen (33029)” (34027)" in refusal(places, "Menen (33029)")
    assert "hoort niet bij “Menen” (34027)" in refusal(places, "Menen", "44021")


def test_a_postcode_alone_is_no_place(places: Places):
    said = "“8940” is geen NIS-code; schrijf de vijf cijfers ervan, of de naam."
    assert refusal(places, "8940") == refusal(places, "", "8940") == said
    assert places.find("Gent", "9000") is None


# -- known however it is written


SPELLINGS = (
    *("{name}", " {name} ", "{lower}", "{upper}", "{name}.", "{name}*", "{name} (1)", "{name} ¹", "\ufeff{name}"),
    *("Stad {name}", "stad {lower}", "STAD {upper}", "Gemeente {name}", "gem. {name}", "Gem {name}", "OCMW {name}"),
    *("Gemeente {name} (gemeente)", "{name} (gemeente)", "{name} (stad)", "{name}, stad", "{name} gemeente"),
    *("Stadsbestuur {name}", "Gemeentebestuur van {name}", "Lokaal bestuur {name}", "Stad en OCMW {name}"),
    *("{upper} ({nis})", "{name} ({nis})", "{name} [{nis}]", "{name} - {nis}", "{name}-{nis}", "{name}, {nis}"),
    *("{nis} {name}", "{nis} - {name}", "{nis}: {name}", "{nis}_{name}", "{nis}{name}", "{name}\u00a0({nis})"),
    *("Stad {name} ({nis})", "{nis} Stad {name}", "{name} (NIS {nis})", "{name} (NIS-code: {nis})", "NIS {nis} {name}"),
    *("{name} (gemeente) ({nis})", "Gemeente {name} - {nis} (gemeente)", "{name} ({nis}", "{name} (arr. X)"),
    *("{nis}", "{nis}.0", "{nis},00", " {nis} ", "NIS {nis}", "BE{nis}", "({nis})", "{dotted}", "{postcode} {name}"),
)


def test_every_municipality_is_known_in_every_spelling_in_either_column(
    places: Places, municipalities: list[KnownPartner], session: Session
):
    postcodes = {row.nis: row.postcode for row in session.execute(select(Partner.nis, Partner.postcode))}
    for one in municipalities:
        assert one.nis
        parts = {"name": one.name, "lower": one.name.lower(), "upper": one.name.upper(), "nis": one.nis}
        parts |= {"dotted": f"{one.nis[:2]}.{one.nis[2:]}", "postcode": postcodes[one.nis]}
        for spelling in SPELLINGS:
            written = spelling.format(**parts)
            assert (written, places.find(written, "")) == (written, one)
            assert (written, places.find("", written)) == (written, one)
            assert (written, places.find(written, one.nis)) == (written, one)


@pytest.mark.parametrize(
    "written",
    ["Spiere Helkijn", "spiere helkijn", "SpiereHelkijn", "Spiere – Helkijn", "Spiere/Helkijn", "SPIERE_HELKIJN"],
)
def test_a_compound_name_is_known_with_any_mark_between_its_parts(places: Places, written: str):
    assert places.find(f"Gemeente {written} (34043)", "") == places.by_nis["34043"] == places.find(written, "")


def test_a_file_that_spells_every_place_otherwise_is_read_whole(known: Known):
    rows = [
        ["Stad Wervik", 61],
        ["KORTRIJK (34022)", 62],
        ["34027 Menen", 63],
        ["Gemeente Spiere Helkijn (gemeente)", 64],
    ]
    reading = read_with(known, wide(*rows), 2020)
    slugs = ("wervik", "kortrijk", "menen", "spiere-helkijn")
    assert values_of(reading) == {(DIGITAL, slug, 2020): 61.0 + place for place, slug in enumerate(slugs)}
    assert reading.notices == ("Indeling E: eigen brede vorm.",)


def test_a_name_with_a_slip_is_the_partner_of_its_code(places: Places):
    assert places.find("Wervick", "33029") == places.find("Wervick (33029)", "") == places.by_nis["33029"]


# -- elsewhere, and nobody is accused


def test_none_of_the_other_municipalities_and_areas_is_taken_for_a_partner(places: Places):
    names = listed(ELSEWHERE)
    assert len({*names}) > 300
    assert {name: place for name in [*names, *listed(ELSEWHERE_TOO)] if (place := places.find(name, ""))} == {}
    assert [name for name in names if places.find(f"Stad {name} (gemeente)", "") or places.find(name.upper(), "")] == []


def test_a_list_of_all_municipalities_has_no_problem_and_counts_the_others(known: Known):
    names = [*listed(ELSEWHERE), "Wervik"]
    reading = read_with(known, layout_d(*([name, 60, "x"] for name in names)))
    assert values_of(reading) == {(DIGITAL, "wervik", 2020): 60.0}
    assert reading.notices[1].startswith(f"{len(names) - 1} waarden van andere plaatsen overgeslagen: Aalst, Aalter")


def test_a_name_that_resembles_a_partner_with_the_code_of_elsewhere_is_elsewhere(known: Known):
    file = workbook(
        Blad1=[["gemeente", "nis", "digitaal"], ["Wervick", 44021, 60], ["Wervik (44021)", "", None], ["Menen", "", 61]]
    )
    reading = read_with(known, file, 2020)
    assert values_of(reading) == {(DIGITAL, "menen", 2020): 61.0}
    assert reading.notices[-1] == "1 waarden van andere plaatsen overgeslagen: Wervick."
    assert known.places.find("Kortijk (44021)", "") is None


def test_a_place_that_the_portal_knows_already_is_no_slip(session: Session, known: Known):
    assert is_slip("Wervika", "Wervik")
    loaded(session, csv("nis;gemeente;digitaal", "32000;Wervika;60"), year=2020)
    assert knowledge(session).places.find("Wervika", "") is None


# -- larger areas


def test_an_area_is_one_however_its_code_is_written_and_bears_its_name_without_it(session: Session, places: Places):
    for name, nis in (("Vlaams Gewest", "2000"), ("Vlaams Gewest", "02000"), ("Vlaams Gewest (02000)", "")):
        assert places.find(name, nis) == Area("2000", "Vlaams Gewest")
    loaded(session, csv("nis;gemeente;digitaal", "2000;Vlaanderen;60"), year=2020)
    assert knowledge(session).places.find("02000", "") == Area("2000", "Vlaanderen")


@pytest.mark.parametrize(
    ("nis", "larger"),
    [
        (2000, True),
        (10000, True),
        (20001, True),
        (30000, True),
        (34000, True),
        (33029, False),
        (11001, False),
        (8000, False),
    ],
)
def test_a_region_or_province_is_larger_than_a_municipality(nis: int, larger: bool):
    assert is_larger(nis) is larger

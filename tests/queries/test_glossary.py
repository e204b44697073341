"""The words as a region says them: its own beside those that everybody says, and the vision where it was brought."""

from sqlalchemy import delete

from portal.db.models import CollaborationType, ProgrammeWord
from portal.glossary import TERMS
from portal.permissions import Role
from portal.queries.glossary import terms, vision
from tests.makers import viewer

ANYBODY = viewer(Role.MAYOR)


def word(code: str, **given: str) -> ProgrammeWord:
    return ProgrammeWord(**{"code": code, "title": code.title(), "meaning": f"Wat {code} is."} | given)


def test_a_region_without_words_of_its_own_has_those_that_everybody_says(empty_session):
    assert terms(empty_session, ANYBODY) == TERMS
    assert vision(empty_session, ANYBODY) is None


def test_the_words_of_the_region_stand_among_the_others_by_the_alphabet(session):
    session.execute(delete(ProgrammeWord))
    session.add(word("bbb", also="strandbal ; emmer;"))
    session.flush()
    found = terms(session, ANYBODY)
    names = [one.word for one in found]
    assert names[names.index("Bbb") - 1] == "atelier"
    assert found[names.index("Bbb")].also == ("strandbal", "emmer")


def test_a_word_that_the_region_explains_itself_means_that_there(session):
    session.add(word("trekker", title="Trekker", meaning="Hier iets anders."))
    session.flush()
    (only,) = (one for one in terms(session, ANYBODY) if one.word.casefold() == "trekker")
    assert only.meaning == "Hier iets anders."


def test_each_type_of_cooperation_is_a_word_that_says_who_leads(session):
    session.add(
        CollaborationType(code="9", title="samen varen", lead_rule="wie wil", needs="boot; zeil", seed_case="x")
    )
    session.flush()
    (found,) = (one for one in terms(session, ANYBODY) if one.word.startswith("type 9"))
    assert found.meaning == "Samen varen. Wie wil. Dat vraagt: boot, zeil."
    assert found.also == ("samen varen",)


def test_the_vision_is_its_sentence_with_its_words_in_their_order_and_none_of_them_stands_elsewhere(session):
    session.add_all(
        [
            word("zand", part="visie", position=3),
            word("visie", title="Visie", part="visie", position=1, meaning="Zand voor iedereen."),
            word("allen", part="visie", position=2),
        ]
    )
    session.flush()
    found = vision(session, ANYBODY)
    assert found
    assert found.term.meaning == "Zand voor iedereen."
    assert [one.word for one in found.words] == ["Allen", "Zand"]
    assert not {"Allen", "Zand", "Visie"} & {one.word for one in terms(session, ANYBODY)}


def test_words_without_the_sentence_they_come_from_are_no_vision(session):
    session.add(word("zand", part="visie"))
    session.flush()
    assert vision(session, ANYBODY) is None

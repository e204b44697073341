"""Through the front door: what is taken, what is refused, and what each of them tells."""

from datetime import UTC, datetime, timedelta

import argon2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from portal.auth.sign_in import UNEQUAL, WRONG, local_path
from portal.auth.throttle import ADDRESS_LIMIT, PAIR_LIMIT
from portal.clock import standing_at
from portal.commands import people
from portal.credentials import PASSWORD_RULE
from portal.db.engine import writing
from portal.db.models import PortalInfo, User
from portal.permissions import Role, Viewer
from portal.vocabulary import DEMO_NOTICE, DatabaseKind
from tests.auth.conftest import PASSWORD, House, csrf_token, sign_in

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NEW = "een heel andere zin voor later"
ELSEWHERE = [
    "https://kwaad.example/",
    "//kwaad.example",
    "///kwaad.example",
    "/\\kwaad.example",
    "\\\\kwaad.example",
    "javascript:alert(1)",
    "/\t/kwaad.example",
    "/pad\r\nSet-Cookie: a=b",
    " //kwaad.example",
    "kwaad",
    "",
    "/aanmelden?next=/",
    "/afmelden",
    "/_dash-layout",
    "http://[kwaad",
]


def test_nobody_is_sent_on_to_another_place(subtests: pytest.Subtests) -> None:
    for text in ELSEWHERE:
        with subtests.test(text=text):
            assert local_path(text) == "/"


@pytest.mark.parametrize("text", ["/", "/inventaris?thema=2,3", "/gemeente/spiere-helkijn", "/download/a/b.xlsx"])
def test_a_path_of_the_portal_is_kept(text: str) -> None:
    assert local_path(text) == text


def test_a_wrong_password_and_an_unknown_address_sound_the_same(house: House) -> None:
    house.add()
    client = house.client()
    wrong = sign_in(client, password="een verkeerde zin")
    unknown = sign_in(client, email="niemand@voorbeeld.test")
    assert wrong.status_code == unknown.status_code == 401
    assert WRONG in wrong.text
    assert WRONG in unknown.text
    assert client.get("/_dash-layout").status_code == 401


def test_a_wrong_password_and_an_unknown_address_cost_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.add()
    house.add(email="genodigd@voorbeeld.test", password=None)
    verified: list[str] = []
    real = argon2.PasswordHasher.verify

    def spy(self: argon2.PasswordHasher, kept: str, password: str) -> bool:
        verified.append(kept.rsplit("$", 2)[0])
        return real(self, kept, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", spy)
    client = house.client()
    for email in ("an@voorbeeld.test", "niemand@voorbeeld.test", "genodigd@voorbeeld.test", ""):
        sign_in(client, email=email, password="een verkeerde zin")
    assert len(verified) == 4
    assert len(set(verified)) == 1  # the same costs each time


def test_who_is_disabled_or_has_no_password_does_not_come_in(house: House) -> None:
    user = house.add()
    house.act(people.disable_user, user_id=user.id)
    house.add(email="bo@voorbeeld.test", password=None)
    assert sign_in(house.client()).status_code == 401
    assert sign_in(house.client(), "bo@voorbeeld.test", "").status_code == 401


def test_the_right_password_opens_the_portal(house: House) -> None:
    house.add()
    client = house.client()
    answer = sign_in(client, email="  AN@Voorbeeld.test ", next="/inventaris")
    assert (answer.status_code, answer.location) == (303, "/inventaris")
    assert client.get("/inventaris").status_code == 200
    assert client.get("/aanmelden?next=/inventaris").location == "/inventaris"


def test_the_door_sends_nobody_to_another_host(house: House) -> None:
    house.add()
    assert sign_in(house.client(), next="//kwaad.example/").location == "/"


def test_too_many_wrong_passwords_make_an_account_wait(house: House) -> None:
    house.add()
    for email in ("an@voorbeeld.test", "niemand@voorbeeld.test"):
        with standing_at(MORNING):
            answers = [sign_in(house.client(), email, "verkeerd").status_code for _ in range(PAIR_LIMIT)]
            refused = sign_in(house.client(), email)
        assert set(answers) == {401}
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "900"
        assert "Probeer het over 15 minuten opnieuw" in refused.text
    with standing_at(MORNING + timedelta(minutes=15)):
        assert sign_in(house.client()).status_code == 303


def test_the_right_password_wipes_the_wrong_ones(house: House) -> None:
    house.add()
    for _ in range(3):
        for _ in range(PAIR_LIMIT - 1):
            sign_in(house.client(), password="verkeerd")
        assert sign_in(house.client()).status_code == 303


def test_a_password_hashed_at_an_older_cost_is_hashed_anew(house: House) -> None:
    user = house.add()
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with writing() as session:
        session.execute(update(User).where(User.id == user.id).values(password_hash=old))
        session.commit()
    client = house.client()
    assert sign_in(client).status_code == 303
    assert "m=19456,t=2,p=1" in house.rows(User)[0].password_hash
    assert client.get("/").status_code == 200
    assert sign_in(house.client()).status_code == 303


def test_what_a_visitor_typed_comes_back_as_text(house: House) -> None:
    answer = sign_in(house.client(), email='"><script>alert(1)</script>', next='/"><b>')
    assert "<script>" not in answer.text
    assert "<b>&#34;" not in answer.text


def test_an_unknown_or_old_invitation_opens_nothing(house: House) -> None:
    assert house.client().get("/uitnodiging/geraden").status_code == 410
    with standing_at(MORNING):
        token = _invited(house)
    with standing_at(MORNING + timedelta(days=7)):
        assert house.client().get(f"/uitnodiging/{token}").status_code == 410


def test_an_invitation_is_not_taken_with_a_weak_or_mistyped_password(house: House) -> None:
    path = f"/uitnodiging/{_invited(house)}"
    client = house.client()
    token = csrf_token(client, path)
    weak = client.post(path, data={"csrf_token": token, "password": "kort", "password_again": "kort"})
    mistyped = client.post(path, data={"csrf_token": token, "password": NEW, "password_again": NEW + "!"})
    assert weak.status_code == mistyped.status_code == 400
    assert PASSWORD_RULE in weak.text
    assert UNEQUAL in mistyped.text
    assert house.rows(User)[0].password_hash is None


def test_guessing_invitations_has_to_wait_as_guessing_passwords_does(house: House) -> None:
    client = house.client()
    with standing_at(MORNING):
        path = f"/uitnodiging/{_invited(house)}"
        assert {client.get(path).status_code for _ in range(PAIR_LIMIT + 1)} == {200}  # a good link is no failure
        assert {client.get(f"/uitnodiging/geraden-{n}").status_code for n in range(ADDRESS_LIMIT)} == {410}
        held = client.get(path)
    assert (held.status_code, held.headers["Retry-After"]) == (429, "900")
    assert "Te veel mislukte pogingen" in held.text


def test_an_invitation_is_taken_once(house: House) -> None:
    path = f"/uitnodiging/{_invited(house)}"
    client = house.client()
    fields = {"csrf_token": csrf_token(client, path), "password": NEW, "password_again": NEW}
    assert client.post(path, data=fields).location == "/aanmelden?melding=uitgenodigd"
    assert client.post(path, data=fields).status_code == 410
    assert client.get(path).status_code == 410
    assert sign_in(client, "cel@voorbeeld.test", NEW).status_code == 303


def _invited(house: House) -> str:
    with writing() as session:
        return people.invite_user(session, Viewer.system(), email="cel@voorbeeld.test", name="Cel", role=Role.STEERING)


def test_a_real_database_shows_no_accounts(house: House) -> None:
    house.add()
    page = house.client().get("/aanmelden").text
    assert "an@voorbeeld.test" not in page
    assert DEMO_NOTICE not in page


def test_a_demo_database_says_so_and_lists_its_accounts(house: House) -> None:
    house.add()
    house.add(Role.ADMIN, email="bo@voorbeeld.test")
    house.add(email="genodigd@voorbeeld.test", password=None)
    with writing() as session:
        session.execute(update(PortalInfo).values(kind=DatabaseKind.DEMO))
        session.commit()
    page = house.client().get("/aanmelden").text
    assert DEMO_NOTICE in page
    assert page.index("an@voorbeeld.test") < page.index("bo@voorbeeld.test")
    assert "genodigd@voorbeeld.test" not in page
    assert "zuidwest-demo" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/privacy", ["Wie verantwoordelijk is", "hoelang", "Uw rechten", "Toezichtcommissie", "hoogstens 12 uur"]),
        (
            "/toegankelijkheid",
            [
                "Toepassingsgebied",
                "Nalevingsstatus",
                "Niet-toegankelijke inhoud",
                "Opstelling van deze verklaring",
                "Feedback en contactgegevens",
                "Handhavingsprocedure",
                "Vlaamse Ombudsdienst",
                "zelfevaluatie",
            ],
        ),
    ],
)
def test_the_legal_pages_are_open_and_name_the_bodies_of_the_reference(
    house: House, path: str, words: list[str]
) -> None:
    page = house.client().get(path)
    assert page.status_code == 200
    for word in [*words, "Leiedal", "W13", "Exello"]:
        assert word in page.text


def test_the_door_speaks_dutch_and_labels_its_fields(house: House) -> None:
    client: FlaskClient = house.client()
    page = client.get("/aanmelden?melding=afgemeld").text
    assert '<html lang="nl">' in page
    assert '<label for="email">' in page
    assert '<label for="password">' in page
    assert "U bent afgemeld." in page
    assert "<b>" not in client.get("/aanmelden?melding=<b>kwaad").text


def test_the_door_says_what_this_is_for_whom_and_how_to_get_in_by_the_names_of_the_region(house: House) -> None:
    page = " ".join(house.client().get("/aanmelden").text.split())
    with writing() as session:
        info = session.get_one(PortalInfo, 1)
        programme, region = info.programme, info.region
    assert f"Dit portaal volgt het programma {programme} in {region}: welke digitale noden de besturen meldden" in page
    assert "voor de stuurgroep, de algemeen directeurs, de burgemeesters" in page
    assert "geeft u een eenmalige link" in page
    for contact in ("Leiedal", "W13"):
        assert f">{contact}</a>" in page

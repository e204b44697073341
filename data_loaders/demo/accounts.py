"""The demo's people: the accounts that may sign in, and a director to call at every other partner."""

from collections.abc import Callable
from pathlib import Path

from data_loaders.demo.stage import Stage
from data_loaders.reference.files import Line, lines_of
from portal.commands.demo import open_accounts
from portal.db.models import Partner, User, UserAtelier, UserPartner
from portal.permissions import Role, Viewer

DOMAIN = "demo.example"
FOLDER = Path(__file__).parent


def plan_accounts(stage: Stage, password_hash: Callable[[str], str], password: str) -> None:
    """Everybody has an account from the grant's first day."""
    stage.on(stage.begun, lambda: _open(stage, password_hash, password))


def _open(stage: Stage, password_hash: Callable[[str], str], password: str) -> None:
    by_slug = {partner.slug: partner for partner in stage.partners}
    served: set[str] = set()
    for line in lines_of(FOLDER / "accounts.csv", "account", "name", "role", "partner", "atelier"):
        slug = line.maybe("partner")
        if slug and slug not in by_slug:
            continue  # another region has other partners
        user = _user(line, by_slug.get(slug or ""), password_hash(password))
        _let_in(stage, user, by_slug.get(slug or ""), line.whole("atelier"))
        served.add(slug or "")
    for partner in stage.partners:
        if partner.slug not in served:
            _let_in(stage, _director(partner), partner, None)


def _user(line: Line, partner: Partner | None, password_hash: str) -> User:
    name = line.maybe("name") or (_title_of_director(partner) if partner else line.text("account"))
    return User(
        email=f"{line.text('account')}@{DOMAIN}",
        name=name,
        role=line.word("role", Role),
        password_hash=password_hash,
    )


def _director(partner: Partner) -> User:
    return User(email=f"directeur.{partner.slug}@{DOMAIN}", name=_title_of_director(partner), role=Role.DIRECTOR)


def _title_of_director(partner: Partner) -> str:
    return f"Algemeen directeur {partner.title}"


def _let_in(stage: Stage, user: User, partner: Partner | None, atelier: int | None) -> None:
    open_accounts(stage.session, Viewer.system(), rows=[user])
    ateliers = stage.ateliers[atelier - 1 : atelier] if atelier else []
    links = [UserPartner(user_id=user.id, partner_id=partner.id)] if partner else []
    open_accounts(
        stage.session,
        Viewer.system(),
        rows=[*links, *(UserAtelier(user_id=user.id, atelier_id=own.id) for own in ateliers)],
    )
    viewer = Viewer(
        user.role,
        user.id,
        user.name,
        frozenset({partner.id} if partner else ()),
        frozenset(own.id for own in ateliers),
    )
    if partner:
        stage.directors[partner.id] = viewer
    else:
        stage.people[user.role] = viewer

"""`portal user ...`: who may sign in, as whom and for what."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cli.dutch_click import Spoken, SpokenGroup
from portal.commands import people
from portal.commands.base import coming_from
from portal.credentials import folded_address
from portal.db.engine import reading, writing
from portal.db.models import Atelier, Partner, User
from portal.operation import OperationRefused
from portal.permissions import Role, Viewer
from portal.queries.people import users
from portal.vocabulary import AuditSource

ROLES = click.Choice([role.value for role in Role])
F = TypeVar("F", bound=Callable[..., None])


@click.group(cls=SpokenGroup)
def user() -> None:
    """Gebruikers toevoegen, uitnodigen, wijzigen en uitschakelen."""


def places(function: F) -> F:
    """The options that say where a person belongs."""
    partner = click.option("--partner", "partners", multiple=True, metavar="SLUG", help="Partner; mag herhaald worden.")
    atelier = click.option("--atelier", "ateliers", multiple=True, metavar="CODE", help="Atelier; mag herhaald worden.")
    return partner(atelier(function))


from_stdin = click.option("--password-stdin", is_flag=True, help="Lees het wachtwoord van de standaardinvoer.")


@user.command(cls=Spoken)
@click.argument("email")
@click.option("--name", required=True, metavar="NAAM", help="Naam van de persoon.")
@click.option("--role", required=True, type=ROLES, metavar="ROL", help=f"Een van: {', '.join(Role)}.")
@places
@click.option("--invite", is_flag=True, help="Vraag geen wachtwoord maar maak een eenmalige link.")
@from_stdin
def add(
    *,
    email: str,
    name: str,
    role: str,
    partners: Sequence[str],
    ateliers: Sequence[str],
    invite: bool,
    password_stdin: bool,
) -> None:
    """Voeg een gebruiker toe."""
    password = None if invite else _password(password_stdin)
    with _changing() as session:
        person: dict[str, Any] = {"email": email, "name": name, "role": Role(role)}
        person |= {"partner_ids": _ids(session, Partner, partners), "atelier_ids": _ids(session, Atelier, ateliers)}
        if invite:
            click.echo(_link(people.invite_user(session, Viewer.system(), **person)))
        else:
            people.add_user(session, Viewer.system(), **person, password=password)
    click.echo(f"{email} is toegevoegd als {Role(role).label}.")


@user.command("list", cls=Spoken)
def list_() -> None:
    """Toon wie zich kan aanmelden, met rol en plaats."""
    with reading() as session:
        found = users(session, Viewer.system())
    for person in found:
        state = "" if person.active else "uitgeschakeld"
        click.echo("\t".join((person.email, person.name, person.role.label, person.places, state)).rstrip())


@user.command(cls=Spoken)
@click.argument("email")
@click.argument("role", type=ROLES, metavar="ROL")
@places
def role(email: str, role: str, partners: Sequence[str], ateliers: Sequence[str]) -> None:
    """Geef een gebruiker een rol, met de partners en ateliers die erbij horen."""
    with _changing() as session:
        people.change_role(
            session,
            Viewer.system(),
            user_id=_user_id(session, email),
            role=Role(role),
            partner_ids=_ids(session, Partner, partners),
            atelier_ids=_ids(session, Atelier, ateliers),
        )
    click.echo(f"{email} is nu {Role(role).label}; wie aangemeld was, meldt zich opnieuw aan.")


@user.command(cls=Spoken)
@click.argument("email")
def disable(email: str) -> None:
    """Schakel een gebruiker uit en beëindig zijn aanmeldingen."""
    with _changing() as session:
        people.disable_user(session, Viewer.system(), user_id=_user_id(session, email))
    click.echo(f"{email} is uitgeschakeld.")


@user.command(cls=Spoken)
@click.argument("email")
def enable(email: str) -> None:
    """Laat een uitgeschakelde gebruiker weer toe."""
    with _changing() as session:
        people.enable_user(session, Viewer.system(), user_id=_user_id(session, email))
    click.echo(f"{email} kan zich weer aanmelden.")


@user.command(cls=Spoken)
@click.argument("email")
@from_stdin
def password(email: str, password_stdin: bool) -> None:
    """Geef een gebruiker een nieuw wachtwoord en beëindig zijn aanmeldingen."""
    with _changing() as session:
        user_id = _user_id(session, email)
    chosen = _password(password_stdin)
    with _changing() as session:
        people.set_password_by_admin(session, Viewer.system(), user_id=user_id, password=chosen)
    click.echo(f"Het wachtwoord van {email} is gewijzigd.")


@user.command(cls=Spoken)
@click.argument("email")
def invite(email: str) -> None:
    """Maak een nieuwe eenmalige link waarmee een gebruiker een wachtwoord kiest."""
    with _changing() as session:
        click.echo(_link(people.renew_invitation(session, Viewer.system(), user_id=_user_id(session, email))))


@contextmanager
def _changing() -> Iterator[Session]:
    with coming_from(AuditSource.CLI), writing() as session:
        yield session


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog eens"))


def _link(token: str) -> str:
    return f"Eenmalige link, achter het adres van het portaal: /uitnodiging/{token}"


def _user_id(session: Session, email: str) -> int:
    found = session.scalar(select(User.id).where(User.email == folded_address(email)))
    if found is None:
        raise OperationRefused(f"Er is geen gebruiker {email}.")
    return found


def _ids(session: Session, place: type[Partner] | type[Atelier], words: Sequence[str]) -> list[int]:
    """The ids of partners by slug or ateliers by code; refused when one is unknown."""
    column = Partner.slug if place is Partner else Atelier.code
    known = dict(session.execute(select(column, place.id)).all())
    unknown = [word for word in words if word not in known]
    if unknown:
        raise OperationRefused(f"Onbekend: {', '.join(unknown)}; er zijn: {', '.join(sorted(known))}.")
    return [known[word] for word in words]

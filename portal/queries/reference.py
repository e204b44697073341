"""The lists people choose from; the same for every viewer, whoever asks."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, CollaborationType, Dimension, Indicator, Partner, Service, Theme
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.inventory.filters import Known


class Option(NamedTuple):
    code: str
    label: str


def theme_options(session: Session, _: Viewer | None = None) -> list[Option]:
    return _in_position(session, Theme)


def service_options(session: Session, _: Viewer | None = None) -> list[Option]:
    return _in_position(session, Service)


def dimension_options(session: Session, _: Viewer | None = None) -> list[Option]:
    return _in_position(session, Dimension)


def atelier_options(session: Session, _: Viewer | None = None) -> list[Option]:
    return _in_position(session, Atelier)


def collaboration_type_options(session: Session, _: Viewer | None = None) -> list[Option]:
    return _in_position(session, CollaborationType)


def numbered_type_options(session: Session, _: Viewer | None = None) -> list[Option]:
    """The types of cooperation, as people name them: "2. Voortrekker"."""
    return [Option(code, f"{code}. {title}") for code, title in collaboration_type_options(session)]


def indicator_options(session: Session, _: Viewer | None = None) -> list[Option]:
    return _in_position(session, Indicator)


def partner_options(session: Session, _: Viewer | None = None) -> list[Option]:
    """By name; the code is the slug."""
    found = select(Partner.slug, Partner.title).where(Partner.archived_at.is_(None))
    return [Option(*row) for row in session.execute(found.order_by(bytewise(Partner.title_key), Partner.id))]


def own_partner_options(session: Session, viewer: Viewer) -> list[Option]:
    """The partners this viewer works for, by name; empty for who serves the whole region."""
    found = select(Partner.slug, Partner.title).where(Partner.id.in_(sorted(viewer.partner_ids)))
    return [Option(*row) for row in session.execute(found.order_by(bytewise(Partner.title_key), Partner.id))]


def own_atelier_options(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers this viewer is responsible for, in their order."""
    found = select(Atelier.code, Atelier.title).where(Atelier.id.in_(sorted(viewer.atelier_ids)))
    return [Option(*row) for row in session.execute(found.order_by(Atelier.position, Atelier.id))]


def known_codes(session: Session) -> Known:
    """Every code a filter may name."""
    return Known(
        partners=_codes(partner_options(session)),
        themes=_codes(theme_options(session)),
        dimensions=_codes(dimension_options(session)),
        services=_codes(service_options(session)),
        ateliers=_codes(atelier_options(session)),
        types=_codes(collaboration_type_options(session)),
    )


def _in_position(session: Session, listed: Any) -> list[Option]:
    found = select(listed.code, listed.title).order_by(listed.position, listed.id)
    return [Option(*row) for row in session.execute(found)]


def _codes(options: list[Option]) -> frozenset[str]:
    return frozenset(option.code for option in options)

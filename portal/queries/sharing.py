"""Who shares our challenges: the partners with an open one in the same service and theme."""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Partner, Service, Theme
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.queries.topics import Topic, answers_per_challenge, answers_per_topic, others, partners_per_topic
from portal.queries.visible import is_open, visible_challenges

COLUMNS = (
    *("code", "title", "urgency", "theme", "service", "shared_with", "partners", "partner_slugs"),
    *("project_code", "project_title", "project_scope", "project_is_ours"),
)


def sharing_partners(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """For each open challenge of a partner, who has one in the same service and theme. Python values.

    Shared by most first, then the most urgent, then by code. Columns: code, title (str), urgency (int), theme,
    service (str), shared_with (int), partners, partner_slugs (tuple of str, by name), project_code, project_title,
    project_scope (str or None: a living project that answers it, shared ones first, else a shared project that
    answers the like challenge of another), project_is_ours (bool: it is linked to this very challenge).
    """
    found = session.execute(
        select(
            *(Challenge.id, Challenge.service_id, Challenge.theme_id),
            *(Challenge.code, Challenge.title, Challenge.urgency, Theme.title.label("theme"), Service.title),
        )
        .select_from(Challenge)
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.service)
        .where(Partner.slug == slug, visible_challenges(viewer), is_open())
        .order_by(Challenge.urgency.desc(), bytewise(Challenge.code))
    ).all()
    topics = {Topic(row[1], row[2]) for row in found}
    sharing = partners_per_topic(session, viewer, topics)
    ours = answers_per_challenge(session, viewer, [row[0] for row in found])
    elsewhere = answers_per_topic(session, viewer, topics)
    rows = []
    for challenge_id, service_id, theme_id, *fields in found:
        topic = Topic(service_id, theme_id)
        partners = others(sharing.get(topic, []), slug)
        linked = next(iter(ours.get(challenge_id, [])), None)
        answer = linked or elsewhere.get(topic)
        named = (tuple(partner.title for partner in partners), tuple(partner.slug for partner in partners))
        project = (answer.code, answer.title, answer.scope) if answer else (None, None, None)
        rows.append((*fields, len(partners), *named, *project, linked is not None))
    return frame(COLUMNS, sorted(rows, key=lambda row: -row[5]))

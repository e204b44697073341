"""The meetings: their calendar, agenda, decisions and actions."""

from portal.db.models import Action, AgendaItem, Decision, Meeting
from portal.entities.fields import Entity

MEETING = Entity(Meeting, "vergaderingen", told="", once="body", typed="planned_on place state")
AGENDA_ITEM = Entity(AgendaItem, "agendapunten", told="position", typed="title kind note atelier project deliverable")
DECISION = Entity(Decision, "beslissingen", told="", typed="text taken_on partner project deliverable")
ACTION = Entity(Action, "acties", told="", typed="text owner_partner due_on project deliverable")

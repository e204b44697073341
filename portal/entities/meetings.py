"""The meetings: their calendar, agenda, decisions and actions."""

from portal.db.models import Action, AgendaItem, Decision, Meeting, MeetingNote, ProgressReport
from portal.entities.fields import Entity

MEETING = Entity(Meeting, "vergaderingen", told="", once="body", typed="planned_on place state")
AGENDA_ITEM = Entity(AgendaItem, "agendapunten", told="position", typed="title kind note atelier project deliverable")
DECISION = Entity(Decision, "beslissingen", told="", typed="text taken_on partner project deliverable")
ACTION = Entity(Action, "acties", told="", typed="text owner_partner due_on project deliverable")
MEETING_NOTE = Entity(MeetingNote, "nota's", told="", typed="text")
PROGRESS_REPORT = Entity(ProgressReport, "voortgangsverslagen", told="health progress", typed="done next blocked")

"""The words of the field: each a type, stored by its value, shown by its Dutch label."""

from enum import StrEnum
from typing import Self

DEMO_NOTICE = "Demodata: verzonnen, behalve de gepubliceerde cijfers (inventaris 2022, Stadsmonitor 2020 en 2023)"


NO_ATELIER = "zonder-atelier"  # the code of the money that belongs to none


class Word(StrEnum):
    """A value as it is stored, with the label that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label or value
        return word


class PartnerKind(Word):
    MUNICIPALITY = "gemeente", "gemeente"
    SERVICE_ASSOCIATION = "igs", "dienstverlenende vereniging (IGS)"
    WELFARE_ASSOCIATION = "welzijnsvereniging", "welzijnsvereniging (OCMW-vereniging)"


class ServiceKind(Word):
    SERVICE = "dienst", "dienst"
    HORIZONTAL = "horizontaal", "horizontaal"


class ChallengeStatus(Word):
    OPEN = "open", "open"
    IN_PROGRESS = "in_aanpak", "in aanpak"
    SOLVED = "opgelost", "opgelost"
    LAPSED = "vervallen", "vervallen"


LIVE_CHALLENGES = frozenset({ChallengeStatus.OPEN, ChallengeStatus.IN_PROGRESS})


class Visibility(Word):
    INTERNAL = "intern", "intern"
    REGION = "regio", "regio"
    PUBLIC = "openbaar", "openbaar"


class ProjectScope(Word):
    LOCAL = "lokaal", "lokaal"
    REGIONAL = "regionaal", "regionaal"
    WIDER = "bovenregionaal", "bovenregionaal"


SHARED_SCOPES = frozenset({ProjectScope.REGIONAL, ProjectScope.WIDER})


class Phase(Word):
    IDEA = "idee", "idee"
    PREPARATION = "voorbereiding", "voorbereiding"
    EXECUTION = "uitvoering", "uitvoering"
    ON_HOLD = "on_hold", "on hold"
    AFTERCARE = "nazorg", "nazorg"
    FINISHED = "afgerond", "afgerond"
    STOPPED = "stopgezet", "stopgezet"


ENDED_PHASES = frozenset({Phase.FINISHED, Phase.STOPPED})


class Status2022(Word):
    """What the inventory of 2022 said of a project."""

    RUNNING = "lopend", "lopend"
    PLANNED = "gepland", "gepland"
    FINISHED = "afgewerkt", "afgewerkt"


class ProjectFunding(Word):
    CALL = "gzg", "Gemeente zonder Gemeentehuis"
    PROGRAMME = "programma", "programma"
    LOCAL = "lokaal", "eigen middelen"


class Health(Word):
    GREEN = "groen", "groen"
    AMBER = "oranje", "oranje"
    RED = "rood", "rood"
    UNKNOWN = "onbekend", "niet gemeld"


class GroupState(Word):
    SUGGESTED = "voorgesteld", "voorgesteld"
    CONFIRMED = "bevestigd", "bevestigd"
    REJECTED = "verworpen", "verworpen"


class SameQuestion(Word):
    """How two challenges of two partners come to be one question, or not."""

    CONFIRMED = "bevestigd", "bevestigd"
    ALIKE = "lijkt_op", "lijkt op"
    REJECTED = "verworpen", "verworpen"


class ParticipationState(Word):
    LEAD = "trekker", "Trekt"
    MEMBER = "deelnemer", "Neemt deel"
    COACHED = "begeleid", "Wordt begeleid"
    FOLLOWS = "volgt", "Volgt"
    LATER = "later", "Stapt later in"
    DECLINED = "niet", "Neemt niet deel"
    NOT_ASKED = "niet_gevraagd", "Nog niet gevraagd"


TAKES_PART = frozenset({ParticipationState.LEAD, ParticipationState.MEMBER, ParticipationState.COACHED})


class Improvement(Word):
    YES = "ja", "ja"
    NO = "nee", "nee"
    UNKNOWN = "onbekend", "onbekend"


class DecisionStatus(Word):
    REQUESTED = "gevraagd", "gevraagd"
    TAKEN = "genomen", "genomen"
    REFUSED = "geweigerd", "geweigerd"


class EndorsementLevel(Word):
    DIRECTOR = "AD", "Algemeen directeur"
    COLLEGE = "CBS", "College (CBS)"
    MANAGEMENT = "MAT", "Managementteam"
    SERVICES = "diensten", "Diensten"
    COUNCIL = "raad", "Gemeenteraad"


class EndorsementTrack(Word):
    OFFICIAL = "ambtelijk", "ambtelijk"
    POLITICAL = "politiek", "politiek"


class EndorsementState(Word):
    NOT_ASKED = "niet_gevraagd", "niet gevraagd"
    INFORMED = "geïnformeerd", "geïnformeerd"
    CONDITIONS = "voorwaarden", "voorwaarden"
    ENGAGED = "geëngageerd", "geëngageerd"


class RoadmapPart(Word):
    INVESTMENT = "investering", "investering"
    GOVERNANCE = "governance", "governance"
    BUSINESS = "business", "business"


class RoadmapStatus(Word):
    PLANNED = "gepland", "gepland"
    RUNNING = "lopend", "lopend"
    DONE = "klaar", "klaar"
    DROPPED = "geschrapt", "geschrapt"


class TargetKind(Word):
    YES_NO = "ja/nee", "ja of nee"
    ONGOING = "doorlopend", "doorlopend"
    PERIODIC = "periodiek", "periodiek"
    PARTNERS = "aantal partners", "aantal partners"
    PERCENTAGE = "percentage", "percentage"
    COUNT = "aantal", "aantal"


class ResultState(Word):
    """How far a result is; computed, never typed. Nothing known is not the same as not started."""

    REACHED = "bereikt", "bereikt"
    OVERDUE = "over_tijd", "te laat"
    RUNNING = "bezig", "bezig"
    NOT_STARTED = "niet_gestart", "nog niet gestart"
    UNKNOWN = "onbekend", "geen gegevens"


class RiskState(Word):
    OPEN = "open", "open"
    MANAGED = "beheerst", "beheerst"
    CLOSED = "gesloten", "gesloten"
    HAPPENED = "gebeurd", "werkelijkheid geworden"


LIVE_RISKS = frozenset({RiskState.OPEN, RiskState.MANAGED})


class CostKind(Word):
    STAFF = "personeel", "personeel"
    OPERATIONS = "werking", "werking"
    EXTERNAL = "externe_prestaties", "externe prestaties"
    INVESTMENT = "investering", "investering"
    OVERHEAD = "overhead", "overhead"


class FundingSource(Word):
    SUBSIDY = "subsidie", "subsidie"
    OWN = "eigen_inbreng", "eigen inbreng"
    OTHER = "andere", "andere"


class FundingState(Word):
    SECURED = "verworven", "verworven"
    REQUESTED = "aangevraagd", "aangevraagd"
    NO_SOURCE = "nog_geen_bron", "nog geen bron"


class Standing(Word):
    """How a line's forecast stands to its budget; red is more than a tenth over."""

    FAR_OVER = "ver-boven", "meer dan 10 % boven begroot"
    OVER = "boven", "boven begroot"
    WITHIN = "binnen", "binnen begroot"
    UNKNOWN = "geen", "geen prognose"


class BookingKind(Word):
    COMMITTED = "vastgelegd", "vastgelegd"
    SPENT = "uitgegeven", "uitgegeven"


class MeetingBody(Word):
    STEERING = "stuurgroep", "Stuurgroep"
    CONFERENCE = "conferentie", "Conferentie van Burgemeesters"
    EXELLO = "exello", "Exello"


class MeetingState(Word):
    PLANNED = "gepland", "gepland"
    OPEN = "open", "open"
    FROZEN = "vastgelegd", "vastgelegd"


class AgendaKind(Word):
    INFORMATION = "informatie", "ter informatie"
    DISCUSSION = "bespreking", "ter bespreking"
    DECISION = "beslissing", "ter beslissing"


class Concern(Word):
    PROJECT = "project", "project"
    RESULT = "resultaat", "resultaat"
    SUBJECT = "onderwerp", "onderwerp"
    LINE = "budgetlijn", "budgetlijn"
    RISK = "risico", "risico"
    ATELIER = "atelier", "atelier"


class ItemState(Word):
    """How far the meeting is with a point of its agenda."""

    OPEN = "open", "te behandelen"
    DISCUSSED = "besproken", "besproken"
    DECIDED = "beslist", "beslist"
    POSTPONED = "uitgesteld", "uitgesteld"


class Attendance(Word):
    PRESENT = "aanwezig", "aanwezig"
    EXCUSED = "verontschuldigd", "verontschuldigd"
    ABSENT = "afwezig", "afwezig"


class Outcome(Word):
    APPROVED = "goedgekeurd", "goedgekeurd"
    AMENDED = "gewijzigd", "goedgekeurd met wijziging"
    REFUSED = "niet_goedgekeurd", "niet goedgekeurd"


class DatabaseKind(Word):
    DEMO = "demo", "demo"
    REAL = "echt", "echt"


class AuditSource(Word):
    WEB = "web", "portaal"
    CLI = "cli", "opdrachtregel"
    IMPORT = "import", "import"


class AuditAction(Word):
    CREATED = "aangemaakt", "aangemaakt"
    CHANGED = "gewijzigd", "gewijzigd"
    REMOVED = "verwijderd", "verwijderd"


class ReminderKind(Word):
    OPENING = "opening", "opening"
    REMINDER = "herinnering", "herinnering"
    CLOSING = "afsluiting", "afsluiting"

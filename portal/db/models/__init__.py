"""All tables, one file per subject."""

from portal.db.models.about import PortalInfo
from portal.db.models.ateliers import (
    Atelier,
    Deliverable,
    DeliverablePartner,
    Milestone,
    Part,
)
from portal.db.models.coalitions import Participation
from portal.db.models.endorsement import Endorsement, EndorsementCondition, RoadmapItem
from portal.db.models.inventory import (
    Challenge,
    ChallengeGroup,
    ChallengeGroupMember,
    Project,
    ProjectChallenge,
)
from portal.db.models.likeness import ChallengeLike, ChallengeWords, ProjectLike, ProjectWords
from portal.db.models.meetings import Action, AgendaItem, Decision, Meeting, MeetingNote
from portal.db.models.money import (
    Booking,
    BudgetLine,
    Forecast,
    Grant,
    GrantCondition,
    SubsidyCall,
    SubsidyCondition,
)
from portal.db.models.people import (
    LoginSession,
    ReminderSent,
    SignInAttempt,
    User,
    UserAtelier,
    UserPartner,
)
from portal.db.models.places import Partner, PublishedCount
from portal.db.models.progress import ProgressReport
from portal.db.models.reference import (
    ArchitecturePrinciple,
    CollaborationType,
    Dimension,
    GovernanceBody,
    Service,
    Synonym,
    Theme,
    WorkSite,
)
from portal.db.models.stadsmonitor import Indicator, Observation, ReferenceArea
from portal.db.models.trace import Audit, ImportRun

__all__ = [
    "Action",
    "AgendaItem",
    "ArchitecturePrinciple",
    "Atelier",
    "Audit",
    "Booking",
    "BudgetLine",
    "Challenge",
    "ChallengeGroup",
    "ChallengeGroupMember",
    "ChallengeLike",
    "ChallengeWords",
    "CollaborationType",
    "Decision",
    "Deliverable",
    "DeliverablePartner",
    "Dimension",
    "Endorsement",
    "EndorsementCondition",
    "Forecast",
    "GovernanceBody",
    "Grant",
    "GrantCondition",
    "ImportRun",
    "Indicator",
    "LoginSession",
    "Meeting",
    "MeetingNote",
    "Milestone",
    "Observation",
    "Part",
    "Participation",
    "Partner",
    "PortalInfo",
    "ProgressReport",
    "Project",
    "ProjectChallenge",
    "ProjectLike",
    "ProjectWords",
    "PublishedCount",
    "ReferenceArea",
    "ReminderSent",
    "RoadmapItem",
    "Service",
    "SignInAttempt",
    "SubsidyCall",
    "SubsidyCondition",
    "Synonym",
    "Theme",
    "User",
    "UserAtelier",
    "UserPartner",
    "WorkSite",
]

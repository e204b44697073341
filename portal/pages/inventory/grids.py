"""The columns of the inventory's grids."""

from portal.components import grids
from portal.components.tags import signs_of
from portal.vocabulary import ChallengeStatus, Health, Phase, ProjectScope

FIXED = {"sortable": False}

PUBLISHED = [
    grids.link("partner", "Gemeente", "/gemeente/", "slug", grow=1, width=110),
    grids.count("challenges_published", "Uitdagingen gepubliceerd", width=126),
    grids.count("challenges_now", "Uitdagingen nu", width=126),
    grids.count("projects_published", "Projecten gepubliceerd", width=126),
    grids.count("projects_now", "Projecten nu", width=126),
    grids.count("without_project", "Open zonder project", width=126),
]
CHALLENGES = [
    grids.text("code", "Code", width=96),
    grids.link("title", "Uitdaging", "/uitdaging/", grow=3, width=220),
    grids.link("partner", "Partner", "/gemeente/", "partner_slug", width=118),
    grids.text("theme", "Thema", grow=1, width=120),
    grids.text("service", "Dienst", grow=1, width=120),
    grids.dots("urgency", "Urgentie", 3, width=96),
    grids.signed("status", "Status", signs_of(ChallengeStatus), width=122),
    grids.number("shared_with", "Ook bij", width=84, **FIXED),
    grids.link("project_code", "Project", "/project/", "project_code", width=100, **FIXED),
]
PROJECTS = [
    grids.text("code", "Code", width=96),
    grids.link("title", "Project", "/project/", grow=3, width=190),
    grids.link("reported_by", "Gemeld door", "/gemeente/", "reported_by_slug", width=118),
    grids.signed("scope", "Schaal", signs_of(ProjectScope), width=122),
    grids.signed("phase", "Fase", signs_of(Phase), width=130),
    grids.text("atelier", "Atelier", width=76),
    grids.date("end_expected", "Verwacht einde", width=112),
    grids.number("slip_days", "Uitloop (dagen)", width=88, **FIXED),
    grids.number("partners", "Partners", width=90, **FIXED),
    grids.signed("health", "Gemeld", signs_of(Health), width=112),
]
THEME_TABLE = [
    grids.text("theme", "Thema", grow=1),
    grids.text("partner", "Partner", grow=1),
    grids.number("challenges", "Uitdagingen"),
]
SHARED_TABLE = [
    grids.text("service", "Dienst", grow=1),
    grids.text("theme", "Thema", grow=1),
    grids.number("partners", "Partners"),
    grids.number("challenges", "Uitdagingen", width=120),
]
COVERAGE_TABLE = [
    grids.text("partner", "Partner", grow=1),
    grids.number("open", "Open"),
    grids.number("covered", "Met project", width=120),
    grids.number("covered_regionally", "Waarvan regionaal", width=130),
    grids.number("uncovered", "Zonder project", width=120),
]

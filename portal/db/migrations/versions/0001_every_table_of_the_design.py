"""every table of the design"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.db import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Columns = list[sa.Column[Any]]


def kind(of: type[Any], **details: Any) -> Callable[..., Columns]:
    """What makes a column of this kind per name; each column has a type object of its own."""

    def made(*names: str, optional: bool = False) -> Columns:
        return [sa.Column(name, of(**details), nullable=optional) for name in names]

    return made


short = kind(sa.String, length=40)
term = kind(sa.String, length=120)
line = kind(sa.String, length=300)
note = kind(sa.String, length=500)
prose = kind(sa.Text)
whole = kind(sa.Integer)
real = kind(sa.Float)
number = kind(sa.Numeric, precision=14, scale=2, asdecimal=False)
share = kind(sa.Numeric, precision=5, scale=4)
euro = kind(types.Euro, precision=14, scale=2)
yes_no = kind(sa.Boolean)
day = kind(sa.Date)
instant = kind(types.Instant, timezone=True)


def choice(name: str, kind: str, *values: str, optional: bool = False) -> Columns:
    """One of the values, held by a check with the name of the kind."""
    one_of = sa.Enum(*values, name=kind, native_enum=False, create_constraint=True, length=40)
    return [sa.Column(name, one_of, nullable=optional)]


def code() -> Columns:
    return [sa.Column("code", sa.String(length=40), nullable=False, info={"unique": True})]


def titled() -> Columns:
    return [*line("title"), sa.Column("title_key", sa.String(length=300), nullable=False, info={"index": True})]


def listed() -> Columns:
    """What a row of a list of the region's words has: its code, its title and its place in the list."""
    return [*code(), *line("title"), *whole("position")]


def edited() -> Columns:
    """What a row has that people change: what they saw, and when it was put away."""
    return [*whole("version"), *instant("archived_at", optional=True)]


def ref(*tables: str, optional: bool = False, index: bool = True, cascade: bool = False, **named: str) -> Columns:
    """`<table>_id` of another table, or `<name>_id` where the table is not the name."""
    pointing = {table: table for table in tables} | named
    details = {"index": index, "ondelete": "CASCADE" if cascade else None}
    return [
        sa.Column(f"{name}_id", sa.Integer(), nullable=optional, info={**details, "to": to})
        for name, to in pointing.items()
    ]


@dataclass(frozen=True)
class Table:
    """A table whose constraints and indexes bear its name; the columns of one constraint stand in one text."""

    name: str
    groups: list[Columns]
    checks: dict[str, str] = field(default_factory=dict)
    unique: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    unique_where: dict[str, tuple[str, str]] = field(default_factory=dict)

    def create(self) -> None:
        columns = [column for group in self.groups for column in group]
        op.create_table(
            self.name,
            sa.Column("id", sa.Integer(), nullable=False),
            *columns,
            *(sa.CheckConstraint(rule, name=self.called("ck", said)) for said, rule in self.checks.items()),
            *(self.pointing(column) for column in sorted(columns, key=lambda one: one.name) if "to" in column.info),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{self.name}")),
            *(
                sa.UniqueConstraint(*keys.split(), name=self.called("uq", keys))
                for keys in sorted([*self.unique, *(column.name for column in columns if column.info.get("unique"))])
            ),
        )
        for keys in sorted([*self.indexes, *(column.name for column in columns if column.info.get("index"))]):
            op.create_index(self.called("ix", keys), self.name, keys.split())
        for said, (keys, rule) in self.unique_where.items():
            where = {"sqlite_where": sa.text(rule), "postgresql_where": sa.text(rule)}
            op.create_index(self.called("uq", said), self.name, keys.split(), unique=True, **where)

    def called(self, sort: str, what: str) -> str:
        return op.f(f"{sort}_{self.name}_{what.replace(' ', '_')}")

    def pointing(self, column: sa.Column[Any]) -> sa.ForeignKeyConstraint:
        to = [f"{column.info['to']}.id"]
        return sa.ForeignKeyConstraint(
            [column.name], to, name=self.called("fk", column.name), ondelete=column.info["ondelete"]
        )


def table(name: str, *groups: Columns, **more: Any) -> Table:
    return Table(name, list(groups), **more)


def upgrade() -> None:
    for made in schema():
        made.create()


def downgrade() -> None:
    for made in reversed(schema()):
        op.drop_table(made.name)


def schema() -> list[Table]:
    """Every table, after those it points at."""
    return [
        table("architecture_principle", short("group_name"), listed()),
        table("atelier", code(), line("title"), note("subtitle"), whole("position")),
        table("collaboration_type", prose("lead_rule"), note("needs"), line("seed_case"), listed()),
        table("dimension", listed()),
        table("governance_body", whole("rhythm_days", optional=True), short("raci"), note("reports_to"), listed()),
        table(
            "indicator",
            code(),
            line("title", "short"),
            prose("question"),
            line("unit"),
            note("source"),
            yes_no("higher_is_better"),
            whole("position"),
        ),
        table(
            "partner",
            short("slug"),
            choice("kind", "partnerkind", "gemeente", "igs", "welzijnsvereniging"),
            short("nis", "kbo", "ocmw_kbo", "ovo", "postcode", optional=True),
            note("website", optional=True),
            whole("population", "population_year", optional=True),
            real("area_km2", optional=True),
            whole("tile_row", "tile_col", optional=True),
            note("neighbours"),
            whole("position"),
            titled(),
            edited(),
            unique=["nis", "slug"],
            indexes=["kind"],
        ),
        table(
            "portal_info",
            choice("kind", "databasekind", "demo", "echt"),
            instant("created_at"),
            line("programme", "region", "reference_version"),
            whole("audit_sequence"),
            line("audit_hash"),
            checks={"one_row": "id = 1"},
        ),
        table("reference_area", code(), line("title")),
        table("service", choice("kind", "servicekind", "dienst", "horizontaal"), listed()),
        table(
            "sign_in_attempt",
            line("account_key", "address_key"),
            instant("at"),
            indexes=["account_key at", "address_key at"],
        ),
        table("subsidy_call", code(), line("title"), euro("ceiling"), note("source")),
        table("subsidy_condition", code(), note("title"), whole("position")),
        table("synonym", term("term", "meaning"), unique=["term"], indexes=["meaning"]),
        table("theme", listed()),
        table(
            "user_account",
            line("email", "name"),
            choice("role", "role", "stuurgroep", "directeur", "burgemeester", "coordinator", "atelier", "beheerder"),
            line("password_hash", optional=True),
            yes_no("active"),
            whole("epoch"),
            line("invite_hash", optional=True),
            instant("invite_until", optional=True),
            edited(),
            unique=["email"],
        ),
        table("work_site", listed()),
        table(
            "challenge",
            code(),
            ref("partner", index=False),
            ref("theme", "dimension"),
            ref("service", index=False),
            whole("urgency"),
            choice("status", "challengestatus", "open", "in_aanpak", "opgelost", "vervallen"),
            choice("visibility", "visibility", "intern", "regio", "openbaar"),
            line("raised_by"),
            day("inventoried_on", optional=True),
            prose("description"),
            titled(),
            prose("search_key"),
            edited(),
            checks={"urgency_is_1_to_3": "urgency BETWEEN 1 AND 3"},
            indexes=["partner_id theme_id", "service_id theme_id partner_id"],
        ),
        table(
            "challenge_group",
            choice("state", "groupstate", "voorgesteld", "bevestigd", "verworpen"),
            ref(decided_by="user_account", optional=True),
            titled(),
            edited(),
        ),
        table(
            "endorsement",
            ref("partner", index=False),
            choice("level", "endorsementlevel", "AD", "CBS", "MAT", "diensten", "raad"),
            choice("track", "endorsementtrack", "ambtelijk", "politiek"),
            choice("state", "endorsementstate", "niet_gevraagd", "geïnformeerd", "voorwaarden", "geëngageerd"),
            day("on_date", optional=True),
            note("document"),
            prose("note"),
            edited(),
            unique=["partner_id level track"],
        ),
        table(
            "import_run",
            short("kind"),
            line("file_name", "sha256"),
            ref(by="user_account", optional=True, index=False),
            instant("at"),
            prose("counts"),
            instant("undone_at", optional=True),
        ),
        table(
            "login_session",
            line("token_hash"),
            ref(user="user_account", cascade=True),
            whole("epoch"),
            instant("created_at", "seen_at"),
            instant("revoked_at", optional=True),
            unique=["token_hash"],
        ),
        table(
            "meeting",
            choice("body", "meetingbody", "stuurgroep", "conferentie", "exello"),
            whole("number"),
            day("planned_on"),
            day("held_on", optional=True),
            line("place"),
            choice("state", "meetingstate", "gepland", "open", "vastgelegd"),
            prose("snapshot", optional=True),
            instant("frozen_at", optional=True),
            ref(frozen_by="user_account", optional=True, index=False),
            edited(),
            unique=["body number"],
            indexes=["planned_on"],
        ),
        table(
            "observation",
            ref("indicator", index=False),
            ref("partner", "reference_area", optional=True),
            whole("year"),
            real("value"),
            whole("respondents", optional=True),
            note("source"),
            checks={"one_place": "(partner_id IS NULL) <> (reference_area_id IS NULL)"},
            unique_where={
                "area": ("indicator_id reference_area_id year", "reference_area_id IS NOT NULL"),
                "partner": ("indicator_id partner_id year", "partner_id IS NOT NULL"),
            },
        ),
        table(
            "part",
            ref("atelier", index=False),
            short("code"),
            line("title"),
            whole("position"),
            unique=["atelier_id code"],
        ),
        table(
            "project",
            code(),
            ref(reported_by="partner", optional=True),
            line("external_lead", optional=True),
            choice("scope", "projectscope", "lokaal", "regionaal", "bovenregionaal"),
            choice("visibility", "visibility", "intern", "regio", "openbaar"),
            choice(
                "phase", "phase", "idee", "voorbereiding", "uitvoering", "on_hold", "nazorg", "afgerond", "stopgezet"
            ),
            choice("status_2022", "status2022", "lopend", "gepland", "afgewerkt", optional=True),
            day("start_on", "end_first_planned_on", "end_expected_on", "ended_on", optional=True),
            ref("theme", "dimension", "service", "atelier", "collaboration_type", aspect="indicator", optional=True),
            prose("assignment"),
            note("deviation_reason"),
            choice("funding", "projectfunding", "gzg", "programma", "lokaal", optional=True),
            prose("service_effect"),
            choice("health", "health", "groen", "oranje", "rood", "onbekend"),
            whole("progress", optional=True),
            note("source"),
            prose("description"),
            titled(),
            prose("search_key"),
            edited(),
            checks={"progress_is_0_to_100": "progress IS NULL OR progress BETWEEN 0 AND 100"},
            indexes=["scope phase"],
        ),
        table(
            "published_count",
            ref("partner"),
            whole("year", "challenges", "projects"),
            checks={"not_negative": "challenges >= 0 AND projects >= 0"},
            unique=["partner_id year"],
        ),
        table(
            "subsidy_grant",
            code(),
            ref("subsidy_call"),
            euro("requested", "awarded", optional=True),
            share("subsidy_rate", optional=True),
            day("starts_on", "ends_on", optional=True),
            ref(holder="partner", optional=True),
            titled(),
            edited(),
            checks={
                "ends_after_start": "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
                "rate_is_a_share": "subsidy_rate IS NULL OR subsidy_rate BETWEEN 0 AND 1",
            },
        ),
        table(
            "user_atelier",
            ref(user="user_account", index=False, cascade=True),
            ref("atelier"),
            unique=["user_id atelier_id"],
        ),
        table(
            "user_partner",
            ref(user="user_account", index=False, cascade=True),
            ref("partner"),
            unique=["user_id partner_id"],
        ),
        table(
            "audit",
            whole("sequence"),
            instant("at"),
            ref(user="user_account", optional=True),
            choice("source", "auditsource", "web", "cli", "import"),
            line("command"),
            short("entity"),
            whole("entity_id"),
            choice("action", "auditaction", "aangemaakt", "gewijzigd", "verwijderd"),
            prose("before", "after"),
            ref("import_run", optional=True),
            line("previous_hash"),
            unique=["sequence"],
            indexes=["at", "entity entity_id"],
        ),
        table(
            "budget_line",
            code(),
            ref(grant="subsidy_grant"),
            ref("atelier", "partner", optional=True),
            whole("year"),
            choice("cost_kind", "costkind", "personeel", "werking", "externe_prestaties", "investering", "overhead"),
            choice("funding", "fundingsource", "subsidie", "eigen_inbreng", "andere"),
            choice("funding_state", "fundingstate", "verworven", "aangevraagd", "nog_geen_bron"),
            note("description"),
            euro("amount"),
            edited(),
        ),
        table(
            "challenge_group_member",
            ref("challenge_group", index=False, cascade=True),
            ref("challenge"),
            unique=["challenge_group_id challenge_id"],
        ),
        table(
            "deliverable",
            code(),
            ref("part"),
            choice(
                "target_kind",
                "targetkind",
                "ja/nee",
                "doorlopend",
                "periodiek",
                "aantal partners",
                "percentage",
                "aantal",
            ),
            number("target_value", optional=True),
            line("target_unit"),
            number("reached_value", optional=True),
            day("done_on", optional=True),
            line("owner_after_grant"),
            note("note"),
            whole("position"),
            titled(),
            edited(),
        ),
        table(
            "endorsement_condition",
            ref("endorsement"),
            prose("text"),
            line("owner"),
            day("due_on", "resolved_on", optional=True),
            edited(),
        ),
        table(
            "grant_condition",
            ref(grant="subsidy_grant", index=False),
            ref("subsidy_condition"),
            yes_no("met", optional=True),
            prose("note"),
            edited(),
            unique=["grant_id subsidy_condition_id"],
        ),
        table(
            "meeting_note",
            ref("meeting"),
            prose("text"),
            instant("at"),
            ref(by="user_account", optional=True, index=False),
        ),
        table(
            "participation",
            ref("project"),
            ref("partner", index=False),
            choice(
                "state",
                "participationstate",
                "trekker",
                "deelnemer",
                "begeleid",
                "volgt",
                "later",
                "niet",
                "niet_gevraagd",
            ),
            day("since", "until", "expected_on", "asked_on", optional=True),
            prose("reason"),
            choice("improvement", "improvement", "ja", "nee", "onbekend"),
            prose("improvement_note"),
            line("decision_organ"),
            day("decision_on", optional=True),
            note("decision_url"),
            choice("decision_status", "decisionstatus", "gevraagd", "genomen", "geweigerd", optional=True),
            edited(),
            checks={"ends_after_it_begins": "until IS NULL OR since IS NULL OR until >= since"},
            indexes=["partner_id until"],
            unique_where={"current": ("project_id partner_id", "until IS NULL AND archived_at IS NULL")},
        ),
        table(
            "progress_report",
            ref("project"),
            ref("meeting", optional=True),
            choice("health", "health", "groen", "oranje", "rood", "onbekend"),
            whole("progress", optional=True),
            prose("done", "next", "blocked"),
            yes_no("confirmed_unchanged"),
            ref(by="user_account", optional=True, index=False),
            instant("at"),
            checks={"progress_is_0_to_100": "progress IS NULL OR progress BETWEEN 0 AND 100"},
        ),
        table("project_challenge", ref("project", index=False), ref("challenge"), unique=["project_id challenge_id"]),
        table(
            "reminder_sent",
            ref("meeting", index=False),
            ref(user="user_account"),
            choice("kind", "reminderkind", "opening", "herinnering", "afsluiting"),
            instant("sent_at"),
            unique=["meeting_id user_id kind"],
        ),
        table(
            "roadmap_item",
            ref("partner"),
            choice("part", "roadmappart", "investering", "governance", "business"),
            whole("year", optional=True),
            ref("project", coach_partner="partner", optional=True),
            choice("status", "roadmapstatus", "gepland", "lopend", "klaar", "geschrapt"),
            titled(),
            edited(),
        ),
        table(
            "agenda_item",
            ref("meeting"),
            whole("position"),
            choice("kind", "agendakind", "informatie", "bespreking", "beslissing"),
            ref("atelier", "project", "deliverable", optional=True),
            prose("note"),
            titled(),
            edited(),
        ),
        table(
            "booking",
            code(),
            ref("budget_line"),
            choice("kind", "bookingkind", "vastgelegd", "uitgegeven"),
            day("on_date"),
            euro("amount"),
            note("description"),
            line("reference"),
            edited(),
            indexes=["on_date"],
        ),
        table(
            "deliverable_partner",
            ref("deliverable", index=False),
            ref("partner"),
            day("reached_on", optional=True),
            unique=["deliverable_id partner_id"],
        ),
        table(
            "forecast",
            ref("budget_line", index=False),
            day("as_of"),
            euro("amount"),
            edited(),
            unique=["budget_line_id as_of"],
        ),
        table(
            "milestone",
            code(),
            ref("deliverable", "project", optional=True),
            day("due_first", "due_expected"),
            day("done_on", optional=True),
            titled(),
            edited(),
            checks={"belongs_to_one": "(deliverable_id IS NULL) <> (project_id IS NULL)"},
            indexes=["due_expected"],
        ),
        table(
            "action",
            ref("meeting"),
            ref("agenda_item", "project", "deliverable", optional=True),
            ref(owner_partner="partner"),
            prose("text"),
            day("due_on", "done_on", optional=True),
            note("done_note"),
            edited(),
        ),
        table(
            "decision",
            ref("meeting"),
            ref("agenda_item", "project", "deliverable", "partner", optional=True),
            prose("text"),
            day("taken_on"),
            edited(),
        ),
    ]

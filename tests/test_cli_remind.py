"""`portal remind`: shows by default, sends when asked, to each once; and says what did not go out."""

import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, func, select

from portal import clock
from portal.cli import main
from portal.config import settings
from portal.db.engine import current_engine, reading, writing
from portal.db.models import Audit, Meeting, ReminderSent, User, UserAtelier
from portal.permissions import Role
from portal.vocabulary import AuditSource, ParticipationState
from tests.mail_sink import GOOD, Sink, listening
from tests.makers import atelier_of, make_coalition, make_meeting, make_user
from tests.queries.test_reminders import NEXT, NOON

Run = Callable[..., Result]
ANN, BERT = "ann@voorbeeld.example", "bert@voorbeeld.example"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, fresh_engine: Engine) -> Iterator[Run]:
    """The command line eleven days before a steering group, with a coordinator, an atelier lead and two projects."""
    with writing(fresh_engine) as session:
        make_meeting(session, number=7, planned_on=NEXT)
        for code, atelier in (("T-1", "I"), ("T-2", "II")):
            make_coalition(session, {"wervik": ParticipationState.LEAD}, code=code, atelier=atelier)
        make_user(session, Role.COORDINATOR, name="Ann", email=ANN)
        lead = make_user(session, Role.ATELIER, name="Bert", email=BERT)
        session.add(UserAtelier(user_id=lead.id, atelier_id=atelier_of(session, "I").id))
        session.commit()
    monkeypatch.setenv("PORTAL_DATABASE_URL", fresh_engine.url.render_as_string(hide_password=False))
    settings.cache_clear()
    with clock.standing_at(NOON):
        yield lambda *words: CliRunner().invoke(main, ["remind", *words], prog_name="portal")
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    with listening(Sink()) as sink:
        for name, value in (
            ("SMTP_HOST", "127.0.0.1"),
            ("SMTP_PORT", str(sink.port)),
            ("SMTP_STARTTLS", "false"),
            ("MAIL_FROM", "portaal@streek.example"),
            ("BASE_URL", "https://portaal.example/"),
        ):
            monkeypatch.setenv(f"PORTAL_{name}", value)
        settings.cache_clear()
        yield sink


def kept(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        found = session.execute(select(User.email, ReminderSent.kind).join(User, User.id == ReminderSent.user_id))
        return sorted((row.email, row.kind.value) for row in found)


def test_without_being_asked_nothing_is_sent_or_written(run, sink, fresh_engine):
    said = run()
    assert said.exit_code == 0
    assert "Stuurgroep 7, donderdag 3 december 2026: opening." in said.stdout
    assert f"Aan: Ann <{ANN}>" in said.stdout
    assert "Onderwerp: De ronde voor stuurgroep 7 is open: " in said.stdout
    assert "https://portaal.example/ronde." in said.stdout
    assert "Getoond: 2 mails; niets verstuurd." in said.stdout
    assert (sink.mails, kept(fresh_engine)) == ([], [])


def test_to_send_without_a_mail_server_is_refused(run, fresh_engine):
    said = run("--send")
    assert said.exit_code == 2
    assert "PORTAL_SMTP_HOST, PORTAL_MAIL_FROM, PORTAL_BASE_URL" in said.stderr
    assert kept(fresh_engine) == []


def test_each_gets_it_once(run, sink, fresh_engine):
    said = run("--send")
    assert (said.exit_code, sink.receivers) == (0, [ANN, BERT])
    assert "2 mails verstuurd." in said.stdout
    assert "@" not in said.output
    mails = dict(sink.mails)
    assert "- T-2" in mails[ANN].get_content()
    assert "- T-2" not in mails[BERT].get_content()
    again = run("--send")
    assert (again.exit_code, len(sink.mails)) == (0, 2)
    assert "2 personen kregen deze mail al." in again.stdout
    assert "geen mails verstuurd." in again.stdout
    with reading(fresh_engine) as session:
        last = session.scalars(select(Audit).order_by(Audit.sequence.desc()).limit(1)).one()
    assert (last.command, last.source, last.user_id) == ("send_reminder", AuditSource.CLI, None)


def test_another_kind_than_the_one_that_is_due_goes_when_asked(run, sink, fresh_engine):
    run("--send")
    said = run("--send", "--kind", "afsluiting")
    assert said.exit_code == 0
    assert kept(fresh_engine) == [(who, kind) for who in (ANN, BERT) for kind in ("afsluiting", "opening")]
    assert len(sink.mails) == 4
    assert run("--kind", "koffie").exit_code == 2


def test_a_mail_that_is_refused_is_told_by_name_and_goes_the_next_time(run, sink, fresh_engine):
    sink.refused = {ANN}
    said = run("--send")
    assert (said.exit_code, sink.receivers, kept(fresh_engine)) == (1, [BERT], [(BERT, "opening")])
    assert "Ann: De mailserver weigert deze mail." in said.stderr
    assert "@" not in said.output
    sink.refused = set()
    assert run("--send").exit_code == 0
    assert sink.receivers == [ANN, BERT]


def test_when_the_server_goes_down_halfway_the_rest_goes_the_next_time(run, sink, fresh_engine):
    sink.gone_after = 1
    said = run("--send")
    assert (said.exit_code, sink.receivers, kept(fresh_engine)) == (1, [ANN], [(ANN, "opening")])
    assert "Niet verstuurd: 1 van 2; probeer het later opnieuw." in said.stderr
    sink.gone_after = None
    assert run("--send").exit_code == 0
    assert sink.receivers == [ANN, BERT]


def test_no_password_is_ever_said(run, sink, monkeypatch):
    monkeypatch.setenv("PORTAL_SMTP_USER", GOOD[0])
    monkeypatch.setenv("PORTAL_SMTP_PASSWORD", GOOD[1])
    for starttls, code in (("false", 2), ("true", 1)):
        monkeypatch.setenv("PORTAL_SMTP_STARTTLS", starttls)
        settings.cache_clear()
        said = run("--send")
        assert said.exit_code == code
        assert GOOD[1] not in said.output
        assert said.stderr
    assert GOOD[1] not in repr(settings())


def test_a_program_reads_what_a_person_reads(run, sink):
    shown = json.loads(run("--json").stdout)
    assert (shown["written"], shown["unchanged"], shown["problems"]) == (0, 0, [])
    assert (shown["kind"], shown["until"]) == ("opening", "2026-12-03")
    assert [(letter["to"], letter["name"]) for letter in shown["letters"]] == [(ANN, "Ann"), (BERT, "Bert")]
    assert set(shown["letters"][0]) == {"to", "name", "subject", "body"}
    sent = json.loads(run("--json", "--send").stdout)
    assert (sent["written"], sent["unchanged"]) == (2, 0)
    again = json.loads(run("--json", "--send").stdout)
    assert (again["written"], again["unchanged"], again["letters"]) == (0, 2, [])


def test_a_refusal_is_read_by_a_program_too(run):
    said = run("--json", "--send")
    assert said.exit_code == 2
    (problem,) = json.loads(said.stdout)["problems"]
    assert problem["message"].startswith("Om te versturen ontbreekt PORTAL_SMTP_HOST")


def test_while_no_steering_group_is_planned_there_is_nobody_to_tell(run, sink, fresh_engine):
    with writing(fresh_engine) as session:
        session.scalars(select(Meeting)).one().archived_at = NOON
        session.commit()
    for words in ((), ("--send",)):
        said = run(*words)
        assert (said.exit_code, said.stdout) == (0, "Er is geen stuurgroep gepland; er is niemand te verwittigen.\n")
    nothing = json.loads(run("--json").stdout)
    assert (nothing["kind"], nothing["letters"]) == (None, [])
    with reading(fresh_engine) as session:
        assert session.scalar(select(func.count()).select_from(ReminderSent)) == 0

"""A demo made unbelievable in one place: beside each rule the rows that offend it when they are changed so."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import models as m
from portal.vocabulary import BookingKind, MeetingBody, ParticipationState
from tests.data_loaders import plausible
from tests.data_loaders.plausible import Rule

FAR = timedelta(days=121)


def one(session: Session, model: type, *conditions):
    return session.scalars(select(model).where(*conditions).order_by(model.id)).first()


def project(session: Session, code: str) -> m.Project:
    return session.scalars(select(m.Project).filter_by(code=code)).one()


def result(session: Session, code: str) -> m.Deliverable:
    return session.scalars(select(m.Deliverable).filter_by(code=code)).one()


def step(session: Session, code: str) -> m.Milestone:
    return session.scalars(select(m.Milestone).filter_by(code=code)).one()


def report_that_moved(session: Session, code: str) -> m.ProgressReport:
    """The report of a project that says why its end is put off by months."""
    reports = select(m.ProgressReport).filter_by(project_id=project(session, code).id)
    (moved,) = [row for row in session.scalars(reports) if "maanden" in row.blocked]
    return moved


def meeting(session: Session, body: MeetingBody, number: int) -> m.Meeting:
    return session.scalars(select(m.Meeting).filter_by(body=body, number=number)).one()


def open_invitation(session: Session) -> m.Participation:
    return one(
        session,
        m.Participation,
        m.Participation.state == ParticipationState.NOT_ASKED,
        m.Participation.asked_on.is_not(None),
        m.Participation.until.is_(None),
    )


def a_local_end_slips(session: Session) -> None:
    row = one(session, m.Project, m.Project.reported_by_id.is_not(None), m.Project.ended_on.is_(None))
    row.end_expected_on = row.end_first_planned_on + FAR


def the_website_is_not_explained(session: Session) -> None:
    report_that_moved(session, "R-03").blocked = ""


def an_action_waits_for_months(session: Session) -> None:
    one(session, m.Action, m.Action.done_on.is_(None)).due_on = clock.today() - FAR


def a_condition_waits_for_months(session: Session) -> None:
    open_condition = m.EndorsementCondition.resolved_on.is_(None)
    one(session, m.EndorsementCondition, open_condition).due_on = clock.today() - FAR


def a_step_slips_unseen(session: Session) -> None:
    row = step(session, "M-IV.B-4-3")
    row.due_expected += timedelta(days=1)


def the_note_of_a_slip_is_gone(session: Session) -> None:
    result(session, "I.D-1").note = ""


def an_end_is_put_off_in_silence(session: Session) -> None:
    project(session, "R-12").end_expected_on += timedelta(days=7)


def copied(column) -> Callable[[Session], None]:
    """The text of one row is that of another."""

    def spoil(session: Session) -> None:
        model = column.class_
        first, second = session.scalars(select(model).where(column != "").order_by(model.id).limit(2)).all()
        setattr(second, column.key, getattr(first, column.key).upper())

    spoil.__name__ = f"copied {column}"
    return spoil


def a_report_repeats_an_action(session: Session) -> None:
    one(session, m.ProgressReport, m.ProgressReport.done != "").next = one(session, m.Action).text


def a_later_step_is_done_first(session: Session) -> None:
    step(session, "M-I.D-1-4").done_on = clock.today()


def a_later_step_is_expected_first(session: Session) -> None:
    row = step(session, "M-I.D-1-4")
    row.due_expected = step(session, "M-I.D-1-3").due_expected - timedelta(days=1)


def a_step_was_done_before_the_one_before_it(session: Session) -> None:
    step(session, "M-V.A-1-2").done_on = step(session, "M-V.A-1-1").done_on - timedelta(days=1)


def the_last_step_does_not_follow(session: Session) -> None:
    row = step(session, "M-I.D-1-4")
    row.due_expected -= timedelta(days=1)


def a_correction_says_nothing(session: Session) -> None:
    one(session, m.Booking, m.Booking.amount < 0).description = "Factuur"


def a_booking_falls(session: Session) -> None:
    one(session, m.Booking, m.Booking.amount > 0).amount *= -1


def exello_decides(session: Session) -> None:
    row = one(session, m.Decision)
    session.add(m.Decision(meeting_id=meeting(session, MeetingBody.EXELLO, 3).id, text=row.text, taken_on=row.taken_on))


def a_decision_moves_to_the_conferentie(session: Session) -> None:
    one(session, m.Decision).meeting_id = meeting(session, MeetingBody.CONFERENCE, 4).id


def a_decision_stands_under_another_agenda(session: Session) -> None:
    rows = session.scalars(select(m.Decision).order_by(m.Decision.id)).all()
    rows[0].agenda_item_id = rows[-1].agenda_item_id


def somebody_else_wrote_it(session: Session) -> None:
    row = one(session, m.Decision)
    session.scalars(select(m.Audit).filter_by(entity="decision", entity_id=row.id)).one().user_id = None


def what_comes_is_decided(session: Session) -> None:
    coming = meeting(session, MeetingBody.STEERING, 7)
    item = one(session, m.AgendaItem, m.AgendaItem.meeting_id == coming.id)
    session.add(m.Decision(meeting_id=coming.id, agenda_item_id=item.id, text="Vooraf beslist", taken_on=clock.today()))


def a_project_is_not_described(session: Session) -> None:
    project(session, "R-09").description = ""


def a_project_is_described_in_one_word(session: Session) -> None:
    one(session, m.Project, m.Project.reported_by_id.is_not(None)).description = "Website"


def an_invitation_is_forgotten(session: Session) -> None:
    row = open_invitation(session)
    row.asked_on = meeting(session, MeetingBody.STEERING, 4).held_on - timedelta(days=1)
    for item in session.scalars(select(m.AgendaItem).filter_by(project_id=row.project_id)):
        item.title = "Stand van zaken"


def an_answer_came_after_half_a_year(session: Session) -> None:
    row = one(session, m.Participation, m.Participation.asked_on.is_not(None), m.Participation.until.is_not(None))
    row.asked_on, row.until = meeting(session, MeetingBody.STEERING, 1).held_on, clock.today()


def booked_more(kind: BookingKind) -> Callable[[Session], None]:
    def spoil(session: Session) -> None:
        one(session, m.Booking, m.Booking.kind == kind).amount += Decimal(2_000)

    spoil.__name__ = f"more {kind}"
    return spoil


def the_budget_grows(session: Session) -> None:
    one(session, m.BudgetLine).amount += 1


def the_plan_lies_elsewhere(session: Session) -> None:
    lines = select(m.BudgetLine).order_by(m.BudgetLine.year.desc(), m.BudgetLine.amount.desc())
    session.scalars(lines).first().year = clock.today().year - 2


def the_forecast_is_higher(session: Session) -> None:
    session.scalars(select(m.Forecast).order_by(m.Forecast.as_of.desc())).first().amount += 2_000


def the_line_of_the_story_is_of_another_project(session: Session) -> None:
    line = session.scalars(select(m.BudgetLine).filter_by(code="L-025")).one()
    line.project_id = project(session, "R-06").id


def a_project_works_on_nothing(session: Session) -> None:
    session.execute(delete(m.ProjectDeliverable).filter_by(project_id=project(session, "R-06").id))


def a_project_works_on_a_result_of_another_atelier(session: Session) -> None:
    row = one(session, m.ProjectDeliverable, m.ProjectDeliverable.project_id == project(session, "R-05").id)
    row.deliverable_id = result(session, "IV.B-1").id


def a_meeting_is_moved(session: Session) -> None:
    meeting(session, MeetingBody.STEERING, 6).planned_on += timedelta(days=1)


SPOILT: list[tuple[Rule, Callable[[Session], None]]] = [
    (plausible.left_long_overdue, a_local_end_slips),
    (plausible.left_long_overdue, the_website_is_not_explained),
    (plausible.left_long_overdue, an_action_waits_for_months),
    (plausible.left_long_overdue, a_condition_waits_for_months),
    (plausible.moved_without_a_word, a_step_slips_unseen),
    (plausible.moved_without_a_word, the_note_of_a_slip_is_gone),
    (plausible.moved_without_a_word, an_end_is_put_off_in_silence),
    *(
        (plausible.told_twice, copied(column))
        for column in (m.Decision.text, m.Action.text, m.ProgressReport.done, m.Participation.reason)
    ),
    (plausible.told_twice, a_report_repeats_an_action),
    (plausible.done_out_of_order, a_later_step_is_done_first),
    (plausible.done_out_of_order, a_later_step_is_expected_first),
    (plausible.done_out_of_order, a_step_was_done_before_the_one_before_it),
    (plausible.left_behind, the_last_step_does_not_follow),
    (plausible.spending_that_falls, a_correction_says_nothing),
    (plausible.spending_that_falls, a_booking_falls),
    (plausible.decided_elsewhere, exello_decides),
    (plausible.decided_elsewhere, a_decision_moves_to_the_conferentie),
    (plausible.decided_elsewhere, a_decision_stands_under_another_agenda),
    (plausible.decided_elsewhere, somebody_else_wrote_it),
    (plausible.decided_elsewhere, what_comes_is_decided),
    (plausible.without_description, a_project_is_not_described),
    (plausible.without_description, a_project_is_described_in_one_word),
    (plausible.left_unanswered, an_invitation_is_forgotten),
    (plausible.left_unanswered, an_answer_came_after_half_a_year),
    (plausible.money_off_the_story, booked_more(BookingKind.SPENT)),
    (plausible.money_off_the_story, booked_more(BookingKind.COMMITTED)),
    (plausible.money_off_the_story, the_budget_grows),
    (plausible.money_off_the_story, the_plan_lies_elsewhere),
    (plausible.money_off_the_story, the_forecast_is_higher),
    (plausible.money_off_the_story, the_line_of_the_story_is_of_another_project),
    (plausible.meetings_off_the_story, a_meeting_is_moved),
    (plausible.work_that_serves_nothing, a_project_works_on_nothing),
    (plausible.work_that_serves_nothing, a_project_works_on_a_result_of_another_atelier),
]

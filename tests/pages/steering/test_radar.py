"""What dreigt stil te vallen, on the page and on the room's screen: a line per cause, and each opens its list."""

from functools import partial

from portal.components.numbers import KEY, VALUE
from portal.pages.steering import radar
from portal.snapshots.brief import concerns
from portal.snapshots.grouped import FIRST, Group
from portal.snapshots.radar import Alert, Quiet
from portal.snapshots.state import Kind
from tests.pages.steering.made import item, report_of, seen, several
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.snapshots.rows import row

SILENT = {"last_seen": "2026-08-01", "quiet": True}
ENDS = {Kind.GRANT: {"1": row(Kind.GRANT, ends_on="2027-08-31")}}


def silent(many: int):
    codes = (f"R-{number:02}" for number in range(1, many + 1))
    return several(Kind.PROJECT, *({"code": code, **SILENT} for code in codes))


def ownerless(many: int):
    return several(Kind.RESULT, *({"code": f"I.{number}", "owner_after_grant": ""} for number in range(1, many + 1)))


def test_a_line_counts_and_opens_what_it_counts_with_the_reason():
    days = ({"last_seen": "2026-08-01"}, {"last_seen": "2026-07-01", "code": "R-02"})
    projects = several(Kind.PROJECT, *({"code": "R-01", "quiet": True, **day} for day in days))
    drawn = radar.quiet_card(seen(report_of({}, projects)))
    (line,) = (part for part in parts(drawn) if part._type == "Details" and not hasattr(part, "className"))
    assert said(line.children[0]) == "▲2 trajecten zijn stil sinds de vorige twee stuurgroepen"
    assert links(line) == ["/project/R-02", "/project/R-01"]  # the longest silent first
    assert "R-01 Meldpunt: geen verslag" in said(line)
    assert ("niets sinds 01/07/2026" in said(line), "niets sinds 01/08/2026" in said(line)) == (True, True)
    assert "Toon 2 meldingen als lijst" in said(drawn)


def test_a_reason_that_all_share_is_told_once_and_past_the_first_few_names_stand_without_their_page():
    drawn = radar.quiet_card(seen(report_of({}, several(Kind.PROJECT, {}) | ENDS | ownerless(radar.FEW + 18))))
    assert said(drawn).count("De subsidie eindigt") == 1
    assert sum(link.startswith("/resultaat/") for link in links(drawn)) == radar.FEW
    assert "24 resultaten hebben niemand na 31/08/2027" in said(drawn)
    assert "En nog 18:" in said(drawn)
    assert all(f"I.{number} Klantenreizen" in said(drawn) for number in range(1, 25))


def test_what_the_dictionary_counts_carries_its_key():
    drawn = radar.quiet_card(seen(report_of({}, silent(3) | ENDS | ownerless(2))))
    shown = {getattr(part, KEY): getattr(part, VALUE) for part in parts(drawn) if getattr(part, KEY, None)}
    assert shown == {"stil-toen": "3", "zonder-verantwoordelijke": "2"}


def test_when_nothing_falls_silent_the_radar_says_so_and_has_no_list():
    told = said(radar.quiet_card(seen()))
    assert "Elk traject gaf een teken" in told
    assert "als lijst" not in told


def test_a_meeting_of_which_nothing_was_kept_has_no_radar():
    assert radar.quiet_card(seen(kept=False)) is None


def test_three_lines_come_first_and_the_others_wait_and_however_many_the_answer_stays_small():
    def alert(kind: Quiet, number: int) -> Alert:
        return Alert(kind, str(number), f"{kind.label} {number}", f"Omdat {number}.", None, "/project/R-01", "I")

    causes = [(kind, led) for kind in Quiet for led in (False, True) if not led or kind is Quiet.LEAVING]
    groups = tuple(Group(cause, tuple(alert(cause[0], number) for number in range(40))) for cause in causes)
    drawn = radar.quiet_card(seen(groups=groups))
    assert "Toon nog 4" in said(drawn)
    first, waiting = (part for part in parts(drawn) if getattr(part, "className", "") == "plain radar")
    assert (len(first.children), len(waiting.children)) == (FIRST, 4)
    assert len(list(parts(drawn))) <= MOST_COMPONENTS


def test_on_the_screen_of_a_point_what_concerns_it_is_one_line_and_one_alone_is_named():
    drawn = seen(report_of({}, silent(2) | ENDS | ownerless(5)))
    of_atelier = radar.changes_of(drawn, partial(concerns, item(atelier="I")))
    assert [one.what.partition(" ")[0] for one in of_atelier] == ["2", "5"]
    assert of_atelier[1].detail == "I.1 Klantenreizen, I.2 Klantenreizen, I.3 Klantenreizen en nog 2"
    (alone,) = radar.changes_of(drawn, partial(concerns, item(path="/project/R-02")))
    assert (alone.what, alone.href) == ("R-02 Meldpunt", "/project/R-02")

"""Forms that are posted whole: every field has its label, what became of it stands by the buttons."""

from dash import html

from portal.components import editing, grids
from tests.reading import parts, said


def test_a_field_is_named_by_its_label_and_explained_by_its_hint():
    field = editing.typed("an-id", "Woord", hint="Zoals partners het schrijven.", autoComplete="off")
    (label,) = (part for part in parts(field) if isinstance(part, html.Label))
    assert label.htmlFor == "an-id"
    assert said(field) == "WoordZoals partners het schrijven."
    assert next(part for part in parts(field) if getattr(part, "id", "") == "an-id").autoComplete == "off"


def test_what_was_refused_looks_refused_and_is_announced():
    place = editing.said_place("said", "Niet gewijzigd", refused=True)
    assert ("refused" in place.className, place.role) == (True, "status")
    assert "refused" not in editing.said_class(refused=False)


def test_the_buttons_come_after_the_fields_and_the_word_after_the_buttons():
    form = editing.posted("Form", [html.Span("veld")], html.Span("gezegd"), html.Span("knop"))
    assert said(form) == "veldknopgezegd"


def test_a_link_to_copy_is_named_and_has_a_button():
    box = editing.copy_box("https://portaal.example/uitnodiging/x", "Eenmalige link", "Bezorg deze link.")
    assert said(box) == "Bezorg deze link.Eenmalige linkKopieer"
    (button,) = (part for part in parts(box) if isinstance(part, html.Button))
    assert getattr(button, "data-copy") == ""


def test_a_grid_is_as_high_as_its_rows_within_bounds():
    heights = [grids.height_of(rows)["height"] for rows in (0, 1, 3, 1000)]
    assert heights == ["144px", "144px", "224px", "420px"]
    assert grids.says_when_empty("Niets.")["context"] == {"empty": "Niets."}

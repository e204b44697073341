"""The part of the dictionary of numbers that is true for one project, result, subject or edition."""

from portal.number import Number, Of, Unit

_PROJECT, _RESULT = (Of.PROJECT,), (Of.RESULT,)
JOINING = Number(
    "deelnemers",
    "besturen die meedoen",
    "Besturen die dit traject trekken, eraan deelnemen of begeleid worden.",
    _PROJECT,
)
SLIP = Number(
    *("uitloop", "uitloop", "Dagen tussen het eerste plan en het verwachte of werkelijke einde."),
    *((Of.PROJECT, Of.RESULT), Unit.DAYS),
)
ASKING_TOO = Number(
    *("vraagt-ook", "besturen met deze vraag", "Andere besturen met dezelfde of een gelijkende vraag."),
    (Of.CHALLENGE,),
    seen=True,
)
WORKING = Number(
    *("werkt-eraan", "projecten die eraan werken", "Lopende projecten die aan deze uitdaging gekoppeld zijn."),
    (Of.CHALLENGE,),
    seen=True,
)
MEMBERS = Number(
    *("leden", "uitdagingen samen", "Uitdagingen die in dit onderwerp bij elkaar staan."), (Of.SUBJECT,), seen=True
)
SUBJECT_PARTNERS = Number(
    *("besturen-onderwerp", "besturen in het onderwerp", "Besturen met een uitdaging in dit onderwerp."),
    (Of.SUBJECT,),
    seen=True,
)
LED = Number(
    "vergeleken", "vragen met een winnaar", "Vragen waarbij een gemeente beter scoort dan de rest.", (Of.EDITION,)
)
UNSURE = Number(*("mogelijk-toeval", "mogelijk toeval", "Vragen waarbij de voorsprong toeval kan zijn."), (Of.EDITION,))
TICKED = Number(
    *("partners-bereikt", "partners die het bereikten"),
    "Partners bij wie genoteerd staat op welke dag ze dit resultaat bereikten.",
    _RESULT,
)
AIM = Number("doel", "doel", "Het aantal dat de projectaanvraag voor dit resultaat belooft.", _RESULT)
REACHED_VALUE = Number("bereikte-waarde", "bereikt", "Het aantal dat voor dit resultaat het laatst gemeld is.", _RESULT)
STEPS = Number("stappen", "mijlpalen", "De mijlpalen naar dit resultaat.", _RESULT)
STEPS_DONE = Number("stappen-gehaald", "mijlpalen gehaald", "De mijlpalen naar dit resultaat die klaar zijn.", _RESULT)

"""Nobody holds anything against a secret before the try was counted, whatever way leads there."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from portal.config import ROOT

CHECKS = frozenset({"matches", "whom_it_invites"})  # a password; the token of an invitation
IMPORTS = "from portal import credentials\nfrom portal.credentials import matches\n"
COUNTER, PROOF = "counted_try", "CountedTry"
RAW = frozenset({"_HASHER", "check_password_hash", "compare_digest"})
KEPT = frozenset({"password_hash", "invite_hash"})
Function = ast.FunctionDef


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
        for folder in ("portal", "data_loaders")
        for file in sorted((ROOT / folder).rglob("*.py"))
    }


def called(node: ast.AST) -> str:
    """The last name of what is called: `matches` in `credentials.matches(...)`."""
    how = node.func if isinstance(node, ast.Call) else None
    return how.id if isinstance(how, ast.Name) else how.attr if isinstance(how, ast.Attribute) else ""


def takes_proof(function: Function) -> bool:
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(one.annotation and ast.unparse(one.annotation) == PROOF for one in every)


@cache
def calls_in(node: ast.AST) -> tuple[tuple[str, tuple[ast.AST, ...]], ...]:
    """Each call, with what it stands in."""
    return tuple(_calls(node, ()))


def _calls(node: ast.AST, inside: tuple[ast.AST, ...]) -> Iterator[tuple[str, tuple[ast.AST, ...]]]:
    for child in ast.iter_child_nodes(node):
        if called(child):
            yield called(child), (*inside, node)
        yield from _calls(child, (*inside, node))


def is_counted(around: tuple[ast.AST, ...]) -> bool:
    return any(
        called(item.context_expr) == COUNTER for one in around if isinstance(one, ast.With) for item in one.items
    )


def is_meant(call: str, tree: ast.Module) -> bool:
    """Other things are called `matches` too: the check is what came from the credentials."""
    imports = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    found = {(one.module, alias.name) for one in imports for alias in one.names}
    return call != "matches" or bool(found & {("portal.credentials", "matches"), ("portal", "credentials")})


def uncounted(modules: dict[str, ast.Module]) -> list[str]:
    """Every call that leads to a check of a secret and has neither a counter around it nor a counted try in its hands.

    Who is handed a counted try passes the question on: then each of its own callers is asked the same.
    """
    leading, found = set(CHECKS), []
    todo = sorted(leading)
    while todo:
        wanted = todo.pop()
        for name, tree in modules.items():
            for call, around in calls_in(tree):
                if call != wanted or not is_meant(call, tree) or is_counted(around):
                    continue
                holder = next((one for one in around if isinstance(one, Function) and takes_proof(one)), None)
                if holder is None:
                    found.append(f"{name}: {call}")
                elif holder.name not in leading:
                    leading.add(holder.name)
                    todo.append(holder.name)
    return found


def test_every_way_to_a_secret_leads_past_the_counter():
    assert uncounted(trees()) == []


def test_each_door_to_a_secret_was_found():
    counting = {name for name, tree in trees().items() for call, _ in calls_in(tree) if call == COUNTER}
    assert counting == {"portal/auth/sign_in.py", "portal/pages/account/page.py"}


def test_only_the_counter_makes_the_proof_and_after_it_counted():
    makers = [
        (name, next(one.name for one in reversed(around) if isinstance(one, Function)))
        for name, tree in trees().items()
        for call, around in calls_in(tree)
        if call == PROOF
    ]
    assert makers == [("portal/auth/throttle.py", COUNTER)]
    counter = next(
        one for one in trees()["portal/auth/throttle.py"].body if isinstance(one, Function) and one.name == COUNTER
    )
    order = [call for call, _ in calls_in(counter)]
    assert order.index("seconds_to_wait") < order.index("MustWait") < order.index(PROOF)


def test_what_is_kept_of_a_secret_is_compared_in_the_checks_alone():
    found = set()
    for name, tree in trees().items():
        for node in ast.walk(tree):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            equal = isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
            if equal and any(ast.unparse(side).rpartition(".")[2] in KEPT for side in sides):
                found.add(name)
            if called(node) in RAW or (isinstance(node, ast.Name) and node.id in RAW):
                found.add(name)
    found.remove("portal/db/trail_seal.py")  # the head of the trail: nobody's secret
    assert found == {"portal/db/lookups.py", "portal/credentials.py"}


@pytest.mark.parametrize(
    "code",
    [
        "def door(): return matches(x, y, z)",
        "def door(): return credentials.matches(x, y, z)",
        "def act(counted: CountedTry): return whom_it_invites(s, counted, t, at)\ndef door(): act(None)",
        "def door():\n with counted_try(a) as c:\n  pass\n matches(c, y, z)",
    ],
)
def test_the_walk_finds_a_way_around_the_counter(code: str):
    assert uncounted({"new.py": ast.parse(f"{IMPORTS}{code}")})


def test_the_walk_follows_a_counted_try_to_its_counter():
    act = "def act(counted: CountedTry): return matches(counted, k, p)\n"
    door = "def door():\n with counted_try(a) as c:\n  act(c)"
    assert uncounted({"new.py": ast.parse(f"{IMPORTS}{act}{door}")}) == []

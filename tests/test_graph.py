"""`/rehab.json`: the form that the contract shows, public things only, the same bytes each time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rehab.compile import compile_site
from rehab.site.graph import render_graph

if TYPE_CHECKING:
    from conftest import WriteTree

FILES: dict[str, str | bytes] = {
    "injuries/sore-knee.md": "---\ntitle: Sore knee\nregion: knee\nred_flags: [saddle-numbness]\n---\n",
    "exercises/clamshell.md": """\
        ---
        title: Clamshell
        injuries: [{injury: sore-knee, relation: prevents-recurrence, evidence: practitioner-told, source: one}]
        ---
        """,
    "posts/one.md": """\
        ---
        title: One </script><script>alert(1)</script>
        date: 2014-04-06
        date_basis: inferred
        injuries: [sore-knee]
        exercises:
          - clamshell: 3 x 10 each side @ 10 lb
        ---
        """,
    "posts/two.md": "---\ntitle: Secret\ndate: 2020-01-01\nstatus: draft\nexercises: [clamshell]\n---\n",
    "comments/one/20140407T100000Z-aaaa.md": "---\ndate: 2014-04-07\n---\nHi\n",
    "comments/one/20140408T100000Z-bbbb.md": "---\nauthor: Spam\ndate: 2014-04-07\nstatus: spam\n---\nHi\n",
}


def graph(write_tree: WriteTree, files: dict[str, str | bytes]) -> tuple[str, dict[str, Any]]:
    text = render_graph(compile_site(write_tree(files))[0])
    return text, json.loads(text)


def test_a_node_has_the_form_of_the_contract(write_tree: WriteTree) -> None:
    _, data = graph(write_tree, FILES)
    assert data["version"] == 1
    (node,) = [node for node in data["nodes"] if node["id"] == "exercise:clamshell"]
    assert node == {
        "id": "exercise:clamshell",
        "kind": "exercise",
        "slug": "clamshell",
        "title": "Clamshell",
        "url": "/exercises/clamshell/",
        "fields": {"status": "stub"},
    }


def test_an_edge_has_the_form_of_the_contract(write_tree: WriteTree) -> None:
    _, data = graph(write_tree, FILES)
    assert [edge for edge in data["edges"] if edge["relation"] == "prevents-recurrence"] == [
        {
            "from": "exercise:clamshell",
            "to": "injury:sore-knee",
            "relation": "prevents-recurrence",
            "evidence": "practitioner-told",
            "source": "post:one",
            "dose": None,
        }
    ]
    (uses,) = [edge for edge in data["edges"] if edge["relation"] == "uses"]
    assert uses["dose"] == {"sets": 3, "reps": 10, "side": "each", "load": {"value": 10, "unit": "lb"}}


def test_every_end_of_an_edge_is_a_node_and_no_id_stands_twice(write_tree: WriteTree) -> None:
    _, data = graph(write_tree, FILES)
    ids = [node["id"] for node in data["nodes"]]
    assert len(set(ids)) == len(ids)
    assert {edge[end] for edge in data["edges"] for end in ("from", "to")} <= set(ids)


def test_drafts_and_spam_are_not_in_it(write_tree: WriteTree) -> None:
    text, data = graph(write_tree, FILES)
    assert "Secret" not in text
    assert "Spam" not in text
    assert [node["title"] for node in data["nodes"] if node["kind"] == "comment"] == ["Anonymous"]


def test_an_inferred_date_says_no_day(write_tree: WriteTree) -> None:
    _, data = graph(write_tree, FILES)
    (node,) = [node for node in data["nodes"] if node["id"] == "post:one"]
    assert node["fields"] == {"date": "2014-04", "date_basis": "inferred"}


def test_no_title_can_leave_a_script_element(write_tree: WriteTree) -> None:
    text, data = graph(write_tree, FILES)
    assert not set(text) & set("<>&")
    assert [node["title"] for node in data["nodes"] if node["id"] == "post:one"] == [
        "One </script><script>alert(1)</script>"
    ]


def test_nodes_and_edges_are_sorted_and_the_text_ends_its_last_line(write_tree: WriteTree) -> None:
    text, data = graph(write_tree, FILES)
    assert text.endswith("}\n")
    assert [node["id"] for node in data["nodes"]] == sorted(node["id"] for node in data["nodes"])
    lines = [line for line in text.splitlines() if line.startswith('  {"from"')]
    assert lines == sorted(lines, key=lambda line: line.rstrip(","))


def test_the_order_in_which_files_are_named_changes_nothing(write_tree: WriteTree) -> None:
    first, _ = graph(write_tree, FILES)
    second, _ = graph(write_tree, dict(reversed(FILES.items())))
    assert first == second

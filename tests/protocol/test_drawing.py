"""The picture of a pathway: every step, `you are here` in words, described for who cannot see it, always the same."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from handhold.jobs.protocol_commands import pages_of, schema_files
from handhold.protocol.drawing import HERE, draw_pathway
from handhold.protocol.pathways import Pathway, Protocol
from tests.protocol.small_protocol import PROTOCOLS, SmallProtocol

GENERATED = PROTOCOLS.parent / "docs" / "generated"
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> str:
    """All that is written in the picture, without what only a screen reader hears."""
    tree = ET.fromstring(svg)
    return " ".join(" ".join(found.itertext()) for found in tree.iter(f"{SVG}text"))


def test_every_step_and_every_stage_is_in_the_picture_and_in_its_words(york: Protocol, step_down: Pathway) -> None:
    picture = draw_pathway(york, step_down)
    written = texts(picture.svg)
    for stage in step_down.stages:
        assert stage.title in written
        for step in stage.steps:
            assert step.title.split()[0] in written
            assert step.title in picture.words


def test_the_picture_is_named_and_described(york: Protocol, step_down: Pathway) -> None:
    tree = ET.fromstring(draw_pathway(york, step_down).svg)
    assert tree.attrib["role"] == "img"
    title, described = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title is not None
    assert described is not None
    assert title.text == step_down.file.title
    assert tree.attrib["aria-labelledby"] == title.attrib["id"]
    assert tree.attrib["aria-describedby"] == described.attrib["id"]
    assert described.text == draw_pathway(york, step_down).words


def test_where_a_run_stands_is_said_in_words_and_drawn_apart(york: Protocol, step_down: Pathway) -> None:
    elsewhere, here = draw_pathway(york, step_down), draw_pathway(york, step_down, {"consent"})
    assert HERE not in texts(elsewhere.svg)
    assert texts(here.svg).count(HERE) == 1
    assert "you are here" in here.words
    assert "you are here" not in elsewhere.words


def test_what_can_happen_at_any_moment_is_marked_so_in_words(york: Protocol, step_down: Pathway) -> None:
    picture = draw_pathway(york, step_down)
    written = texts(picture.svg)
    added = [stage for stage in step_down.stages if stage not in step_down.file.stages]
    assert added
    for stage in added:
        assert f"At any moment: {stage.title}" in written
        assert f"At any moment: {stage.title}." in picture.words
    assert written.count("(at any moment)") == len(step_down.beside), "the steps of the pathway itself are not"
    assert f"in {len(step_down.file.stages)} stages, and what can happen at any moment." in picture.words


def test_the_same_pathway_is_drawn_the_same(york: Protocol, step_down: Pathway) -> None:
    assert draw_pathway(york, step_down) == draw_pathway(york, step_down)


def test_the_picture_obeys_the_pages_policy_and_fits_any_width(york: Protocol, step_down: Pathway) -> None:
    opening = re.match(r"<svg[^>]*>", draw_pathway(york, step_down).svg)
    assert opening is not None
    assert "width=" not in opening.group()
    assert "viewBox=" in opening.group()
    assert not re.search(r'style="|<style|<script|href="http', draw_pathway(york, step_down).svg)


def test_an_arrow_that_others_lead_to_anyway_is_left_out(small: SmallProtocol) -> None:
    protocol = small.load()
    svg = draw_pathway(protocol, protocol.pathways["step-down"]).svg
    waits = sum(len(step.after) for step in protocol.pathways["step-down"].steps.values())
    assert 0 < svg.count('class="edge"') < waits


def test_titles_with_quotation_marks_are_drawn(small: SmallProtocol) -> None:
    small.replace("pathways/step-down.yaml", "title: Open the form", "title: 'Open \"the\" form \\ <now> & here'")
    protocol = small.load()
    picture = draw_pathway(protocol, protocol.pathways["step-down"])
    assert '"the"' in texts(picture.svg)
    assert "<now> & here" in picture.words


def test_what_is_kept_in_the_docs_is_what_would_be_generated_now(york: Protocol) -> None:
    expected = schema_files()
    for pathway in york.pathways.values():
        expected |= pages_of(york, pathway)
    for path, content in expected.items():
        kept = (GENERATED / path).read_text(encoding="utf-8") if (GENERATED / path).exists() else ""
        assert kept == content, (
            f"docs/generated/{path} is old: run handhold protocol draw york, and handhold protocol schema"
        )


@pytest.mark.parametrize("path", sorted(schema_files()))
def test_a_schema_describes_every_field_that_has_a_description(path: str) -> None:
    assert '"$schema": "https://json-schema.org/draft/2020-12/schema"' in schema_files()[path]
    assert '"additionalProperties": false' in schema_files()[path]

"""Words of the user's own: they are coded, they are symmetric, and the codings of other words stay as they are."""

from __future__ import annotations

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.events import Coding, EventLexicon, find_events
from tacitus.language import LanguageModel
from tacitus.records import Article
from tests.events.conftest import Code
from tests.events.test_symmetry import PARTIES, SENTENCES, shape

OWN = """
[type.EVICTION]
refines = "COERCE"
score = -6
modes = { forced = -8 }

[type.HARVEST]
quad = 2
score = 3

[type.PROTEST]
modes = { picnic = -2 }

[context.housing]
strong = ["tenant"]

[[entry]]
type = "EVICTION"
verbs = ["evict"]
nouns = ["eviction"]

[[entry]]
type = "EVICTION"
mode = "forced"
verbs = ["drag out of home"]

[[entry]]
type = "HARVEST"
verbs = ["bring in harvest"]
frame = "subj <> with"

[[entry]]
type = "PROTEST"
mode = "picnic"
verbs = ["hold picnic"]

[[exclude]]
reason = "a virus is no tenant"
verbs = ["evict virus"]
"""


@pytest.fixture(scope="module")
def own(model: LanguageModel, tmp_path_factory: pytest.TempPathFactory) -> Code:
    path = tmp_path_factory.mktemp("own") / "my.toml"
    path.write_text(OWN)
    lexicon, knowledge = EventLexicon.load(own=[path]), Knowledge.load()

    def coded(text: str) -> Coding:
        article = Article(id="test", text=text)
        (parse,) = model.parse([text])
        actors = find_actors(article, parse, knowledge=knowledge)
        return find_events(article, parse, actors=actors, claims=(), places=(), times=(), lexicon=lexicon)

    return coded


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("The council evicted the farmers.", ("EVICTION", None, "actual", -6, 4, ["The council"], ["the farmers"])),
        ("The farmers were evicted by the council.", ("EVICTION", None, "actual", -6, 4, ["the council"], ["The farmers"])),
        ("The council will evict the farmers.", ("EVICTION", None, "future", -6, 4, ["The council"], ["the farmers"])),
        ("The council did not evict the farmers.", ("EVICTION", None, "negated", -6, 4, ["The council"], ["the farmers"])),
        ("The eviction of the farmers by soldiers began.", ("EVICTION", None, "actual", -6, 4, ["soldiers"], ["the farmers"])),
        (
            "Soldiers dragged the farmers out of their homes.",
            ("EVICTION", "forced", "actual", -8, 4, ["Soldiers"], ["the farmers"]),
        ),
        ("Farmers brought in the harvest with the soldiers.", ("HARVEST", None, "actual", 3, 2, ["Farmers", "the soldiers"], [])),
        ("Students held a picnic against the minister.", ("PROTEST", "picnic", "actual", -2, 4, ["Students"], ["the minister"])),
    ],
)  # fmt: skip
def test_it_is_coded(own: Code, text: str, coding: tuple[object, ...]) -> None:
    (event,) = own(text).events
    parties = [[part.span.of(text) for part in side] for side in (event.actors, event.recipients)]
    assert (event.type, event.mode, event.status, event.score, event.quad, *parties) == coding


def test_a_kind_of_a_type_has_its_general_code_and_another_type_none(own: Code) -> None:
    (eviction,), (harvest,) = (
        own(text).events for text in ("The council evicted Rome.", "Rome and Paris brought in the harvest.")
    )
    assert (eviction.cameo, harvest.cameo, harvest.goldstein) == ("170", None, None)
    assert eviction.goldstein is not None


def test_one_event_told_by_a_word_of_the_type_and_a_word_of_its_kind_is_of_the_kind(own: Code) -> None:
    events = own("Soldiers seized the farm and evicted the farmers, detaining them.").events
    assert "EVICTION" in [event.type for event in events]


def test_what_is_threatened_is_no_event_beside_the_threat(own: Code) -> None:
    assert [event.type for event in own("The mayor threatened to evict the farmers.").events] == ["THREATEN"]


def test_look_alikes_are_refused_with_their_reason(own: Code) -> None:
    coding = own("The doctor evicted the virus.")
    assert coding.events == () and any("a virus is no tenant" in reason for _, reason in coding.rejected)


def test_contexts_are_found(own: Code) -> None:
    (event,) = own("The council evicted the tenants.").events
    assert event.contexts == ("housing",) and any("housing" in line for line in event.because)


@pytest.mark.parametrize("sentence", ["{a} evicted {b}.", "{a} brought in the harvest with {b}."])
def test_it_is_symmetric(own: Code, sentence: str) -> None:
    one, two = PARTIES[:2]
    there = shape(own, sentence.format(a=one, b=two), one, two)
    assert there and there == shape(own, sentence.format(a=two, b=one), two, one)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_other_words_are_coded_as_before(own: Code, code: Code, sentence: str) -> None:
    text = sentence.format(a="Israel", b="Iran")
    assert own(text) == code(text)

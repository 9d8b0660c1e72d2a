"""The status of events: frozen trees for the rules, invented sentences through the model for the rate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.errors import DataError
from tacitus.events import status_cues
from tacitus.events.status import StatusCues, find_status
from tacitus.language.conllu import read_conllu
from tacitus.language.document import Parse, Sentence, Token
from tacitus.ontology import STATUSES
from tacitus.records import Span, TimeValue

if TYPE_CHECKING:
    from tacitus.language import LanguageModel
    from tests.events.conftest import Code

HERE = Path(__file__).parent
STORY = date(2024, 5, 8)
UNREAL = ("negated", "future", "hypothetical")
RELATIONS = "nsubj obj obl advmod aux aux:pass xcomp ccomp advcl acl acl:relcl conj cc mark case det nmod compound cop punct root"
WORDS = "not no fail to threat of attack will may if without plan deny for decades in 1973 who neither yet ? . that any"


class Case(NamedTuple):
    status: str
    text: str
    start: int


@cache
def all_cues() -> StatusCues:
    return StatusCues.load()


@pytest.fixture(scope="module")
def cues() -> StatusCues:
    return all_cues()


def read_cases(name: str) -> list[Case]:
    rows = (HERE / f"status_{name}.tsv").read_text(encoding="utf-8").splitlines()
    cases = []
    for row in rows:
        if row and not row.startswith(("#", "status\t")):
            status, marked = row.split("\t")
            cases.append(Case(status, marked.replace("[", "").replace("]", ""), marked.index("[")))
    return cases


def frozen_trees() -> Iterator[tuple[str, str, Parse, Token]]:
    path = HERE / "status_trees.conllu"
    comments = re.findall(r"^# (status|trigger) = (\S+)$", path.read_text(encoding="utf-8"), re.M)
    wanted = [value for key, value in comments if key == "status"]
    triggers = [int(value) - 1 for key, value in comments if key == "trigger"]
    (whole,) = read_conllu(path)
    for status, index, sentence in zip(wanted, triggers, whole.sentences, strict=True):
        yield sentence.span.of(whole.text), status, Parse(whole.text, [sentence]), sentence.tokens[index]


TREES = list(frozen_trees())


@pytest.mark.parametrize(("status", "parse", "trigger"), [row[1:] for row in TREES], ids=[row[0] for row in TREES])
def test_status_of_a_checked_tree(status: str, parse: Parse, trigger: Token, cues: StatusCues) -> None:
    finding = find_status(parse, parse.sentences[0], trigger, cues=cues, anchor=STORY)
    assert finding.status == status, finding.because
    assert finding.because.startswith(f"status {status}: ")
    assert (finding.span is None) == (status == "actual")
    if finding.span is not None:
        assert parse.sentences[0].span.contains(finding.span)


@pytest.mark.parametrize("row", TREES, ids=[row[0] for row in TREES])
def test_names_do_not_decide_the_status(row: tuple[str, str, Parse, Token], cues: StatusCues) -> None:
    _, status, parse, trigger = row
    (sentence,) = parse.sentences
    tokens = [replace(t, text="Zubrowka", lemma="Zubrowka") if t.upos == "PROPN" else t for t in sentence.tokens]
    renamed = Parse(parse.text, [Sentence(0, sentence.start, sentence.end, tokens)])
    finding = find_status(renamed, renamed.sentences[0], tokens[trigger.index], cues=cues, anchor=STORY)
    assert finding.status == status


@pytest.mark.parametrize(("half", "right_at_least", "leaked_at_most"), [("dev", 0.95, 0.04), ("held_out", 0.90, 0.08)])
def test_rate_on_invented_sentences(
    half: str, right_at_least: float, leaked_at_most: float, model: LanguageModel, cues: StatusCues
) -> None:
    cases = read_cases(half)
    found = Counter[tuple[str, str]]()
    for case, parse in zip(cases, model.parse([case.text for case in cases]), strict=True):
        sentence = parse.sentence_at(case.start)
        assert sentence is not None
        trigger = sentence.token_at(case.start)
        assert trigger is not None
        found[case.status, find_status(parse, sentence, trigger, cues=cues, anchor=STORY).status] += 1
    right = sum(count for (wanted, got), count in found.items() if wanted == got)
    unreal = sum(count for (wanted, _), count in found.items() if wanted in UNREAL)
    leaked = sum(count for (wanted, got), count in found.items() if wanted in UNREAL and got == "actual")
    assert right / len(cases) >= right_at_least, found
    assert leaked / unreal <= leaked_at_most, found


CONSTRUCTIONS = [
    # who had to do a thing did it, who has to has not yet
    "actual	The guards had to [release] the students.",
    "negated	The guards did not have to [release] the students.",
    "hypothetical	The guards have to [release] the students.",
    "actual	It took the court three days to [convict] the smuggler.",
    "actual	The general had the editors [arrested].",
    "hypothetical	The general wants the editors [arrested].",
    "actual	Villagers were made to [demolish] the chapel.",
    # a question who, why or how takes for granted what it asks about; whether does not
    "actual	The mayor would not say why police [arrested] the baker.",
    "actual	It is not known who [attacked] the mission.",
    "actual	To a question on how many marchers were [killed] he gave no answer.",
    "hypothetical	The mayor would not say whether police [arrested] the baker.",
    # what is to be ended goes on, what is to be called off has not begun
    "actual	The envoys demanded an end to the [shelling] of the port.",
    "actual	Ministers urged the rebels to stop the [shelling] of the port.",
    "negated	The rebels stopped the [shelling] of the port.",
    "negated	The rebels will call off the [march] on the port.",
    # what a vote does by itself, and what it only decides
    "actual	Parliament voted to [remove] the governor.",
    "future	Parliament voted to [send] troops to the island.",
    "actual	The minister wrote to Paris to [protest] against the raid.",
    "negated	The ministers were to have [met] in Oslo.",
    "future	The ministers are to [meet] in Oslo.",
    "actual	The army called the [march] a provocation.",
    # what is over, and what recurs
    "historical	The club was once [banned] by the colonels.",
    "actual	The club was once more [banned] by the colonels.",
    "historical	In the days of the empire the suburb was [shelled] by soldiers.",
    "historical	The family was [expelled] before independence.",
    "actual	The family was [expelled] before dawn.",
    "habitual	The two kingdoms [share] radar data.",
    "habitual	The soldiers [raid] the market on Sundays.",
    "actual	Twice this month the police [raided] the printing house.",
    "actual	The army [shelled] two villages on a single day in retaliation.",
    "actual	Clerks block bridge after police [arrest] union leader",
]


@pytest.mark.parametrize("row", CONSTRUCTIONS)
def test_status_of_a_construction(row: str, model: LanguageModel, cues: StatusCues) -> None:
    status, marked = row.split("\t")
    (parse,) = model.parse([marked.replace("[", "").replace("]", "")])
    trigger = parse.sentences[0].token_at(marked.index("["))
    assert trigger is not None
    finding = find_status(parse, parse.sentences[0], trigger, cues=cues, anchor=STORY)
    assert finding.status == status, finding.because


def one_clause(year: str) -> tuple[Parse, Token]:
    """ "In YEAR rebels burned villages ." """
    rows = [
        ("In", "in", "ADP", 1, "case", {}),
        (year, year, "NUM", 3, "obl", {}),
        ("rebels", "rebel", "NOUN", 3, "nsubj", {"Number": "Plur"}),
        ("burned", "burn", "VERB", -1, "root", {"Tense": "Past", "VerbForm": "Fin"}),
        ("villages", "village", "NOUN", 3, "obj", {"Number": "Plur"}),
        (".", ".", "PUNCT", 3, "punct", {}),
    ]
    tokens, at = [], 0
    for index, (text, lemma, upos, head, deprel, feats) in enumerate(rows):
        tokens.append(Token(index, at, at + len(text), text, lemma, upos, head, deprel, feats))
        at += len(text) + 1
    parse = Parse(" ".join(row[0] for row in rows), [Sentence(0, 0, at - 1, tokens)])
    return parse, tokens[3]


@pytest.mark.parametrize(
    ("year", "anchor", "status"),
    [
        ("1973", date(2024, 5, 8), "historical"),
        ("2022", date(2024, 5, 8), "historical"),
        ("2023", date(2024, 5, 8), "actual"),
        ("2024", date(2024, 5, 8), "actual"),
        ("1962", date(1962, 10, 22), "actual"),
        ("1945", date(1962, 10, 22), "historical"),
        ("1973", None, "historical"),  # of the year that they appear in, news seldom tell the number
    ],
)
def test_a_year_is_background_only_far_from_the_story(
    year: str, anchor: date | None, status: str, cues: StatusCues
) -> None:
    parse, trigger = one_clause(year)
    assert find_status(parse, parse.sentences[0], trigger, cues=cues, anchor=anchor).status == status


MENDED = [
    ("negated", "There is no evidence that the pilots [bombed] the mill.", "no"),
    ("negated", "Nothing suggests that the guards [beat] the clerk.", "Nothing"),
    ("negated", "Not once has the governor [visited] the valley.", "Not"),
    ("negated", "The province has no intention of [recalling] its envoy.", "no"),
    ("negated", "The owners got a fine rather than a [trial].", "rather"),
    ("negated", "Sailors overpowered the gunman before he could [shoot] the captain.", "before … could"),
    ("negated", "The court cleared two wardens of [beating] a prisoner.", "cleared"),
    ("negated", "The delegates were [received] by nobody.", "nobody"),
    ("negated", "The senate balked at [cutting] ties with the island.", "balked"),
    ("actual", "The harbour was closed, so the admiral [sent] the frigate north instead.", ""),
    ("actual", "The chancellor rejected a [request] from the islanders.", ""),
    ("hypothetical", "Whether the two generals [talked] is disputed.", "Whether"),
    ("hypothetical", "The ministry would not confirm that troops had [shot] the herder.", "confirm"),
    ("future", "The regional court begins the [trial] of two bakers on 9 June.", "June"),
    ("habitual", "The bishop invariably [criticises] the lottery.", "invariably"),
    ("habitual", "Time and again the clans have [attacked] the depot.", "time and again"),
    ("habitual", "The cantons have long [sheltered] exiled printers.", "long"),
    ("habitual", "For forty years the abbey has [sheltered] exiled printers.", "years"),
]


@pytest.mark.parametrize(("status", "marked", "word"), MENDED, ids=[row[1] for row in MENDED])
def test_a_word_that_shifts_an_event_is_named(
    status: str, marked: str, word: str, model: LanguageModel, cues: StatusCues
) -> None:
    (parse,) = model.parse([marked.replace("[", "").replace("]", "")])
    sentence = parse.sentences[0]
    trigger = sentence.token_at(marked.index("["))
    assert trigger is not None
    finding = find_status(parse, sentence, trigger, cues=cues)
    assert finding.status == status, finding.because
    assert word in finding.because


def test_without_an_anchor_the_latest_year_of_the_text_stands_in(cues: StatusCues) -> None:
    parse, trigger = one_clause("1973")
    longer = Parse(parse.text + " The trial opened in 2019.", parse.sentences)
    assert find_status(longer, longer.sentences[0], trigger, cues=cues).status == "historical"


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [("2020-03-01", "2020-03-31", "historical"), ("2024-05-01", "2024-05-07", "actual"), ("last", "year", "actual")],
)
def test_resolved_times_decide_where_no_year_is_written(start: str, end: str, status: str, cues: StatusCues) -> None:
    parse, trigger = one_clause("springtime")
    time = TimeValue(start=3, end=13, kind="DATE", from_=start, to=end)
    finding = find_status(parse, parse.sentences[0], trigger, cues=cues, anchor=STORY, times=[time])
    assert finding.status == status
    assert finding.span == (Span(3, 13) if status == "historical" else None)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('status = "maybe"\nnegated = "actual"\nwords = ["x"]\ncomplements = ["object"]', "must be a status"),
        ('status = "negated"\nnegated = "actual"\ncomplements = ["object"]', "needs complements and words"),
        (
            'status = "negated"\nnegated = "actual"\nwords = ["x"]\ncomplements = ["object"]\nmood = 1',
            "unknown key 'mood'",
        ),
    ],
)
def test_a_wrong_governor_class_is_named(entry: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "governors.toml"
    path.write_text(f'[[class]]\nname = "odd"\n{entry}\n', encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        status_cues._read_governors(path)
    assert "odd" in str(caught.value)


@st.composite
def odd_sentences(draw: st.DrawFn) -> Parse:
    """Sentences of cue words under any tree, damaged ones (cycles, no root) among them."""
    size = draw(st.integers(1, 9))
    tokens, at = [], 0
    for index in range(size):
        word = draw(st.sampled_from(WORDS.split()))
        upos = draw(st.sampled_from(["VERB", "NOUN", "AUX", "PART", "ADP", "DET", "ADV", "NUM", "PUNCT", "SCONJ"]))
        head = draw(st.integers(-1, size - 1).filter(lambda value, index=index: value != index))
        feats = {
            "Tense": draw(st.sampled_from(["Past", "Pres"])),
            "VerbForm": draw(st.sampled_from(["Fin", "Part", "Inf"])),
        }
        tokens.append(
            Token(index, at, at + len(word), word, word, upos, head, draw(st.sampled_from(RELATIONS.split())), feats)
        )
        at += len(word) + 1
    text = " ".join(token.text for token in tokens)
    return Parse(text, [Sentence(0, 0, len(text), tokens)])


@settings(max_examples=300, deadline=None)
@given(parse=odd_sentences())
def test_any_tree_gets_a_status_with_its_words(parse: Parse) -> None:
    cues = all_cues()
    sentence = parse.sentences[0]
    for token in sentence.tokens:
        finding = find_status(parse, sentence, token, cues=cues, anchor=STORY)
        assert finding.status in STATUSES
        assert (finding.span is None) == (finding.status == "actual")
        assert finding.span is None or sentence.span.contains(finding.span)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Whether the envoys met the king remains unclear.", "hypothetical"),
        ("Whether the rebels attacked the convoy has not been established.", "hypothetical"),
        ("If the army attacked the village is not known.", "hypothetical"),
        ("That the envoys met the king remains a secret.", "actual"),
    ],
)
def test_a_clause_with_whether_is_open_wherever_the_parse_hangs_it(code: Code, text: str, status: str) -> None:
    assert [event.status for event in code(text).events] == [status]

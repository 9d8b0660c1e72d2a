"""What the exported graph says of parties is what the network was trained to say, and what the run time reads."""

from __future__ import annotations

import pytest

from tacitus.events.reading import Reading
from tacitus.language.document import Sentence, Token

torch = pytest.importorskip("torch", reason="the dependency group `training` is not installed")

from training.language.export import Graph  # noqa: E402
from training.language.model import ROLE, Parser  # noqa: E402

SIZES = {"upos": 2, "feats": 2, "lemmas": 4, "relations": 2, "names": 3, "triggers": 17, "statuses": 6}
WORDS = 5


def sentence(**heads: torch.Tensor) -> Sentence:
    tokens = [Token(n, 2 * n, 2 * n + 1, "x", "x", "X", n - 1, "dep", {}) for n in range(WORDS)]
    return Sentence(0, 0, 2 * WORDS, tokens, heads={name: value.numpy() for name, value in heads.items()})


def test_the_run_time_reads_the_roles_that_were_trained() -> None:
    torch.manual_seed(7)
    parser = Parser(**SIZES, inner=8, dropout=0.0).eval()
    with torch.no_grad():
        parser.role_bias.copy_(torch.tensor([-1.5, 0.5]))
        trigger, word = torch.randn(1, WORDS, 2 * ROLE), torch.randn(1, WORDS, 2 * ROLE)
        vectors = Graph(parser)._roles(trigger, word)
        assert [vector.shape for vector in vectors] == [(1, WORDS, 2 * (ROLE + 1))] * 2
        found = sentence(trigger=torch.zeros(WORDS, 17), role_trigger=vectors[0][0], role_word=vectors[1][0])
        for place, token in enumerate(found.tokens):
            expected = parser.role_scores(trigger[:, place : place + 1], word)[0].sigmoid()
            read = [(role.actor, role.recipient) for role in Reading(found).roles(token, 0.0)]
            torch.testing.assert_close(torch.tensor(read), expected, rtol=1e-4, atol=1e-5)

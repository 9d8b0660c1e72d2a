"""The network: a BERT encoder (six layers of MiniLM) and one head per layer of analysis, all on one vector per word."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tacitus.language.pieces import TYPES

WIDTH, LAYERS, ATTENTION_HEADS, POSITIONS, VOCABULARY = 384, 6, 12, 512, 30522
BASE_INNER = 1536  # width inside a layer of the base model; `slim` makes it smaller
ARC, RELATION, TAG, NAME, START, EVENT, ROLE = 256, 192, 384, 256, 128, 256, 128  # widths of the heads
NEGATIVE = -1e4  # stands for minus infinity, safe in every precision


class PooledDropout(nn.Module):
    """Dropout whose masks are cut from a pool at a random place: drawing fresh ones took a fifth of the training time on a CPU."""

    SIZE = 1 << 22

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.chance = chance
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.chance == 0:
            return x
        if self._pool is None or x.numel() > self.SIZE // 2:
            size = max(self.SIZE, 2 * x.numel())
            self._pool = (torch.rand(size) >= self.chance).to(x.dtype) / (1 - self.chance)
        start = int(torch.randint(self._pool.numel() - x.numel(), ()))
        return x * self._pool[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer as in BERT."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.norm_attention, self.norm_output = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.dropout = PooledDropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if self.training:
            mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:  # plain operators export to a plain graph
            scores = query @ key.transpose(2, 3) * (WIDTH // ATTENTION_HEADS) ** -0.5 + mask
            mixed = torch.softmax(scores, -1) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_attention(x + self.dropout(self.output(mixed)))
        hidden: Tensor = self.norm_output(x + self.dropout(self.outer(F.gelu(self.inner(x)))))
        return hidden


class Encoder(nn.Module):
    """Word pieces to vectors; `types` carries shape and gluing instead of BERT's segments."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(TYPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(Layer(inner, dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, types: Tensor) -> Tensor:
        mask = (pieces == 0).unsqueeze(1).unsqueeze(1).to(self.norm.weight.dtype) * NEGATIVE
        positions = self.positions.weight[: pieces.shape[1]].unsqueeze(0)
        x: Tensor = self.dropout(self.norm(self.words(pieces) + positions + self.types(types)))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_base(self, path: Path) -> None:
        """The weights of a BERT checkpoint in safetensors form; every type starts from the first segment."""
        from safetensors.torch import load_file

        base = load_file(str(path))
        state = {
            "words.weight": base["embeddings.word_embeddings.weight"],
            "positions.weight": base["embeddings.position_embeddings.weight"],
            "types.weight": base["embeddings.token_type_embeddings.weight"][:1].repeat(TYPES, 1),
        }
        names = {
            "attention.self.query": "query",
            "attention.self.key": "key",
            "attention.self.value": "value",
            "attention.output.dense": "output",
            "attention.output.LayerNorm": "norm_attention",
            "intermediate.dense": "inner",
            "output.dense": "outer",
            "output.LayerNorm": "norm_output",
        }
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
            for number in range(LAYERS):
                for old, new in names.items():
                    state[f"layers.{number}.{new}.{kind}"] = base[f"encoder.layer.{number}.{old}.{kind}"]
        self.load_state_dict(state)


class Parser(nn.Module):
    """Encoder and heads. `forward` gives, per word: tag scores, arc scores to every word and to the root, relation vectors.

    Word 0 of every window is the root (read at the first piece); the scores leave it out on the dependants' side.
    Relations are scored for chosen pairs only (`relation_scores`): all pairs would cost more than the encoder.
    """

    def __init__(
        self,
        *,
        upos: int,
        feats: int,
        lemmas: int,
        relations: int,
        names: int,
        triggers: int,
        statuses: int,
        inner: int = BASE_INNER,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.encoder = Encoder(inner, dropout)
        self.dropout = PooledDropout(2.5 * dropout)
        self.tag = nn.Linear(WIDTH, TAG)
        self.upos, self.feats, self.lemma = nn.Linear(TAG, upos), nn.Linear(TAG, feats), nn.Linear(TAG, lemmas)
        self.name_hidden, self.name = nn.Linear(WIDTH, NAME), nn.Linear(NAME, names)
        self.start_hidden, self.start = nn.Linear(WIDTH, START), nn.Linear(START, 1)
        self.arc_dependant, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC)
        self.relation_dependant, self.relation_head = nn.Linear(WIDTH, 2 * RELATION), nn.Linear(WIDTH, 2 * RELATION)
        self.relation = nn.Linear(2 * RELATION, relations)
        self.event_hidden = nn.Linear(WIDTH, EVENT)
        self.trigger, self.status, self.claimed = (
            nn.Linear(EVENT, triggers),
            nn.Linear(EVENT, statuses),
            nn.Linear(EVENT, 1),
        )
        self.role_trigger, self.role_word = nn.Linear(WIDTH, 2 * ROLE), nn.Linear(WIDTH, 2 * ROLE)
        self.role_bias = nn.Parameter(torch.full((2,), -3.0))  # most words play no part

    def forward(self, pieces: Tensor, types: Tensor, first: Tensor) -> dict[str, Tensor]:
        hidden = self.encoder(pieces, types)
        vectors = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, WIDTH))
        x = self.dropout(vectors)
        words = x[:, 1:]
        tag = self.dropout(F.gelu(self.tag(words)))
        arc_head = self.dropout(F.gelu(self.arc_head(x)))
        arc_dependant = self.dropout(F.gelu(self.arc_dependant(words)))
        return {
            "vectors": vectors[:, 1:],
            "upos": self.upos(tag),
            "feats": self.feats(tag),
            "lemma": self.lemma(tag),
            "name": self.name(self.dropout(F.gelu(self.name_hidden(words)))),
            "start": self.start(self.dropout(F.gelu(self.start_hidden(words)))).squeeze(-1),
            "arc": self.arc(arc_dependant) @ arc_head.transpose(1, 2) * ARC**-0.5,
            "relation_dependant": self.relation_dependant(words),
            "relation_head": self.relation_head(x),
        } | self.read_events(words)

    def read_events(self, words: Tensor) -> dict[str, Tensor]:
        """The outputs of the event heads for word vectors."""
        event = self.dropout(F.gelu(self.event_hidden(words)))
        return {
            "trigger": self.trigger(event),
            "status": self.status(event),
            "claimed": self.claimed(event).squeeze(-1),
            "role_trigger": self.role_trigger(words),
            "role_word": self.role_word(words),
        }

    def role_scores(self, trigger: Tensor, word: Tensor) -> Tensor:
        """Log odds [..., words, 2] that each word heads the actor, or the recipient, of the event of `trigger` [..., 1, 2 x ROLE]."""
        products = (trigger * word).unflatten(-1, (2, ROLE)).sum(-1) * ROLE**-0.5
        scores: Tensor = products + self.role_bias
        return scores

    def relation_scores(self, dependant: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations for pairs of relation vectors (the run time does the same in numpy)."""
        added = F.relu(dependant[..., :RELATION] + head[..., :RELATION])
        multiplied = dependant[..., RELATION:] * head[..., RELATION:]
        scores: Tensor = self.relation(self.dropout(torch.cat([added, multiplied], -1)))
        return scores

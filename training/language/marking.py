"""Sentences with a marked pair as sentences with an event: a trained network, told the pair and its type, finds the trigger."""

from __future__ import annotations

from dataclasses import replace

import torch

from tacitus.ontology import STATUSES
from training.language.batches import FOLDED, TRIGGERS, Vectoriser, folding
from training.language.model import Parser
from training.language.treebank import Document, EventLabels


def marked(model: Parser, document: Document, vectoriser: Vectoriser) -> Document:
    """The document with its trigger: the verb or noun where type and parties together are likeliest.

    Of the other verbs it stays open whether they are triggers; no other word is one.
    """
    (sentence,) = document.sentences
    (pair,) = sentence.pairs
    model.eval()
    with torch.no_grad():
        batch = vectoriser.batch([[sentence]])
        out = model(batch["pieces"], batch["types"], batch["first"])
        kinds, statuses = out["trigger"][0].softmax(-1), out["status"][0].softmax(-1)
        fits = torch.einsum("wt,ws,ts->wts", kinds[:, 1:], statuses, folding()[:, :, FOLDED.index(pair.type)])
        roles = model.role_scores(out["role_trigger"][0].unsqueeze(1), out["role_word"][0]).sigmoid()
        joined = roles[:, pair.source, 0] * roles[:, pair.target].amax(-1)
        upos = [vectoriser.labels.upos[number] for number in out["upos"][0].argmax(-1).tolist()]
        carries = torch.tensor([name in ("VERB", "NOUN") for name in upos])
        scores = fits * ((joined + 0.01) * carries).view(-1, 1, 1)
        word, kind, status = (int(i) for i in torch.unravel_index(scores.argmax(), scores.shape))
        reciprocal = bool(roles[word, pair.target, 0] > roles[word, pair.target, 1])
        claimed = bool(out["claimed"][0, word] > 0)
    source, target = (sentence.id, pair.source), (sentence.id, pair.target)
    event = EventLabels(
        trigger=word,
        type=TRIGGERS[kind + 1],
        status=STATUSES[status],
        claimed=claimed,
        actors=(source, target) if reciprocal else (source,),
        recipients=() if reciprocal else (target,),
    )
    unsure = tuple(index for index, name in enumerate(upos) if name == "VERB" and index != word)
    told = replace(sentence, events=(event,), pairs=(), unsure=unsure)
    return Document(document.id, [told])

"""`tacitus debug`: how well parts of the program do on data of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tacitus.errors import DataError

NAMES = {"upos": "UPOS", "uas": "UAS", "las": "LAS"}


@click.group()
def debug() -> None:
    """Measure parts of the program on data of your own.

    \b
    Example:
      tacitus debug language treebank.conllu
    """


@debug.command()
@click.argument("treebank", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The scores as JSON, shares of 1.")
def language(treebank: Path, as_json: bool) -> None:
    """Score the language model on a treebank: FILE is CoNLL-U with gold trees.

    On gold words the figures are shares of words; on raw text, where sentences and words are the model's own, F1 over spans as in the
    CoNLL 2018 shared task, but a relation is right only with its subtype. Tokens are UD words.

    \b
    Examples:
      tacitus debug language en_ewt-ud-dev.conllu
      tacitus debug language en_ewt-ud-dev.conllu --json | jq .raw_text.las
    """
    from tacitus.language.conllu import read_conllu

    documents = list(read_conllu(treebank))
    if not documents:
        raise DataError(f"{treebank}: no sentences; a CoNLL-U file with gold trees is wanted")
    from tacitus.language import LanguageModel
    from tacitus.language.score import score_treebank

    model = LanguageModel.load()
    scores = score_treebank(model, documents)
    if as_json:
        click.echo(json.dumps(scores, indent=1))
        return
    sentences = [sentence for document in documents for sentence in document.sentences]
    words = sum(len(sentence.tokens) for sentence in sentences)
    _show(scores)
    click.echo(
        f"words: {words:,} · sentences: {len(sentences):,} · documents: {len(documents):,} · model {model.version}"
    )


def _show(scores: dict[str, dict[str, float]]) -> None:
    """A row a figure, in percent."""
    from rich.console import Console
    from rich.table import Table

    table = Table("%")
    for title in scores:
        table.add_column(title.replace("_", " "), justify="right")
    for name in scores["raw_text"]:
        cells = [f"{100 * figures[name]:.2f}" if name in figures else "given" for figures in scores.values()]
        table.add_row(NAMES.get(name, name), *cells)
    Console().print(table)

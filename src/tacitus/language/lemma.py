"""Lemma scripts: a lemma written as an edit of its form, so that a classifier can choose it.

A script is ``case|strip|add``: take `strip` characters off the end of the lower-cased form, put `add` there, then apply `case`.
``lower|3|y`` turns "Armies" into "army". The case `keep` edits the form itself ("McDonald's" towards "McDonald").
"""

from __future__ import annotations


def _recase(text: str, case: str) -> str:
    match case:
        case "lower":
            return text.lower()
        case "title":
            return text[:1].upper() + text[1:].lower()
        case "upper":
            return text.upper()
    return text


def _case_of(lemma: str) -> str:
    """The first case that leaves the lemma as it is: what the lemma looks like, whatever the form looked like."""
    return next((case for case in ("lower", "title", "upper") if _recase(lemma, case) == lemma), "keep")


def lemma_script(form: str, lemma: str) -> str:
    """The script that leads from form to lemma; `apply_script` undoes it."""
    case = _case_of(lemma)
    source, target = (form, lemma) if case == "keep" else (form.lower(), lemma.lower())
    shared = 0
    while shared < min(len(source), len(target)) and source[shared] == target[shared]:
        shared += 1
    return f"{case}|{len(source) - shared}|{target[shared:]}"


def apply_script(script: str, form: str) -> str | None:
    """The lemma, or None when the form is too short for the script."""
    case, strip, add = script.split("|", 2)
    cut = int(strip)
    source = form if case == "keep" else form.lower()
    if cut > len(source):
        return None
    return _recase(source[: len(source) - cut] + add, case) or None

"""An event in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from tacitus.events.arguments import Candidate
from tacitus.events.governing import COOPERATIVE
from tacitus.events.naming import is_in
from tacitus.events.parties import Party
from tacitus.events.syntax import Syntax
from tacitus.language.document import Token

TAKING = frozenset({("COERCE", "arrest"), ("COERCE", "seize"), ("ASSAULT", "crowd-control")})
"""What those do whose office it is: they alone arrest, seize and fire tear gas."""
OPEN = TAKING - {("COERCE", "seize")}
"""Of these the ones that are events though the sentence names nobody: things are seized, stolen and lost in every kind of page."""
MODEL_SLOT = "model"  # the slot that a party found by the model came from


@dataclass(eq=False)
class Proposal:
    """Type, mode and code of a candidate with its parties. `joined` are heads of other words that tell of the same event;
    `filled_by` are the slots the actors and the recipients came from;
    `seen` is how likely the model finds the type, `roles_seen` actors and recipients,
    `status_seen` the likeliest status; None without a model."""

    candidate: Candidate
    type: str
    mode: str | None
    cameo: str
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    because: list[str] = field(default_factory=list)
    joined: list[Token] = field(default_factory=list)
    filled_by: tuple[str, str] = ("", "")
    seen: float | None = None
    status_seen: tuple[str, float] | None = None
    roles_seen: tuple[float | None, ...] = (None, None)

    @property
    def token(self) -> Token:
        return self.candidate.token

    @property
    def base(self) -> str:
        """The PLOVER type whose rules hold for it: of a type of the user's, the one it refines."""
        return self.candidate.entry.base if self.type == self.candidate.entry.type else self.type

    @property
    def undone(self) -> Token | None:
        """The verb of what was not done, of a pattern that tells so: "failed to protect". A refusal is an act, whatever its words."""
        if self.candidate.entry.type not in COOPERATIVE or not is_in(self.token, "failing"):
            return None
        return next((word for word in self.candidate.words if word.upos == "VERB" and word is not self.token), None)

    @property
    def syntax(self) -> Syntax:
        return self.candidate.syntax

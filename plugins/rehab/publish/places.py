"""What every kind of target can do, as a deployment sees it, and what it says when it cannot.

In and out: `State`, what is at a target now. Each kind is a module of its own that reads a state and applies a plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct, field

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.publish.manifest import Manifest
    from rehab.publish.plan import Plan

MARK: Final = ".comeback"
"""The file that says that a place is ours to write to."""
MARK_TEXT: Final = "Made by `rehab deploy`. What lies here is replaced by the next deployment.\n"


class DeployError(Exception):
    """Why a deployment stops, as a sentence for whoever started it. What is served has not changed."""


class State(Struct, frozen=True, kw_only=True):
    """What is at a target: nothing, ours (`manifest`, `current`, `releases`), or somebody else's (`foreign`)."""

    manifest: Manifest = field(default_factory=dict)
    current: str = ""
    releases: tuple[str, ...] = ()
    foreign: str = ""


class Shipment(Struct, frozen=True, kw_only=True):
    """What is to be at a target: files below `folder`, the plan that brings them there, and the site's address."""

    folder: Path
    wanted: Manifest
    plan: Plan
    state: State
    site_url: str


class Place(Protocol):
    """One kind of target."""

    def read_state(self) -> State:
        """Return what is there. Raises DeployError. Changes nothing."""

    def send(self, shipment: Shipment) -> str:
        """Bring a shipment there, and return what it is called there. Raises DeployError."""


class Rewindable(Protocol):
    """A kind of target that keeps what was there before."""

    def read_state(self) -> State:
        """Return what is there. Raises DeployError."""

    def switch(self, release: str) -> None:
        """Serve a release that is there. Raises DeployError."""

"""A plan file to an edition: `read_plan` for what people write, `read_canonical` for what the database keeps.

`read_plan` takes any bytes and never raises: what is wrong with a file is findings, all of them at once, each with
line and column. An edition is there exactly when nothing was found: then it can be run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct

from muster.plans import references, typing
from muster.plans.building import Builder
from muster.plans.faults import Faults, Place, source_of
from muster.plans.findings import Finding, Path, Severity
from muster.plans.including import Inclusion
from muster.plans.model import Edition, Words
from muster.plans.normal import Normal, Normaliser
from muster.plans.shapes import SHAPES
from muster.plans.source import Mapping as TreeMapping
from muster.plans.source import text_of, tree_of

# The version of the normal form. An edition that is kept in one version is read by every later version of Muster.
FORMAT = 1

# Sections in which an id leads to an actor.
_ACTORS = ("posts", "bodies", "parties")


class LoadedPlan(Struct, frozen=True, kw_only=True):
    """What came of reading a file.

    `places` gives line and column (from 1) of every path in the file; paths go by ids, and leave groups of tasks out:
    ("tasks", "phone-report", "due"). `sources` names the file of the elements (section, id) that packs brought.
    `content` is the canonical content that the digest is taken of.
    """

    name: str
    edition: Edition | None
    findings: tuple[Finding, ...]
    places: Mapping[Path, Place]
    sources: Mapping[Path, str] = {}
    content: bytes = b""

    def place(self, path: Path) -> Place:
        """Where `path` stands, or the nearest thing around it. ("actors", id) finds posts, bodies and parties."""
        if path[:1] == ("actors",) and len(path) > 1:
            path = next(((each, *path[1:]) for each in _ACTORS if (each, path[1]) in self.places), path)
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def source(self, path: Path) -> str:
        """The file that `path` stands in."""
        return source_of(self.sources, path, self.name)

    def finding(self, rule: str, severity: Severity, path: Path, says: Words, mend: Words) -> Finding:
        """A finding at `path`, with the place and the file filled in."""
        line, column = self.place(path)
        return Finding(rule, severity, line, column, path, says, mend, self.source(path))


def read_plan(source: bytes | str, *, name: str = "plan.yaml", packs: Mapping[str, bytes] | None = None) -> LoadedPlan:
    """Read the plan file `source`. `packs` gives the files of regulation packs by id; the plan includes them by name.

    Never raises, whatever the bytes.
    """
    places: dict[Path, Place] = {}
    sources: dict[Path, str] = {}
    faults = Faults(places, name)
    plan = _normal(source, "plan", places, faults)
    if plan is not None:
        for number, wish in enumerate(plan.get("include", [])):
            _include(number, wish, packs or {}, plan, places, sources, faults)
        references.find(plan, faults, sources)
        typing.find(plan, faults, sources)
    findings = tuple(sorted(faults.found, key=lambda each: (each.source != name, each.source, each.line, each.column)))
    if plan is None or findings:
        return LoadedPlan(name=name, edition=None, findings=findings, places=places, sources=sources)
    content = canonical(plan)
    edition = Builder(plan, digest_of(content)).edition()
    return LoadedPlan(name=name, edition=edition, findings=(), places=places, sources=sources, content=content)


def _normal(source: bytes | str, shape: str, places: dict[Path, Place], faults: Faults) -> Normal | None:
    text = text_of(source, faults)
    tree = None if text is None else tree_of(text, faults)
    if tree is None:
        if not faults.found:
            faults.add(
                "P012",
                (),
                key=faults.source,
                wanted=Words("“键: 值”", "keys and values"),
                found=Words("空白", "nothing"),
            )
        return None
    if not isinstance(tree, TreeMapping):
        faults.add("P012", (), place=(tree.line, tree.column), key=faults.source, wanted=Words("“键: 值”", "keys and values"),
                   found=Words("别的内容", "something else"))  # fmt: skip
        return None
    places[()] = (tree.line, tree.column)
    return Normaliser(places, faults).element(SHAPES[shape], tree, ())


def _include(
    number: int,
    wish: Normal,
    packs: Mapping[str, bytes],
    plan: Normal,
    places: dict[Path, Place],
    sources: dict[Path, str],
    faults: Faults,
) -> None:
    """Read a pack that the plan includes, and take it in."""
    pack_id = wish.get("pack", "")
    if pack_id not in packs:
        if pack_id:
            faults.add("P024", ("include", number), id=pack_id[:60], near=faults.near(pack_id, sorted(packs)))
        return
    pack_places: dict[Path, Place] = {}
    pack_faults = Faults(pack_places, pack_id)
    pack = _normal(packs[pack_id], "pack", pack_places, pack_faults)
    faults.found.extend(pack_faults.found)
    if pack is not None:
        Inclusion(number, wish, plan, pack, faults).into(places, pack_places, sources)


def canonical(plan: Normal) -> bytes:
    """The content of a plan as bytes that are the same whenever the content is.

    JSON, keys sorted, no white space. What has an order that carries meaning (levels, approvals, the tasks as they
    are listed) is a list here; the order of the keys within one element, and of the sections, is not content.
    """
    return json.dumps({**plan, "format": FORMAT}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """SHA-256 of canonical content, in hex: the name of the edition."""
    return hashlib.sha256(content).hexdigest()


def read_canonical(content: bytes) -> Edition:
    """The edition that `LoadedPlan.content` holds. Raises ValueError where `content` is not of a known format."""
    plan = json.loads(content)
    if not isinstance(plan, dict) or plan.pop("format", None) != FORMAT:
        raise ValueError("not the canonical content of a plan, or of a later version of Muster")
    return Builder(plan, digest_of(content)).edition()

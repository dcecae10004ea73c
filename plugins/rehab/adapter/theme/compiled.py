"""Templates compiled once: for all generators of a run, for Pelican gives each its own environment, and for later runs.

In: the source of a template. Out: its code, from memory or from the folder where Python keeps the compiled code of
this very module. There and nowhere else, for whoever can write to that folder can run code here anyway; the cache of a
project, which travels between machines, holds values alone. Where Python may not write compiled code, nothing is kept.
"""

from __future__ import annotations

import hashlib
import io
import sys
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from rehab.adapter.keep.kept import save_whole
from rehab.adapter.theme import quick

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import Environment

_OPTIONS: Final = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string", "comment_start_string",
    "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
    "newline_sequence", "keep_trailing_newline", "optimized", "is_async", "sandboxed", "autoescape", "finalize",
)  # fmt: skip
_KNOWN_EXTENSIONS: Final = "jinja2.ext."


class Compiled(BytecodeCache):
    """Compiled templates in memory, and in a folder: that of Python's own, unless another is given."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begin with nothing."""
        self._known: dict[tuple[str, str], CodeType] = {}
        self._folder = folder or Path(cache_from_source(__file__)).parent
        self._makers: dict[Environment, str] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the code of a template, if its source was compiled before, by the same program, for such a site."""
        maker = self._makers.get(environment)
        if maker is None:
            maker = self._makers[environment] = _maker_of(environment)
        said = "\0".join((maker, filename or "", source))
        bucket = Bucket(environment, self.get_cache_key(name), hashlib.sha256(said.encode()).hexdigest())
        bucket.code = self._known.get((bucket.key, bucket.checksum))
        if bucket.code is None and maker:
            self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template from the folder, where it is of the same source."""
        try:
            bucket.load_bytecode(io.BytesIO(self._file(bucket).read_bytes()))
        except Exception:  # noqa: BLE001 - whatever a damaged file makes of itself, the template is compiled
            bucket.reset()
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code
            if self._makers[bucket.environment] and not sys.dont_write_bytecode:
                save_whole(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"template-{bucket.key}.{sys.implementation.cache_tag}.pyc"


def _maker_of(environment: Environment) -> str:
    """Return what writes the code of an environment's templates; "" where that cannot be told."""
    options = {name: getattr(environment, name, None) for name in _OPTIONS}
    known = all(each.startswith(_KNOWN_EXTENSIONS) for each in environment.extensions)
    if not known or callable(options["autoescape"]) or options["finalize"] is not None:
        return ""
    writer = (environment.code_generator_class.__qualname__, Path(quick.__file__).read_text("utf-8"))
    return repr((version("jinja2"), version("markupsafe"), sorted(environment.extensions), options, writer))

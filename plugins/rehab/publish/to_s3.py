"""A bucket that speaks S3 as a target: objects in place, with what browsers and CDNs must know of each.

In: a shipment. Out: changed objects, in an order that breaks no page; then what is gone is deleted, the record
written, and a CDN before it told. Secrets are boto3's business: the environment, its own files, or the role of the
machine. boto3 is not needed by anybody else: `pip install 'comeback-blog[s3]'`.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from rehab.publish.manifest import parse_manifest, render_manifest
from rehab.publish.places import MARK, MARK_TEXT, DeployError, Shipment, State
from rehab.publish.record import without_previews
from rehab.publish.tree import PREVIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.publish.targets import Target

RECORD: Final = f"{MARK}/manifest.json"
NOT_SENT: Final = frozenset((".htaccess", "_redirects", "_headers"))
_NAMED_BY_BYTES: Final = re.compile(r"^(?:images|theme)/.*-[0-9a-f]{8,}[^/]*\.\w+$")
_FOREVER: Final = "public, max-age=31536000, immutable"
_ASK: Final = "public, max-age=0, must-revalidate"
_HOUR: Final = "public, max-age=3600"
_ASKED: Final = {".html", ".htm", ".xml", ".json", ".txt", ".webmanifest"}
TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml", ".avif": "image/avif", ".webp": "image/webp",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".ico": "image/x-icon",
    ".pdf": "application/pdf", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
    ".gpx": "application/gpx+xml", ".mp4": "video/mp4", ".webm": "video/webm",
}  # fmt: skip
"""What each file is. The list of the machine is not asked, for it differs from one to the next."""
_AT_ONCE: Final = 1000
_MOST_PATHS: Final = 1000


def headers_of(path: str) -> dict[str, str]:
    """Return the type of a file, and for how long it may be kept: for ever where its name changes with its bytes."""
    suffix = f".{path.rpartition('.')[2].lower()}" if "." in path else ""
    keep = _FOREVER if _NAMED_BY_BYTES.match(path) else _ASK if suffix in _ASKED else _HOUR
    atom = path.startswith("feeds/") and suffix == ".xml"
    kind = "application/atom+xml" if atom else TYPES.get(suffix, "application/octet-stream")
    return {"ContentType": kind, "CacheControl": keep}


class S3Place(Struct, frozen=True):
    """A bucket, perhaps a part of one."""

    target: Target

    def _key(self, path: str) -> str:
        prefix = self.target.word("prefix").strip("/")
        return f"{prefix}/{path}" if prefix else path

    def read_state(self) -> State:
        """Return what is there. Raises DeployError."""
        with _told(self.target):
            client = self._client("s3")
            record = self._get(client, RECORD)
            if record is None:
                first = client.list_objects_v2(Bucket=self.target.word("bucket"), Prefix=self._key(""), MaxKeys=1)
                return State(foreign=str(first["Contents"][0]["Key"]) if first.get("Contents") else "")
            parsed = parse_manifest(record)
            previews = dict.fromkeys(self._list(client, f"{PREVIEWS}/"), "")
            return State(manifest={**(parsed[1] if parsed else {}), **previews}, current="record" if parsed else "")

    def send(self, shipment: Shipment) -> str:
        """Bring a shipment there. Raises DeployError; what was sent until then is what pages need, not pages."""
        bucket = self.target.word("bucket")
        with _told(self.target):
            client = self._client("s3")
            client.put_object(Bucket=bucket, Key=self._key(MARK), Body=MARK_TEXT.encode(), ContentType="text/plain")
            for path in shipment.plan.sends:
                data = (shipment.folder / path).read_bytes()
                client.put_object(Bucket=bucket, Key=self._key(path), Body=data, **headers_of(path))
            self._delete(client, shipment.plan.deletes)
            # Readers may see the record, so it names no preview link.
            text = render_manifest(without_previews(shipment.wanted), shipment.site_url)
            client.put_object(Bucket=bucket, Key=self._key(RECORD), Body=text.encode(), ContentType="application/json")
            self._invalidate(shipment)
        return bucket

    def _delete(self, client: Any, paths: Iterable[str]) -> None:  # noqa: ANN401 - boto3 makes its classes as it runs
        keys = [{"Key": self._key(path)} for path in paths]
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            done = client.delete_objects(Bucket=self.target.word("bucket"), Delete={"Objects": part, "Quiet": True})
            if done.get("Errors"):
                raise DeployError(f"'{done['Errors'][0]['Key']}' could not be deleted: {done['Errors'][0]['Message']}")

    def _invalidate(self, shipment: Shipment) -> None:
        """Tell CloudFront what changed, where it stands before the bucket. Of many files it is told to forget all."""
        if distribution := self.target.word("distribution"):
            paths = sorted(
                {f"/{path.removesuffix('index.html')}" for path in (*shipment.plan.sends, *shipment.plan.deletes)}
            )
            items = paths if len(paths) <= _MOST_PATHS else ["/*"]
            batch = {"Paths": {"Quantity": len(items), "Items": items}, "CallerReference": _reference(shipment)}
            self._client("cloudfront").create_invalidation(DistributionId=distribution, InvalidationBatch=batch)

    def _list(self, client: Any, prefix: str) -> list[str]:  # noqa: ANN401 - as above
        pages = client.get_paginator("list_objects_v2").paginate(
            Bucket=self.target.word("bucket"), Prefix=self._key(prefix)
        )
        own = len(self._key(""))
        return [str(each["Key"])[own:] for page in pages for each in page.get("Contents", ())]

    def _get(self, client: Any, path: str) -> str | None:  # noqa: ANN401 - as above
        try:
            answer = client.get_object(Bucket=self.target.word("bucket"), Key=self._key(path))
        except client.exceptions.NoSuchKey:
            return None
        text: str = answer["Body"].read().decode("utf-8", "replace")
        return text

    def _client(self, service: str) -> Any:  # noqa: ANN401 - as above
        import boto3  # noqa: PLC0415 - it is optional
        from botocore.config import Config  # noqa: PLC0415 - as above

        session = boto3.Session(
            profile_name=self.target.word("profile") or None, region_name=self.target.word("region") or None
        )
        config = Config(connect_timeout=15, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"})
        return session.client(service, endpoint_url=self.target.word("endpoint") or None, config=config)


def _reference(shipment: Shipment) -> str:
    """Return what makes two calls for the same change one."""
    from hashlib import sha256  # noqa: PLC0415 - only here

    return sha256(render_manifest(shipment.wanted, shipment.site_url).encode()).hexdigest()


class _told:  # noqa: N801 - it reads as a word of the `with` statement
    """Turns what boto3 raises into one sentence."""

    def __init__(self, target: Target) -> None:
        """Speak of one target."""
        self._name = f"the bucket '{target.word('bucket')}'"

    def __enter__(self) -> None:
        """Look whether boto3 is there."""
        if find_spec("boto3") is None:
            raise DeployError("'boto3' is not installed: pip install 'comeback-blog[s3]'")

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: object) -> None:
        """Turn an error of boto3's or of the disk into ours."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - it is optional

        if isinstance(wrong, (BotoCoreError, ClientError)):
            raise DeployError(f"{self._name} refused: {wrong}") from wrong
        if isinstance(wrong, OSError):
            raise DeployError(f"a file cannot be read: {wrong}") from wrong

"""A bucket as the target: moto's server on this machine speaks S3 and CloudFront."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from deploying import FIRST, bring, publish, target_of, texts_of
from rehab.publish.places import DeployError
from rehab.publish.to_s3 import headers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

boto3 = pytest.importorskip("boto3", reason="boto3 is not installed")
moto = pytest.importorskip("moto.server", reason="moto is not installed")

SECOND = {**FIRST, "index.html": "<h1>Two</h1>", "posts/new/index.html": "<h1>New</h1>"}
SENT = sorted(set(FIRST) - {".htaccess"})


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Start moto's server for this module."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return a new bucket, by boto3."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    name = f"b{abs(hash(request.node.name)):x}"[:40]
    found = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1").Bucket(name)
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()


def words(endpoint: str, bucket: Any, **more: object) -> dict[str, object]:
    return {"kind": "s3", "bucket": bucket.name, "endpoint": endpoint, "region": "us-east-1", **more}


def keys(bucket: Any) -> list[str]:
    return sorted(each.key for each in bucket.objects.all() if not each.key.startswith(".comeback"))


def test_every_file_arrives_with_its_headers_and_a_second_deployment_sends_none(
    tmp_path: Path, endpoint: str, bucket: Any
) -> None:
    target = target_of(**words(endpoint, bucket))
    bring(target, publish(tmp_path, FIRST))
    assert keys(bucket) == SENT
    page, picture = bucket.Object("index.html").get(), bucket.Object("images/knee-0a1b2c3d-360.avif").get()
    assert page["Body"].read().decode() == FIRST["index.html"]
    assert (page["ContentType"], page["CacheControl"]) == (
        "text/html; charset=utf-8",
        "public, max-age=0, must-revalidate",
    )
    assert (picture["ContentType"], picture["CacheControl"]) == ("image/avif", "public, max-age=31536000, immutable")
    assert bring(target, publish(tmp_path, FIRST)).plan.is_empty


def test_what_changed_is_sent_and_what_is_gone_is_deleted(tmp_path: Path, endpoint: str, bucket: Any) -> None:
    target = target_of(**words(endpoint, bucket, prefix="blog/"))
    bring(target, publish(tmp_path, SECOND))
    done = bring(target, publish(tmp_path, FIRST))
    assert (done.plan.sends, done.plan.deletes) == (("index.html",), ("posts/new/index.html",))
    assert sorted(each.key for each in bucket.objects.filter(Prefix="blog/")) == sorted(
        [f"blog/{name}" for name in SENT] + ["blog/.comeback", "blog/.comeback/manifest.json"]
    )


def test_a_bucket_with_somebody_elses_objects_is_refused(tmp_path: Path, endpoint: str, bucket: Any) -> None:
    bucket.put_object(Key="wedding.jpg", Body=b"not ours")
    with pytest.raises(DeployError, match=r"holds 'wedding.jpg'"):
        bring(target_of(**words(endpoint, bucket)), publish(tmp_path, FIRST))
    assert keys(bucket) == ["wedding.jpg"]


def test_a_dry_run_leaves_the_bucket_empty(tmp_path: Path, endpoint: str, bucket: Any) -> None:
    assert len(bring(target_of(**words(endpoint, bucket)), publish(tmp_path, FIRST), dry=True).plan.sends) == len(SENT)
    assert keys(bucket) == []


def test_the_record_that_readers_may_see_names_no_preview_link(tmp_path: Path, endpoint: str, bucket: Any) -> None:
    target = target_of(**words(endpoint, bucket))
    source = publish(tmp_path, FIRST)
    page = source.output / "preview" / ("t" * 22) / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<meta name="comeback-preview" content="0123456789abcdef until 2026-11-30">')
    bring(target, source)
    name = page.relative_to(source.output).as_posix()
    assert name in keys(bucket)
    assert "preview" not in bucket.Object(".comeback/manifest.json").get()["Body"].read().decode()
    bring(target, publish(tmp_path, FIRST))
    assert name not in keys(bucket)
    assert "preview" not in str(texts_of(source.output))


def test_the_network_before_the_bucket_is_told(tmp_path: Path, endpoint: str, bucket: Any) -> None:
    client = boto3.client("cloudfront", endpoint_url=endpoint, region_name="us-east-1")
    origin = {"Id": "o", "DomainName": "x.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behaviour = {"TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https"}
    made = client.create_distribution(
        DistributionConfig={
            "CallerReference": bucket.name,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behaviour,
            "Comment": "",
            "Enabled": True,
        }
    )["Distribution"]["Id"]
    bring(target_of(**words(endpoint, bucket, distribution=made)), publish(tmp_path, FIRST))
    assert client.list_invalidations(DistributionId=made)["InvalidationList"]["Quantity"] == 1


def test_a_lost_network_is_one_sentence(tmp_path: Path, bucket: Any) -> None:
    lost = target_of(**words("http://127.0.0.1:9", bucket))
    with pytest.raises(DeployError, match="refused: Could not connect") as wrong:
        bring(lost, publish(tmp_path, FIRST))
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("feeds/atom.xml", "application/atom+xml"), ("CNAME", "application/octet-stream"), ("a/b.svg", "image/svg+xml")],
)
def test_each_file_says_what_it_is(path: str, kind: str) -> None:
    assert headers_of(path)["ContentType"] == kind

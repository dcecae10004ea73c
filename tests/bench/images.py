"""How long pictures take: ours beside a naive Pillow loop, and beside sharp, pyvips and Hugo where they are installed.

    make bench-images
    .venv/bin/python tests/bench/images.py [PHOTOS]

Makes photos of 12 megapixels, from one of shared/data/images where that folder is there and else from noise and
gradients, and brings each to four widths in AVIF and JPEG. Prints CPU seconds a photo of whole processes with their
children, the largest memory of a process, and bytes; then how like its original each format is (SSIM of 8 × 8 blocks)
and how many bytes AVIF needs to be as like as JPEG; then what a build with nothing changed costs for 1,000 pictures.
Only ratios say something about another machine.
"""

from __future__ import annotations

import io
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageMath

from rehab.images.make import Way, make_renditions
from rehab.images.plan import Recipe, plan_picture
from rehab.images.read import read_photos
from rehab.images.seen import read_seen, save_seen
from rehab.source.document import Asset

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared/data/images/orientation/Landscape_1.jpg"
SIZE = (4032, 3024)
WIDTHS = (360, 720, 1080, 1440)
RECIPE = Recipe()
WARM = 1000

OURS = """
import sys
from pathlib import Path
from rehab.images.render import render_picture
from rehab.images.plan import Recipe, plan_picture
from rehab.images.read import read_photo
from rehab.source.document import Asset
for name in sys.argv[2:]:
    photo = read_photo(Asset(f"content/{Path(name).name}", Path(name)), toned=True)
    for rendition, data in render_picture(plan_picture(photo, Recipe(speed=int(sys.argv[1])))).items():
        Path(f"{name}-{rendition.width}.{rendition.format}").write_bytes(data)
"""
NAIVE = """
import sys
from PIL import Image, ImageOps
for name in sys.argv[2:]:
    for width in (360, 720, 1080, 1440):
        for form in ("AVIF", "JPEG"):
            image = ImageOps.exif_transpose(Image.open(name))
            image = image.resize((width, width * image.height // image.width), Image.Resampling.LANCZOS)
            more = {"speed": int(sys.argv[1])} if form == "AVIF" else {}
            image.save(f"{name}-{width}.{form.lower()}", form, quality=50 if form == "AVIF" else 77, **more)
"""
SHARP = """
const sharp = require("sharp");
(async () => {
  for (const name of process.argv.slice(3)) {
    const base = sharp(name).rotate();
    for (const width of [360, 720, 1080, 1440]) {
      await base.clone().resize(width).avif({quality: 50, effort: 9 - Number(process.argv[2])})
        .toFile(`${name}-${width}.avif`);
      await base.clone().resize(width).jpeg({quality: 77, progressive: true}).toFile(`${name}-${width}.jpeg`);
    }
  }
})();
"""
PYVIPS = """
import sys
import pyvips
for name in sys.argv[2:]:
    for width in (360, 720, 1080, 1440):
        image = pyvips.Image.thumbnail(name, width)
        image.heifsave(f"{name}-{width}.avif", Q=60, compression="av1", effort=9 - int(sys.argv[1]))
        image.jpegsave(f"{name}-{width}.jpeg", Q=77, interlace=True)
"""
HUGO = """
{{ range resources.Match "photos/*.jpg" }}{{ $photo := . }}{{ range slice 360 720 1080 1440 }}
{{ ($photo.Resize (printf "%dx avif q60" .)).RelPermalink }} {{ ($photo.Resize (printf "%dx jpg q77" .)).RelPermalink }}
{{ end }}{{ end }}
"""


def write_photos(folder: Path, count: int) -> list[Path]:
    """Write photos of 12 megapixels: a real one, enlarged, with the grain of a sensor; or gradients with grain."""
    if REAL.is_file():
        base = Image.open(REAL).convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)
    else:
        shades = [Image.linear_gradient("L").rotate(90 * turn).resize(SIZE) for turn in range(3)]
        base = Image.merge("RGB", shades)
    files = []
    for number in range(count):
        grain = Image.effect_noise(SIZE, 12 + 3 * number).filter(ImageFilter.GaussianBlur(1))
        grained = ImageChops.add(base, Image.merge("RGB", [grain] * 3), 1, -128)
        turned = grained.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number % 2 else grained
        files.append(folder / f"photo{number}.jpg")
        turned.save(files[-1], quality=92)
    return files


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the CPU seconds of a command and its children, and the largest memory of one of them in MB."""
    counter = (
        "import resource, subprocess, sys\n"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "sys.exit(code)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    done = subprocess.run(
        [sys.executable, "-c", counter, *command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        say(f"  failed: {(done.stderr.strip().splitlines() or ['no reason'])[-1]}")
        return float("nan"), float("nan")
    cpu, memory = done.stdout.split()
    return float(cpu), float(memory)


def weigh(folder: Path) -> tuple[float, float]:
    """Return the bytes of all AVIF and of all JPEG files that a run has made, and remove them."""
    sums = []
    for suffix in ("avif", "jpeg"):
        made = list(folder.glob(f"*.jpg-*.{suffix}"))
        sums.append(float(sum(file.stat().st_size for file in made)))
        for file in made:
            file.unlink()
    return sums[0], sums[1]


def contenders(names: list[str], folder: Path) -> dict[str, list[str]]:
    """Return the commands to measure, by name."""
    python = sys.executable
    found = {f"ours, AVIF speed {speed}": [python, "-c", OURS, str(speed), *names] for speed in (9, 6)}
    found["naive Pillow loop, speed 6"] = [python, "-c", NAIVE, "6", *names]
    modules = os.environ.get("NODE_PATH", "")
    if shutil.which("node") and modules and (Path(modules) / "sharp").is_dir():
        (folder / "sharp.cjs").write_text(SHARP, "utf-8")
        found["sharp, effort 3 (speed 6)"] = ["node", "sharp.cjs", "6", *names]
    if find_spec("pyvips"):
        found["pyvips, effort 3 (speed 6)"] = [python, "-c", PYVIPS, "6", *names]
    if shutil.which("hugo"):
        write_hugo(folder, names)
        found["Hugo"] = ["hugo", "--source", "hugo", "--quiet", "--ignoreCache"]
    return found


def write_hugo(folder: Path, names: list[str]) -> None:
    """Write a Hugo site whose one page asks for the same pictures."""
    (folder / "hugo/layouts").mkdir(parents=True)
    (folder / "hugo/hugo.toml").write_text('baseURL = "/"\ndisableKinds = ["taxonomy", "term", "rss"]\n', "utf-8")
    (folder / "hugo/layouts/index.html").write_text(HUGO, "utf-8")
    (folder / "hugo/assets/photos").mkdir(parents=True)
    for name in names:
        shutil.copy(folder / name, folder / "hugo/assets/photos")


def compare_speed(folder: Path, photos: list[Path]) -> None:
    """Print a line for each contender; ratios are to ours at publishing grade."""
    names = [file.name for file in photos]
    rows = {}
    for label, command in contenders(names, folder).items():
        rows[label] = (*measure(command, folder), *weigh(folder))
    ours = rows["ours, AVIF speed 6"][0]
    say(f"{len(photos)} photos of 12 MP to {len(WIDTHS)} widths × AVIF and JPEG, a photo:")
    for label, (cpu, memory, avif, jpeg) in rows.items():
        each = f"{cpu / len(photos):5.2f} CPU s   {cpu / ours:4.2f} x   {memory:4.0f} MB"
        sizes = f"   AVIF {avif / len(photos) / 1000:4.0f} kB, JPEG {jpeg / len(photos) / 1000:4.0f} kB" if avif else ""
        say(f"  {label:28} {each}{sizes}")
    missing = {"sharp", "pyvips", "Hugo"} - {label.partition(",")[0] for label in rows}
    say(f"  not installed here: {', '.join(sorted(missing)) or 'none'}\n")


def ssim(one: Image.Image, other: Image.Image) -> float:
    """Return the mean SSIM of the luma of two pictures over blocks of 8 × 8 (Wang et al. 2004, K1 0.01, K2 0.03)."""
    a, b = (each.convert("L").convert("F") for each in (one, other))

    def mean(image: Image.Image) -> Image.Image:
        return image.reduce(8)

    def times(left: Image.Image, right: Image.Image) -> Image.Image:
        product: Image.Image = ImageMath.lambda_eval(lambda given: given["a"] * given["b"], a=left, b=right)
        return product

    def formula(given: dict[str, Any]) -> Any:
        product = given["ma"] * given["mb"]
        squares = given["ma"] * given["ma"] + given["mb"] * given["mb"]
        likeness = (2 * product + 6.5025) * (2 * (given["ab"] - product) + 58.5225)
        return likeness / ((squares + 6.5025) * (given["aa"] + given["bb"] - squares + 58.5225))

    parts = {"ma": mean(a), "mb": mean(b), "ab": mean(times(a, b)), "aa": mean(times(a, a)), "bb": mean(times(b, b))}
    blocks = ImageMath.lambda_eval(formula, **parts).resize((1, 1), Image.Resampling.BOX)
    value = blocks.getpixel((0, 0))
    return float(value) if isinstance(value, float) else 0.0


def coded(image: Image.Image, form: str, quality: int) -> tuple[int, float]:
    """Return the bytes of a picture in a format, and how like it is to the picture."""
    buffer = io.BytesIO()
    options = (
        {"subsampling": "4:2:0", "optimize": True, "progressive": True}
        if form == "JPEG"
        else {"speed": RECIPE.speed, "subsampling": "4:2:0", "max_threads": 1, "autotiling": False}
    )
    image.save(buffer, form, quality=quality, **options)
    return buffer.getbuffer().nbytes, ssim(image, Image.open(buffer).convert("RGB"))


def size_at(wanted: float, points: list[tuple[int, float]]) -> float:
    """Return the bytes at which a wanted likeness is reached, between points of bytes and likeness that rise."""
    for (small, less), (large, more) in itertools.pairwise(points):
        if less <= wanted <= more:
            return small + (large - small) * (wanted - less) / (more - less)
    return float("nan")


def compare_quality(photos: list[Path]) -> None:
    """Print how like AVIF and JPEG are to their originals, and AVIF's share of the bytes where both are alike."""
    shares = []
    say("quality at 1440 px: SSIM and bytes of our recipe; AVIF's bytes at JPEG's SSIM:")
    for file in photos:
        image = Image.open(file).convert("RGB").resize((1440, 1080), Image.Resampling.LANCZOS)
        jpeg, wanted = coded(image, "JPEG", RECIPE.jpeg)
        avif, reached = coded(image, "AVIF", RECIPE.avif)
        equal = size_at(wanted, [coded(image, "AVIF", quality) for quality in (50, 56, 60, 64, 70)])
        shares.append(equal / jpeg)
        ours = f"JPEG {wanted:.4f} in {jpeg}, AVIF {reached:.4f} in {avif}"
        say(f"  {file.name}: {ours}; as like, AVIF in {equal:.0f}: {equal / jpeg:.2f}")
    say(f"  at equal SSIM AVIF has {statistics.mean(shares):.2f} of JPEG's bytes\n")


def compare_warm(folder: Path) -> None:
    """Print what the pictures' part of a build costs for many pictures when nothing has changed."""
    content, cache, output = (folder / name for name in ("content", "cache", "output"))
    content.mkdir()
    for number in range(WARM):
        colour = (number % 256, number // 256, 90)
        Image.new("RGB", (1440, 1080), colour).save(content / f"photo-{number}.jpg", quality=50)
    assets = [Asset(f"content/{file.name}", file) for file in sorted(content.iterdir())]
    recipe = Recipe(speed=10, widths=WIDTHS)
    for label in ("cold", "warm", "warm", "warm"):
        before = time.process_time()
        seen = read_seen(cache, now_ns=time.time_ns() + 10**10)
        photos, _ = read_photos(assets, {}, seen)
        save_seen(cache, seen)
        pictures = [plan_picture(photo, recipe) for photo in photos.values()]
        made, _ = make_renditions(pictures, output, cache, way=Way(2))
        spent = time.process_time() - before
        say(f"  {label:18} {len(made.files)} files, {made.rendered} made: {spent:.3f} CPU s here")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(count: int) -> None:
    """Measure everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photos = write_photos(folder, count)
        compare_speed(folder, photos)
        compare_quality(photos)
        say(f"{WARM} pictures of 4 widths:")
        compare_warm(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)

"""Whether an alt text is words, or what a camera, a phone or a screen shot called its file.

In: an alt text, and the name of the picture's file. Out: yes or no. The names are tables: what cameras, phones and
programs write, in the languages they write it in. A number after one of them, and nothing but numbers, dates and times
behind that, is a file's name; `Photo 3 of the hill` is words.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from rehab.model.words import IMAGE_SUFFIXES

_PREFIXES = (
    # cameras, phones, messengers
    "_?dsc", "dscn", "dscf", "dcim", "sam", "cimg", "kodak", "gopr", "gh01", "dji", "p10", "imgp", "hpim", "mvc",
    "_?mg", "_?img", "e?img_e?", "fb_img", "pxl", "mvimg", "vid", "mov", "burst", "pano", "received", "signal",
    "whatsapp image", "whatsapp bild", "telegram", "snapchat", "fullsizerender", "cam", "camera", "scan", "scanned",
    # a picture, in the languages of those who keep this kind of blog
    "image", "img", "pic", "pict", "picture", "photo", "bild", "foto", "fotografía", "imagen", "imagem", "immagine",
    "afbeelding", "obraz", "zdjęcie", "kuva", "bilde", "billede", "obrázek", "kép", "görüntü", "изображение", "фото",
    "画像", "写真", "图片", "图像", "照片", "사진", "이미지",
    # a screen shot
    "screen ?shot", "screencapture", "screen ?capture", "bildschirmfoto", "bildschirmaufnahme",
    "capture d['’]écran", "captura de (?:pantalla|tela|ecrã)", "pantallazo", "schermata", "istantanea schermo",
    "schermafbeelding", "schermafdruk", "zrzut ekranu", "skärmavbild", "skjermbilde", "skærmbillede", "näyttökuva",
    "snímek obrazovky", "képernyőfotó", "ekran (?:resmi|görüntüsü)", "снимок экрана", "знімок екрана",
    "スクリーンショット", "截屏", "螢幕截圖", "屏幕截图", "스크린샷",
    # a file that nobody named
    "untitled", "unnamed", "unbenannt", "ohne titel", "sans[- ]titre", "sin título", "sem título", "senza titolo",
    "naamloos", "bez nazwy", "без имени", "無題", "未命名", "download", "attachment", "file", "clipboard",
    "pasted image",
)  # fmt: skip
_WITHOUT_NUMBER = frozenset(
    """untitled unnamed unbenannt naamloos image img picture photo pic bild foto photograph screenshot download
    fullsizerender placeholder thumbnail thumb filename alt 無題 未命名 画像 图片""".split()
) | {"screen shot", "ohne titel", "sans titre", "sin título", "sem título", "senza titolo", "alt text", "bez nazwy"}

_PREFIX = re.compile(rf"(?:{'|'.join(sorted(_PREFIXES, key=len, reverse=True))})")
_BETWEEN = re.compile(r"[\s_.,:;()\[\]{}–—-]+")
_NUMBER = re.compile(r"[a-z]{0,3}\d[\da-z]*|(?:\d+[年月日時分秒]?)+", re.IGNORECASE)
_TIME_WORDS = frozenset(
    """at am pm um à le kl klo o às alle ore a las la de om do o'clock en v в о at copy kopie copie edited hdr burst
    night portrait cover raw wa mp top uhr 上午 下午 午前 午後 오전 오후""".split()  # noqa: RUF001 - these letters are meant
)
_HASH = re.compile(r"(?=[^\s]*\d)[0-9a-f]{12,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COPY = re.compile(r"(?:copy of|kopie von|copie de|copia de|copia di|kopia)\s+")
_BARE = re.compile(r"[\d\s_.:,x()-]+")


def looks_like_file_name(alt: str, src: str = "") -> bool:
    """Return whether an alt text is a file's name: of a camera, a screen shot, a hash, or the picture's own."""
    words = alt.strip().casefold()
    if not words:
        return False
    stem = words.rpartition(".")[0] if words.endswith(IMAGE_SUFFIXES) else words
    if stem != words:
        return True
    return bool(_BARE.fullmatch(words) or _HASH.fullmatch(words)) or _named_by_a_machine(words) or _is_own(words, src)


def _named_by_a_machine(words: str) -> bool:
    words = _COPY.sub("", words)
    plain = " ".join(_BETWEEN.split(words)).strip()
    if plain in _WITHOUT_NUMBER:
        return True
    match = _PREFIX.match(words)
    rest = [each for each in _BETWEEN.split(words[match.end() :]) if each] if match else []
    numbered = any(_NUMBER.fullmatch(each) for each in rest)
    return numbered and all(_NUMBER.fullmatch(each) or each in _TIME_WORDS for each in rest)


def _is_own(words: str, src: str) -> bool:
    """Return whether the words are the file's own name, as only a file is called: `lake-loop`, `trail_2`."""
    stem = PurePosixPath(src).stem.casefold()
    return words == stem and bool(re.search(r"[-_\d]", stem)) and " " not in stem

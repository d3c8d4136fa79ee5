"""The contact sheets: every picture small, on one page to open, and a picture for each part of them."""

import html
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from mnclinic.ui.tokens import Type
from tests.pictures.shots import Shot

THUMB_PX = (320, 180)
GAP_PX = 10
HEAD_PX = 26
PAPER, INK, ALARM = "#e9eef0", "#15242b", "#a61b1b"


def write_sheets(shots: Sequence[Shot], out: Path) -> Path:
    """Write contact.html with all of them, and a picture for each clinic, language and size into `contact/`.

    Returns the page.
    """
    page = out / "contact.html"
    page.write_text(_page(shots), encoding="utf-8")
    folder = out / "contact"
    folder.mkdir(exist_ok=True)
    for part in dict.fromkeys(shot.part for shot in shots):
        _picture([shot for shot in shots if shot.part == part]).save(str(folder / f"{part}.png"))
    return page


def _grid(shots: Sequence[Shot]) -> tuple[list[str], list[str], dict[tuple[str, str], Shot]]:
    pages = list(dict.fromkeys(shot.page for shot in shots))
    looks = list(dict.fromkeys(shot.look for shot in shots))
    return pages, looks, {(shot.page, shot.look): shot for shot in shots}


def _page(shots: Sequence[Shot]) -> str:
    pages, looks, at = _grid(shots)
    lines = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Pages of mnclinic</title>",
        f"<style>body{{font:14px sans-serif;background:{PAPER};color:{INK};margin:24px}}",
        "figure{display:inline-block;margin:0 10px 14px 0;width:320px;vertical-align:top}",
        "img{width:320px;border:1px solid #b3c0c7}",
        f"figcaption{{font-size:12px}}.bad{{color:{ALARM}}}</style>",
        f"<h1>{len(shots)} pictures</h1>",
    ]
    for page in pages:
        lines.append(f"<h2>{html.escape(page)}</h2>")
        for look in looks:
            shot = at.get((page, look))
            if shot is None:
                continue
            found = "<br>".join(html.escape(str(one)) for one in shot.findings)
            lines.append(
                f"<figure><a href='{shot.file.name}'><img loading='lazy' src='{shot.file.name}' "
                f"alt='{html.escape(page)}, {look}'></a><figcaption>{look}"
                f"<div class='bad'>{found}</div></figcaption></figure>"
            )
    return "\n".join(lines) + "</html>\n"


def _picture(shots: Sequence[Shot]) -> QImage:
    pages, looks, at = _grid(shots)
    width, height = THUMB_PX
    whole = QImage(
        GAP_PX + len(looks) * (width + GAP_PX),
        GAP_PX + len(pages) * (height + HEAD_PX + GAP_PX),
        QImage.Format.Format_RGB32,
    )
    whole.fill(QColor(PAPER))
    painter = QPainter(whole)
    font = QFont(Type.FAMILY)
    font.setPixelSize(14)
    painter.setFont(font)
    for row, page in enumerate(pages):
        for column, look in enumerate(looks):
            shot = at.get((page, look))
            if shot is None:
                continue
            x = GAP_PX + column * (width + GAP_PX)
            y = GAP_PX + row * (height + HEAD_PX + GAP_PX)
            painter.setPen(QColor(ALARM if shot.findings else INK))
            head = QRect(x, y, width, HEAD_PX)
            found = f"  ({len(shot.findings)} found)" if shot.findings else ""
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, f"{page} · {look}{found}")
            small = QImage(str(shot.file)).scaled(
                width, height, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawImage(x, y + HEAD_PX, small)
    painter.end()
    return whole

"""Writes the workshop's papers as files: HTML always, PNG and PDF when Chromium is here."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import sync_playwright

_FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Return where Chromium is, or None."""
    usual = Path("/usr/bin/chromium")
    return str(usual) if usual.exists() else shutil.which("chromium")


def write_html(pages: Iterable[tuple[str, str]], folder: Path) -> list[Path]:
    """Write pages, each a file name without its ending and its HTML; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, html in pages:
        path = folder / f"{name}.html"
        path.write_text(html, encoding="utf-8")
        written.append(path)
    return written


def print_pages(files: Iterable[Path], browser_path: str, *, png: bool, pdf: bool) -> list[Path]:
    """Let Chromium make a picture and a PDF beside each HTML file; return what was made.

    Args:
        files: the HTML files.
        browser_path: where Chromium is.
        png: make pictures, three dots to a CSS pixel.
        pdf: make PDFs in the size the page's style asks for.
    """
    made: list[Path] = []
    # Chromium's sandbox refuses to work for root; the pages are our own and load nothing.
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else _FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=flags)
        page = browser.new_page(device_scale_factor=3, viewport={"width": 1280, "height": 960})
        for file in files:
            page.goto(file.resolve().as_uri())
            if png:
                made.append(file.with_suffix(".png"))
                page.locator(".sheet").screenshot(path=str(made[-1]))
            if pdf:
                made.append(file.with_suffix(".pdf"))
                page.pdf(path=str(made[-1]), prefer_css_page_size=True, print_background=True)
        browser.close()
    return made

"""How the HTML report looks: light and dark, on paper, on a telephone, for weak eyes."""

import dataclasses
import json
import struct
import zlib

import pytest

from reports import reportkit as kit

CARDS = {"light": (255, 255, 255), "dark": (28, 32, 36)}
# The ground of a removed line, of an added one, of a marked place, and the bar of the unread block.
PARTS = {
    "light": [(253, 236, 236), (231, 246, 234), (255, 233, 168), (163, 18, 43)],
    "dark": [(67, 32, 42), (28, 59, 40), (92, 74, 16), (255, 138, 155)],
}
CONTRAST = """
const linear = (x) => x / 255 <= .03928 ? x / 255 / 12.92 : ((x / 255 + .055) / 1.055) ** 2.4;
const light = (c) => { const v = c.map(linear);
  return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
const parts = (c) => c.match(/[\\d.]+/g).map(Number);
const ground = (e) => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
const poor = [];
for (const e of document.querySelectorAll("body *")) {
  if (!e.getClientRects().length || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  if (["SCRIPT", "OPTION"].includes(e.tagName)) continue;
  const a = light(parts(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.slice(0, 30), ratio]);
}
return JSON.stringify(poor);
"""


def pixels(png):
    """Width, height and the rows of an RGB or RGBA picture, as the PNG standard has it."""
    at, size, data = 8, None, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        size = struct.unpack(">IIBB", body[:10]) if kind == b"IHDR" else size
        data += body if kind == b"IDAT" else b""
        at += length + 12
    width, height, _, kind = size
    step, raw = {2: 3, 6: 4}[kind], zlib.decompress(data)
    rows, before = [], bytearray(width * step)
    for y in range(height):
        start = y * (width * step + 1)
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * step]), before, step)
        rows.append([tuple(before[x : x + 3]) for x in range(0, len(before), step)])
    return width, height, rows


def _unfiltered(kind, row, above, step):
    for i, value in enumerate(row):
        left, up = row[i - step] if i >= step else 0, above[i]
        corner = above[i - step] if i >= step else 0
        paeth = min((abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner))
        row[i] = (value + (0, left, up, (left + up) // 2, paeth[2])[kind]) % 256
    return row


@pytest.mark.parametrize(
    ("scheme", "page", "ink"), [("light", (252, 252, 251), (29, 33, 37)), ("dark", (21, 24, 27), (230, 232, 234))]
)
def test_a_picture_of_it_is_light_or_dark_as_the_reader_likes(opened, scheme, page, ink):
    """The drawn page has the scheme's ground and ink, red and green of a diff, and a bar for what is unread."""
    browser = opened(kit.SMALL)
    browser.wait("return document.getElementById('shown').textContent", "all 4 shown")
    browser.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    try:
        width, height, rows = pixels(browser.screenshot(900, 1400))
        colours = {}
        for row in rows:
            for pixel in row:
                colours[pixel] = colours.get(pixel, 0) + 1
    finally:
        browser.emulate("Emulation.setEmulatedMedia", features=[])
    assert width >= 880
    assert height >= 1000
    assert max(colours, key=colours.get) in (page, CARDS[scheme])
    assert colours.get(ink, 0) > 100
    for colour in PARTS[scheme]:
        assert colours.get(colour, 0) > 200, colour


def test_it_prints_without_its_filters(opened):
    """On paper the form is gone and the findings are all there."""
    browser = opened(kit.SMALL)
    browser.wait("return document.getElementById('shown').textContent", "all 4 shown")
    browser.emulate("Emulation.setEmulatedMedia", media="print")
    try:
        assert browser.visible("form") == []
        assert len(browser.visible("article h3")) == 4
    finally:
        browser.emulate("Emulation.setEmulatedMedia", media="")


def test_nothing_is_wider_than_a_telephone(opened):
    """On 400 pixels only blocks of code scroll sideways, not the page."""
    text = kit.COMPOSE.replace("3001:3000", "3001:" + "3000" * 50)
    long = dataclasses.replace(
        kit.PORTS, message="x" * 300, subject="y" * 300, place=kit.place(5, 9, 5, 20, "z/" * 150)
    )
    report = dataclasses.replace(kit.SMALL, findings=(*kit.SMALL.findings, long))
    browser = opened(report, read={"compose.yaml": text, long.place.file: text}.get)
    browser.emulate("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=True)
    try:
        assert browser.run("return document.documentElement.scrollWidth") <= 400
        widths = "(e) => [e.scrollWidth > 400, e.clientWidth < 400]"
        scrolled = f"return Array.from(document.querySelectorAll('pre.code'), {widths})"
        assert [True, True] in browser.run(scrolled)
        assert browser.run("return getComputedStyle(document.querySelector('pre')).overflowX") == "auto"
    finally:
        browser.emulate("Emulation.clearDeviceMetricsOverride")


def test_every_text_has_enough_contrast(opened):
    """Every text and its ground differ by 4.5 to 1 at least, in both schemes."""
    browser = opened(kit.SMALL)
    browser.wait("return document.getElementById('shown').textContent", "all 4 shown")
    for scheme in ("light", "dark"):
        browser.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        poor = json.loads(browser.run(CONTRAST))
        assert poor == [], scheme
    browser.emulate("Emulation.setEmulatedMedia", features=[])

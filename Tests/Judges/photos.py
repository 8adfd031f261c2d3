"""Photos, and what pretends to be photos, made with Pillow: a library that shares no code with what reads them."""

import io
import struct
import zipfile
import zlib

from PIL import Image


def picture(width, height, mode="RGB"):
    """Something with edges, colours and noise, as photos have."""
    noise = Image.effect_noise((max(1, width // 8), max(1, height // 8)), 60).resize((width, height))
    grey = Image.linear_gradient("L").resize((width, height))
    round_ = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, grey, round_)).convert(mode)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width=800, height=600, kind="JPEG", **options):
    return encoded(picture(width, height), kind, **options)


def located():
    """EXIF as a phone writes it: where it was, what it is, and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Phone of Ada"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (35.0, 59.0, 38.0), 3: "W", 4: (78.0, 53.0, 55.0)})
    return exif


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, data, depth=8, colour=2):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
    return out.getvalue()


def patched(data, find, offset, value):
    """`data` with bytes replaced `offset` behind the first `find`."""
    place = data.index(find) + offset
    return data[:place] + value + data[place + len(value):]


def sized(jpeg, width, height):
    return patched(jpeg, b"\xff\xc0", 5, struct.pack(">HH", height, width))


def tiff():
    return encoded(picture(400, 400), "TIFF")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" onload="alert(1)"/>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
PHP = b"<?php system($_GET['c']); ?>"


def wrong_files():
    """By name: what must be refused. The names say what they are sent as."""
    jpeg, webp = photo(), photo(kind="WEBP")
    small_png = photo(400, 400, "PNG")
    empty_rows = zlib.compress(bytes(1 + 3 * 7000) * 7000, 9)
    return {
        "nothing at all": b"",
        "one byte": b"\xff",
        "only the mark of a JPEG": b"\xff\xd8\xff",
        "only the mark of a PNG": b"\x89PNG\r\n\x1a\n",
        "only the mark of a WebP": b"RIFF\x04\x00\x00\x00WEBP",
        "HTML called .jpg": HTML,
        "SVG with a script": SVG,
        "SVG behind an XML declaration": b'<?xml version="1.0"?>' + SVG,
        "PHP called .jpg": PHP,
        "a ZIP called .png": zipped(),
        "a PDF": b"%PDF-1.7\n" + jpeg,
        "a GIF": encoded(picture(400, 400), "GIF"),
        "a GIF that is JavaScript": b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)//;",
        "a BMP": encoded(picture(400, 400), "BMP"),
        "a TIFF": tiff(),
        "a HEIC": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400),
        "an ICO": encoded(picture(256, 256), "ICO"),
        "a program": b"\x7fELF" + bytes(2000),
        "HTML in front of a JPEG": HTML + jpeg,
        "a JPEG cut off in the middle": jpeg[: len(jpeg) // 2],
        "a JPEG without its end": jpeg[:-2],
        "a PNG cut off in the middle": small_png[: len(small_png) // 2],
        "a PNG with a broken sum": patched(small_png, b"IDAT", 30, b"\x00\x01\x02\x03"),
        "a WebP cut off in the middle": webp[: len(webp) // 2],
        "a WebP longer than it is": patched(webp, b"RIFF", 4, struct.pack("<I", len(webp) + 1000)),
        "a JPEG of 50,000 × 50,000": sized(jpeg, 50000, 50000),
        "a PNG of 50,000 × 50,000": png(50000, 50000, zlib.compress(bytes(1000))),
        "a PNG that unpacks to 147 MB": png(7000, 7000, empty_rows),
        "a PNG of 2³¹ × 1": png(2**31 - 1, 1, zlib.compress(b"")),
        "a PNG of nothing": png(0, 0, zlib.compress(b"")),
        "a PNG whose data is a ZIP": png(400, 400, zipped()),
        "a PNG whose data ends early": png(400, 400, zlib.compress(bytes(1000))),
        "a JPEG with a scan of noise": jpeg[: jpeg.index(b"\xff\xda")] + b"\xff\xda\x00\x02" + b"\x55" * 4000 + b"\xff\xd9",
        "a photo of 200 × 200": photo(200, 200),
    }


def true_photos():
    """By name: a photo, whatever else was put into the file."""
    jpeg = photo()
    return {
        "a JPEG": jpeg,
        "a progressive JPEG": photo(progressive=True),
        "a grey JPEG": encoded(picture(600, 500, "L"), "JPEG"),
        "a CMYK JPEG": encoded(picture(600, 500, "CMYK"), "JPEG"),
        "a JPEG from a phone, with its place": photo(exif=located()),
        "a JPEG with PHP in its comment": photo(comment=PHP),
        "a JPEG with JavaScript in its comment": photo(comment=b"*/=alert(1)/*"),
        "a JPEG with a ZIP behind its end": jpeg + zipped(),
        "a JPEG with HTML behind its end": jpeg + HTML,
        "a PNG": photo(kind="PNG"),
        "a PNG with a palette": encoded(picture(400, 400).convert("P"), "PNG"),
        "a PNG of 16 bits": encoded(Image.new("I;16", (400, 400), 30000), "PNG"),
        "a transparent PNG": encoded(Image.new("RGBA", (400, 400), (200, 60, 20, 120)), "PNG"),
        "a PNG with PHP in its text": photo(400, 400, "PNG")[:33] + chunk(b"tEXt", b"Comment\0" + PHP)
        + photo(400, 400, "PNG")[33:],
        "a WebP": photo(kind="WEBP"),
        "a WebP without loss": photo(400, 400, "WEBP", lossless=True),
        "a WebP with its place": photo(kind="WEBP", exif=located()),
        "a panorama": photo(4000, 400),
    }


def display_p3():
    """A profile with the primaries of Display P3, as phones embed it: another red than that of screens without it."""

    def fixed(value):
        return struct.pack(">i", round(value * 65536))

    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + fixed(x) + fixed(y) + fixed(z)

    curve = b"para\0\0\0\0\0\3\0\0" + b"".join(map(fixed, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    text = "P3".encode("utf-16-be")
    words = b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(text), 28) + text
    tags = {
        b"desc": words, b"cprt": words, b"wtpt": xyz(0.9642, 1.0, 0.8249), b"rXYZ": xyz(0.51512, 0.2412, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189), b"bXYZ": xyz(0.1571, 0.06657, 0.78407), b"rTRC": curve,
        b"gTRC": curve, b"bTRC": curve,
    }
    place, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        table += name + struct.pack(">II", place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = place + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + xyz(0.9642, 1.0, 0.8249)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body

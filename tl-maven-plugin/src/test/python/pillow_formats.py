#!/usr/bin/python3
"""Writes one small image of every kind of file that the decoder reads, and what Pillow makes of each.

Run with Debian's Python (python3-pil); the output is committed:

    /usr/bin/python3 src/test/python/pillow_formats.py src/test/resources/io/transferlearning/data/image/formats

NAME.EXT is the image, NAME.ppm the pixels that are expected of it: Pillow's convert("RGB") after
ImageOps.exif_transpose. Where Pillow's own answer is not wanted, the script says so and why. What Pillow
cannot write (interlaced and 16-bit PNG, run lengths and bit fields in BMP, YCCK) is put together by hand.
"""
import io
import pathlib
import struct
import sys
import zlib

from PIL import Image, ImageCms, ImageOps

WIDTH, HEIGHT = 22, 14


def picture(width=WIDTH, height=HEIGHT):
    """Smooth colours with one hard edge; no symmetry, so that a turned image shows."""
    image = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            inside = x > width // 2 and y < height // 3
            image.putpixel((x, y), (x * 11 % 256, y * 17 % 256, 30 if inside else 200 - x * 3 - y * 4))
    return image


def alpha(image):
    """The same with an alpha channel from nothing to full."""
    mask = Image.new("L", image.size)
    mask.putdata([(i * 5) % 256 for i in range(image.width * image.height)])
    image = image.copy()
    image.putalpha(mask)
    return image


def encoded(image, format, **options):
    data = io.BytesIO()
    image.save(data, format, **options)
    return data.getvalue()


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


# JPEG ---------------------------------------------------------------------------------------------


def insert(jpeg, marker, payload):
    """A JPEG with one more segment right behind its start."""
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload + jpeg[2:]


def without(jpeg, marker):
    """A JPEG without its segments of a kind."""
    kept, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        kept += b"" if jpeg[at + 1] == marker else jpeg[at:end]
        at = end
    return kept + jpeg[at:]


def adobe(jpeg, transform):
    """A JPEG whose Adobe segment names a transform, in place of any other hint of its colours."""
    jpeg = without(without(jpeg, 0xEE), 0xE0)
    return insert(jpeg, 0xEE, b"Adobe" + struct.pack(">HHHB", 100, 0, 0, transform))


def jpegs(rgb):
    cmyk = Image.merge("CMYK", [*ImageOps.invert(rgb).split(), rgb.convert("L").point(lambda v: v // 3)])
    # Stored are Y, Cb, Cr of the inverted inks, and the inverted black: all of them inverted by Pillow
    # as it writes, so they are inverted before.
    ycc = ImageOps.invert(Image.merge("RGB", cmyk.split()[:3])).convert("YCbCr")
    stored = [band.point(lambda v: 255 - v) for band in ycc.split()]
    ycck = Image.merge("CMYK", [*stored, cmyk.split()[3]])
    yield "jpeg-444.jpg", encoded(rgb, "JPEG", quality=92, subsampling=0)
    yield "jpeg-422.jpg", encoded(rgb, "JPEG", quality=92, subsampling=1)
    yield "jpeg-420.jpg", encoded(rgb, "JPEG", quality=92, subsampling=2)
    yield "jpeg-progressive.jpg", encoded(rgb, "JPEG", quality=92, progressive=True)
    yield "jpeg-grey.jpg", encoded(rgb.convert("L"), "JPEG", quality=92)
    yield "jpeg-cmyk.jpg", encoded(cmyk, "JPEG", quality=95)
    yield "jpeg-cmyk-progressive.jpg", encoded(cmyk, "JPEG", quality=95, progressive=True)
    yield "jpeg-ycck.jpg", adobe(encoded(ycck, "JPEG", quality=95), 2)
    # Inks without Adobe's segment: stored as they are.
    yield "jpeg-cmyk-plain.jpg", without(encoded(cmyk, "JPEG", quality=95), 0xEE)
    yield "jpeg-rgb.jpg", adobe(encoded(rgb, "JPEG", quality=95, subsampling=0), 0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    yield "jpeg-profile.jpg", encoded(rgb, "JPEG", quality=92, icc_profile=profile)
    yield "jpeg-extra-bytes.jpg", encoded(rgb, "JPEG", quality=92) + b"\0\0trailing"
    # Cameras write EXIF first and no JFIF segment.
    yield "jpeg-no-jfif.jpg", without(encoded(rgb, "JPEG", quality=92), 0xE0)
    yield "jpeg-no-jfif-444.jpg", without(encoded(rgb, "JPEG", quality=92, subsampling=0), 0xE0)
    for orientation in range(1, 9):
        yield f"jpeg-exif-{orientation}.jpg", encoded(rgb, "JPEG", quality=92, exif=exif(orientation))
    big = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    yield "jpeg-exif-big-endian.jpg", insert(encoded(rgb, "JPEG", quality=92), 0xE1, big)
    yield "jpeg-exif-nonsense.jpg", encoded(rgb, "JPEG", quality=92, exif=exif(77))
    yield "jpeg-1x1.jpg", encoded(rgb.crop((3, 3, 4, 4)), "JPEG", quality=92)


# PNG ----------------------------------------------------------------------------------------------


def chunk(kind, payload):
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png(width, height, depth, color, passes, extra=b"", interlaced=0):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced)
    rows = b"".join(b"\0" + row for rows in passes for row in rows)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    )


def adam7(rgb):
    for left, top, right, down in [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        yield [
            b"".join(bytes(rgb.getpixel((x, y))) for x in range(left, rgb.width, right))
            for y in range(top, rgb.height, down)
            if left < rgb.width
        ]


def wide(values):
    """16-bit samples whose low bytes are noise."""
    return b"".join(struct.pack(">BB", value, (value * 37 + 91) % 256) for value in values)


def pngs(rgb):
    grey, palette = rgb.convert("L"), rgb.quantize(40)
    yield "png-rgb.png", encoded(rgb, "PNG")
    yield "png-rgba.png", encoded(alpha(rgb), "PNG")
    yield "png-grey.png", encoded(grey, "PNG")
    yield "png-grey-alpha.png", encoded(alpha(grey), "PNG")
    yield "png-1-bit.png", encoded(grey.point(lambda v: 255 * (v > 90)).convert("1"), "PNG")
    yield "png-palette.png", encoded(palette, "PNG")
    yield "png-palette-4-bit.png", encoded(rgb.quantize(13), "PNG")
    yield "png-palette-2-bit.png", encoded(rgb.quantize(4), "PNG")
    yield "png-palette-transparent.png", encoded(palette, "PNG", transparency=3)
    yield "png-palette-alpha.png", encoded(palette, "PNG", transparency=bytes(range(0, 200, 5)))
    yield "png-grey-transparent.png", encoded(grey, "PNG", transparency=100)
    yield "png-rgb-transparent.png", encoded(rgb, "PNG", transparency=rgb.getpixel((2, 2)))
    rows = [bytes(rgb.crop((0, y, rgb.width, y + 1)).tobytes()) for y in range(rgb.height)]
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    yield "png-gamma.png", png(rgb.width, rgb.height, 8, 2, [rows], gamma)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield "png-profile.png", encoded(rgb, "PNG", icc_profile=profile)
    yield "png-interlaced.png", png(rgb.width, rgb.height, 8, 2, adam7(rgb), interlaced=1)
    yield "png-rgb-16-bit.png", png(rgb.width, rgb.height, 16, 2, [[wide(row) for row in rows]])
    with_alpha = alpha(rgb)
    wide_rows = [wide(with_alpha.crop((0, y, rgb.width, y + 1)).tobytes()) for y in range(rgb.height)]
    yield "png-rgba-16-bit.png", png(rgb.width, rgb.height, 16, 6, [wide_rows])
    grey_rows = [wide(grey.crop((0, y, rgb.width, y + 1)).tobytes()) for y in range(rgb.height)]
    yield "png-grey-16-bit.png", png(rgb.width, rgb.height, 16, 0, [grey_rows])
    yield "png-exif-6.png", encoded(rgb, "PNG", exif=exif(6))
    yield "png-animated.png", encoded(rgb, "PNG", save_all=True, append_images=[ImageOps.invert(rgb)])


# BMP and GIF --------------------------------------------------------------------------------------


def bmp(width, height, bits, compression, body, extra=b"", header=40):
    info = struct.pack("<IiiHHIIiiII", header, width, height, 1, bits, compression, len(body), 2835, 2835, 0, 0)
    offset = 14 + len(info) + len(extra)
    return struct.pack("<2sIHHI", b"BM", offset + len(body), 0, 0, offset) + info + extra + body


def padded(row):
    return row + b"\0" * (-len(row) % 4)


def bmps(rgb):
    yield "bmp-24-bit.bmp", encoded(rgb, "BMP")
    yield "bmp-8-bit.bmp", encoded(rgb.quantize(50), "BMP")
    yield "bmp-grey.bmp", encoded(rgb.convert("L"), "BMP")
    yield "bmp-1-bit.bmp", encoded(rgb.convert("L").point(lambda v: 255 * (v > 90)).convert("1"), "BMP")
    yield "bmp-32-bit.bmp", encoded(alpha(rgb), "BMP")
    rows = [[rgb.getpixel((x, y)) for x in range(rgb.width)] for y in range(rgb.height)]
    bgr = [padded(b"".join(struct.pack("BBB", b, g, r) for r, g, b in row)) for row in rows]
    yield "bmp-top-down.bmp", bmp(rgb.width, -rgb.height, 24, 0, b"".join(bgr))
    words = [padded(b"".join(struct.pack("<H", r >> 3 << 10 | g >> 3 << 5 | b >> 3) for r, g, b in row)) for row in rows]
    yield "bmp-555.bmp", bmp(rgb.width, rgb.height, 16, 0, b"".join(reversed(words)))
    words = [padded(b"".join(struct.pack("<H", r >> 3 << 11 | g >> 2 << 5 | b >> 3) for r, g, b in row)) for row in rows]
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    yield "bmp-565.bmp", bmp(rgb.width, rgb.height, 16, 3, b"".join(reversed(words)), masks)
    palette = rgb.quantize(50)
    colors = palette.getpalette()[: 3 * 256]
    colors += [0] * (768 - len(colors))
    table = b"".join(struct.pack("BBBB", colors[i + 2], colors[i + 1], colors[i], 0) for i in range(0, 768, 3))
    runs = b""
    for y in reversed(range(rgb.height)):
        for x in range(rgb.width):
            runs += bytes([1, palette.getpixel((x, y))])
        runs += b"\0\0"
    yield "bmp-run-lengths.bmp", bmp(rgb.width, rgb.height, 8, 1, runs + b"\0\1", table)


def gifs(rgb):
    palette = rgb.quantize(60)
    yield "gif.gif", encoded(palette, "GIF", interlace=0)
    yield "gif-interlaced.gif", encoded(palette, "GIF", interlace=1)
    yield "gif-grey.gif", encoded(rgb.convert("L"), "GIF")
    yield "gif-transparent.gif", encoded(palette, "GIF", transparency=5)
    yield "gif-animated.gif", encoded(palette, "GIF", save_all=True, append_images=[ImageOps.invert(rgb)], duration=80)
    yield "gif-extra-bytes.gif", encoded(palette, "GIF") + b"\0trailing"
    # A first frame that does not fill the screen: the size of the screen is the image's.
    part = bytearray(encoded(palette.crop((0, 0, 9, 6)), "GIF", interlace=0))
    part[6:10] = struct.pack("<HH", WIDTH, HEIGHT)
    at = part.index(b",\0\0\0\0", 13)
    part[at + 1 : at + 5] = struct.pack("<HH", 4, 3)
    yield "gif-part.gif", bytes(part)
    # One that reaches beyond the screen, to the right and below, and one without a screen.
    part[6:10] = struct.pack("<HH", 8, HEIGHT - 6)
    yield "gif-beyond.gif", bytes(part)
    whole = bytearray(encoded(palette, "GIF", interlace=0))
    whole[6:10] = bytes(4)
    yield "gif-no-screen.gif", bytes(whole)


# WebP and TIFF ------------------------------------------------------------------------------------


def animated_webp(size, frames):
    """Frames of (left, top, image) as they are, where Pillow's encoder would choose them itself."""
    def three(value):
        return struct.pack("<I", value)[:3]

    def riff(kind, payload):
        return kind + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)

    # Flags: an animation with alpha.
    chunks = riff(b"VP8X", b"\x12\0\0\0" + three(size[0] - 1) + three(size[1] - 1))
    chunks += riff(b"ANIM", struct.pack("<IH", 0xFF203040, 0))
    for left, top, image in frames:
        place = [three(value) for value in (left // 2, top // 2, image.width - 1, image.height - 1, 90)]
        image_chunk = encoded(image, "WEBP", lossless=True, exact=True)[12:]
        chunks += riff(b"ANMF", b"".join(place) + b"\0" + image_chunk)
    return riff(b"RIFF", b"WEBP" + chunks)


def webps(rgb):
    yield "webp.webp", encoded(rgb, "WEBP", quality=90)
    yield "webp-lossless.webp", encoded(rgb, "WEBP", lossless=True)
    yield "webp-alpha.webp", encoded(alpha(rgb), "WEBP", quality=90, exact=True)
    yield "webp-lossless-alpha.webp", encoded(alpha(rgb), "WEBP", lossless=True, exact=True)
    yield "webp-palette.webp", encoded(rgb.quantize(8).convert("RGB"), "WEBP", lossless=True)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    yield "webp-profile.webp", encoded(rgb, "WEBP", lossless=True, icc_profile=profile)
    yield "webp-exif-6.webp", encoded(rgb, "WEBP", lossless=True, exif=exif(6))
    frames = [ImageOps.invert(rgb), ImageOps.mirror(rgb)]
    yield "webp-animated.webp", encoded(rgb, "WEBP", save_all=True, lossless=True, append_images=frames, duration=90)
    # A first frame that does not fill the canvas.
    part = alpha(rgb).crop((0, 0, 9, 6))
    yield "webp-animated-part.webp", animated_webp(rgb.size, [(4, 2, part), (0, 0, rgb)])


def tiff(image, tags, samples):
    """A TIFF of one strip, of the kinds that Pillow does not write; each tag has shorts."""
    tags = {256: [image.width], 257: [image.height], 273: [8], 279: [len(samples)], **tags}
    tags[278] = [image.height]
    place = 8 + len(samples) + 2 + 12 * len(tags) + 4
    entries, more = b"", b""
    for tag, values in sorted(tags.items()):
        shorts = struct.pack(f"<{len(values)}H", *values)
        entries += struct.pack("<HHI", tag, 3, len(values))
        entries += shorts.ljust(4, b"\0") if len(shorts) <= 4 else struct.pack("<I", place + len(more))
        more += shorts if len(shorts) > 4 else b""
    head = struct.pack("<2sHI", b"II", 42, 8 + len(samples))
    return head + samples + struct.pack("<H", len(tags)) + entries + bytes(4) + more


def samples(bits, meaning, count):
    """Tags: uncompressed, the meaning by TIFF's number, and the number of samples of a pixel."""
    return {258: [bits] * count, 259: [1], 262: [meaning], 277: [count]}


def wide_little(values):
    return b"".join(bytes([(value * 37 + 91) % 256, value]) for value in values)


def tiffs(rgb):
    grey = rgb.convert("L")
    bilevel = grey.point(lambda v: 255 * (v > 90)).convert("1")
    cmyk = Image.merge("CMYK", [*ImageOps.invert(rgb).split(), grey.point(lambda v: v // 3)])
    yield "tiff.tif", encoded(rgb, "TIFF")
    for name in ["tiff_lzw", "tiff_adobe_deflate", "packbits"]:
        yield f"tiff-{name.replace('tiff_', '').replace('_', '-')}.tif", encoded(rgb, "TIFF", compression=name)
    yield "tiff-lzw-predictor.tif", encoded(rgb, "TIFF", compression="tiff_lzw", tiffinfo={317: 2})
    yield "tiff-jpeg.tif", encoded(rgb, "TIFF", compression="jpeg", quality=95)
    yield "tiff-grey.tif", encoded(grey, "TIFF")
    yield "tiff-1-bit.tif", encoded(bilevel, "TIFF")
    yield "tiff-group-4.tif", encoded(bilevel, "TIFF", compression="group4")
    yield "tiff-palette.tif", encoded(rgb.quantize(40), "TIFF")
    yield "tiff-rgba.tif", encoded(alpha(rgb), "TIFF")
    yield "tiff-cmyk.tif", encoded(cmyk, "TIFF")
    yield "tiff-cmyk-16-bit.tif", tiff(rgb, samples(16, 5, 4), wide_little(cmyk.tobytes()))
    # Colours that are multiplied by alpha: as they should be, and larger than alpha allows.
    pixels = list(alpha(rgb).getdata())
    multiplied = b"".join(bytes([r * a // 255, g * a // 255, b * a // 255, a]) for r, g, b, a in pixels)
    loud = b"".join(bytes([r, g * a // 255, b // 2, a]) for r, g, b, a in pixels)
    associated = {338: [1]}
    yield "tiff-multiplied.tif", tiff(rgb, {**samples(8, 2, 4), **associated}, multiplied)
    yield "tiff-multiplied-loud.tif", tiff(rgb, {**samples(8, 2, 4), **associated}, loud)
    yield "tiff-multiplied-16-bit.tif", tiff(rgb, {**samples(16, 2, 4), **associated}, wide_little(multiplied))
    sixteen = Image.frombytes("I;16", rgb.size, b"".join(bytes([(v * 37 + 91) % 256, v]) for v in grey.tobytes()))
    yield "tiff-grey-16-bit.tif", encoded(sixteen, "TIFF")
    pages = io.BytesIO()
    rgb.save(pages, "TIFF", save_all=True, append_images=[ImageOps.invert(rgb)])
    yield "tiff-pages.tif", pages.getvalue()
    yield "tiff-exif-6.tif", encoded(rgb, "TIFF", tiffinfo={274: 6})


# What is expected ---------------------------------------------------------------------------------


def expected(name, data):
    if "grey-16-bit" in name:
        # Pillow clips 16-bit grey at 255, so that nearly everything is white; the high byte is wanted,
        # as Pillow itself takes it of 16-bit colours.
        return picture().convert("L").convert("RGB")
    if name == "tiff-exif-6.tif":
        # Pillow 9.4 turns by EXIF data, but not by TIFF's own tag of the same meaning.
        return picture().transpose(Image.Transpose.ROTATE_270)
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


def main(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rgb = picture()
    for kind in [jpegs, pngs, bmps, gifs, webps, tiffs]:
        for name, data in kind(rgb):
            (folder / name).write_bytes(data)
            try:
                expected(name, data).save(folder / (name.rsplit(".", 1)[0] + ".ppm"))
            except Exception as e:
                print("FAILED", name, repr(e))


if __name__ == "__main__":
    main(sys.argv[1])

"""Rewrites the drawn PNG files with at most 256 colours: scans of paper need no more, and a clone stays small."""
import collections
import struct
import sys
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pixels(png):
    at, body = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", png[at + 8 : at + 18])
        elif kind == b"IDAT":
            body += png[at + 8 : at + 8 + size]
        at += size + 12
    if depth != 8 or colour not in (2, 6):
        return None
    step = 3 if colour == 2 else 4
    raw, rows, before, at = zlib.decompress(body), [], bytearray(width * step), 0
    for _ in range(height):
        way, row = raw[at], bytearray(raw[at + 1 : at + 1 + width * step])
        at += 1 + width * step
        for i in range(width * step):
            a, b, c = (row[i - step] if i >= step else 0), before[i], (before[i - step] if i >= step else 0)
            if way == 4:
                p = a + b - c
                pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
                add = a if pa <= pb and pa <= pc else b if pb <= pc else c
            else:
                add = (0, a, b, (a + b) // 2)[way]
            row[i] = (row[i] + add) & 255
        rows.append([tuple(row[i : i + 3]) for i in range(0, width * step, step)])
        before = row
    return width, height, rows


def shrink(path):
    found = pixels(open(path, "rb").read())
    if found is None:
        return
    width, height, rows = found
    coarse = lambda p: tuple(round(v / 17) * 17 for v in p)
    common = [c for c, _ in collections.Counter(coarse(p) for row in rows for p in row).most_common(64)]
    nearest = {}

    def index(p):
        key = coarse(p)
        if key not in nearest:
            nearest[key] = min(range(len(common)), key=lambda i: sum((a - b) ** 2 for a, b in zip(common[i], key)))
        return nearest[key]

    body = b"".join(b"\0" + bytes(index(p) for p in row) for row in rows)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
    png += chunk(b"PLTE", b"".join(bytes(c) for c in common)) + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b"")
    open(path, "wb").write(png)


for path in sys.argv[1:]:
    shrink(path)

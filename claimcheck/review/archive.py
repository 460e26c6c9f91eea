"""Writes a zip archive anew with some of its parts changed; the others are copied as they are packed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from claimcheck.errors import ExtractError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_UTF_8 = 0x800
_SIZES_FOLLOW = 0x8
_VERSION = 20
# The first day that an archive can tell of: no clock is asked.
_NEW = zipfile.ZipInfo(date_time=(1980, 1, 1, 0, 0, 0))
_FIRST_DAY = (0, 0x21)


class _Part(NamedTuple):
    """A packed part; ``when`` is the time and the date as an archive writes them."""

    info: zipfile.ZipInfo
    flags: int
    method: int
    when: tuple[int, int]
    crc: int
    size: int
    packed: bytes


def rewritten(data: bytes, parts: Mapping[str, bytes], path: str) -> bytes:
    """
    An archive with some parts in the place of those of the same name, or at its end.

    Args:
        data: An archive that can be read.
        parts: What they hold, by their names.
        path: As it is to be shown.

    Raises:
        ExtractError: If what the archive says of its parts cannot be true.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    found = [_changed(info, parts[info.filename]) if info.filename in parts else _copied(data, info) for info in infos]
    if None in found:
        raise ExtractError("the file is a damaged zip archive", where=path, fix="Save it anew.")
    known = {info.filename for info in infos}
    added = [_changed(_named(name), content) for name, content in parts.items() if name not in known]
    return _written([part for part in (*found, *added) if part is not None])


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _NEW.date_time)
    info.flag_bits = 0 if name.isascii() else _UTF_8
    return info


def _changed(info: zipfile.ZipInfo, content: bytes) -> _Part:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(content) + packer.flush()
    return _Part(
        info, info.flag_bits & _UTF_8, zipfile.ZIP_DEFLATED, _FIRST_DAY, zlib.crc32(content), len(content), packed
    )


def _copied(data: bytes, info: zipfile.ZipInfo) -> _Part | None:
    """A part as it is packed; ``None`` if it is not where the archive says."""
    start = info.header_offset + _LOCAL.size
    if start > len(data):
        return None
    sign, _, _, method, *when, _, _, _, name, extra = _LOCAL.unpack_from(data, info.header_offset)
    start += name + extra
    if sign != _LOCAL_SIGN or start + info.compress_size > len(data):
        return None
    packed = data[start : start + info.compress_size]
    flags = info.flag_bits & ~_SIZES_FOLLOW
    return _Part(info, flags, method, (when[0], when[1]), info.CRC, info.file_size, packed)


def _written(parts: list[_Part]) -> bytes:
    out = bytearray()
    index = bytearray()
    for part in parts:
        info = part.info
        name = info.orig_filename.encode("utf-8" if part.flags & _UTF_8 else "cp437")
        common = (part.flags, part.method, *part.when, part.crc, len(part.packed), part.size, len(name), 0)
        made_by = info.create_system << 8 | info.create_version
        index += _CENTRAL.pack(
            _CENTRAL_SIGN, made_by, _VERSION, *common, 0, 0, info.internal_attr, info.external_attr, len(out)
        )
        index += name
        out += _LOCAL.pack(_LOCAL_SIGN, _VERSION, *common) + name + part.packed
    end = _END.pack(_END_SIGN, 0, 0, len(parts), len(parts), len(index), len(out), 0)
    return bytes(out + index + end)

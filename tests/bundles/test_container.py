import io
import zipfile

import pytest

from mnclinic.bundles import container
from mnclinic.bundles.container import NotAContainer, read_container, write_container

MEMBERS = {"b/c.json": b"22", "a.txt": b"hello", "d": b""}
SOUND = write_container(MEMBERS)


def test_any_zip_tool_reads_what_is_written_and_finds_no_fault() -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["a.txt", "b/c.json", "d"]
        info = opened.getinfo("b/c.json")
        assert (info.date_time, info.compress_type, info.flag_bits) == ((1980, 1, 1, 0, 0, 0), 0, 0)
        assert info.external_attr >> 16 == 0o100644
        assert (info.extra, info.comment) == (b"", b"")
        assert opened.read("b/c.json") == b"22"


def test_the_order_of_the_members_given_does_not_matter() -> None:
    assert write_container(dict(reversed(list(MEMBERS.items())))) == SOUND
    assert read_container(SOUND) == (MEMBERS, ())


def test_every_single_flipped_bit_is_found() -> None:
    for position in range(len(SOUND)):
        for bit in range(8):
            spoilt = bytearray(SOUND)
            spoilt[position] ^= 1 << bit
            _, findings = read_container(bytes(spoilt))
            assert findings, (position, bit)


def test_a_changed_byte_of_a_member_names_that_member() -> None:
    for name, content in (("a.txt", b"hello"), ("b/c.json", b"22")):
        spoilt = SOUND.replace(content, content[::-1].upper() if name == "a.txt" else b"23", 1)
        _, findings = read_container(spoilt)
        assert {finding.where for finding in findings} == {name}
        assert "checksum" in findings[0].what


def packed(names: list[str], method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name in names:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            made.writestr(info, b"x" * 20, compress_type=method)
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("names", "where", "what"),
    [
        (["../up.txt"], "../up.txt", "no place"),
        (["a/../../up.txt"], "a/../../up.txt", "no place"),
        (["/abs.txt"], "/abs.txt", "no place"),
        (["C:\\abs.txt"], "no place", "no place"),
        (["a b.txt"], "a b.txt", "no place"),
        (["ä.txt"], "\\xc3\\xa4.txt", "no place"),
        (["a.txt", "a.txt"], "a.txt", "twice"),
        (["A.txt", "a.txt"], "a.txt", "twice"),
        (["b.txt", "a.txt"], "container", "order"),
        (["a" * 201], "a" * 201, "no place"),
    ],
)
def test_bad_names_each_get_their_own_place(names: list[str], where: str, what: str) -> None:
    members, findings = read_container(packed(names))
    said = " ".join(f"{finding.where} {finding.what}" for finding in findings)
    assert where in said
    assert what in said
    assert ".." not in "".join(members)
    assert not any(name.startswith("/") for name in members)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x05\x06" + bytes(17),
        SOUND[:-1],
        SOUND[:40],
        b"x" + SOUND,
        packed(["a.txt"], zipfile.ZIP_DEFLATED),
        b"PK\x03\x04" * 99,
    ],
)
def test_what_is_cut_short_or_packed_otherwise_cannot_be_opened(data: bytes) -> None:
    with pytest.raises(NotAContainer, match=r"bundle.*\."):
        read_container(data)


def test_bytes_behind_the_end_are_named() -> None:
    for tail in (b"x", bytes(500)):
        members, findings = read_container(SOUND + tail)
        assert members == MEMBERS
        assert [finding.where for finding in findings] == ["container"]
    with pytest.raises(NotAContainer):
        read_container(SOUND + SOUND)


def test_more_than_a_bundle_holds_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_BYTES", 10)
    with pytest.raises(NotAContainer, match="larger"):
        read_container(SOUND)
    with pytest.raises(ValueError, match="more"):
        write_container(MEMBERS | {"e": b"0123456789"})


def test_a_name_of_our_own_that_has_no_place_is_a_defect() -> None:
    for name in ("../up", "a//b", "a b", "", "ü", ".hidden"):
        with pytest.raises(ValueError, match="no place"):
            write_container({name: b""})

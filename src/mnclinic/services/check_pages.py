"""Hold the database's pages against their seals, and its trees against themselves.

However much the engine says of one broken page, it is told in one line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mnclinic.errors import StoreUnavailable
from mnclinic.services.check_rows import StoreFinding
from mnclinic.store.engine import FAILED
from mnclinic.store.long_statements import Ask, broken_seals
from mnclinic.store.trouble import OTHER, is_unreadable_disk

NOT_READ = "error reading"
"""How the engine's look at its pages begins to tell that the disk refused one."""
ENGINE_CODE = re.compile(r"error code[ =](\d+)")
DISK_CODE = 10
"""The low byte of every code by which the engine tells of the disk itself (SQLITE_IOERR and kin)."""

AMPLE_CACHE_KB = 131_072
"""While the trees are held against themselves. Rows come in one order and their places in an index in
another, so that with less every second page of an index of a million rows is read and decrypted anew."""

_PAGE = re.compile(r"\bpage (\d+)")
_TREE = re.compile(r"\bTree (\d+)\b")


def tables_by_root(session: Session) -> Mapping[int, str]:
    """The table whose rows or index begin at a page; asked before anything is known to be broken.

    Once the cipher has met a broken page, what it says later is no more to be relied upon.
    """
    roots = text("SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0")
    try:
        return {row.rootpage: row.tbl_name for row in session.execute(roots)}
    except DBAPIError as error:
        if is_unreadable_disk(error):
            raise
        return {}


def sealed_pages(session: Session, tables: Mapping[int, str], ask: Ask) -> Iterator[StoreFinding]:
    """The pages whose seal is broken, looked at over a connection that has met none so far.

    `ask` is called meanwhile, and may raise.

    Raises:
        StoreUnavailable: the disk refused one.
    """
    said = broken_seals(session.connection().engine, ask)
    if any(one.startswith(NOT_READ) for one in said):
        raise _disk_refused(session)
    yield from _summed(said, tables)


def trees(session: Session, tables: Mapping[int, str]) -> Iterator[StoreFinding]:
    """What the engine finds wrong with its trees.

    Raises:
        StoreUnavailable: the disk refused a page.
    """
    with _ample_cache(session):
        said = [str(one) for one in session.execute(text("PRAGMA integrity_check")).scalars() if one != "ok"]
    if any(int(code) & 0xFF == DISK_CODE for one in said for code in ENGINE_CODE.findall(one)):
        raise _disk_refused(session)
    yield from _summed(said, tables)


@contextmanager
def _ample_cache(session: Session) -> Iterator[None]:
    """Room for the pages to which each row of a long log leads back, whichever person it is about."""
    usual = int(session.scalar(text("PRAGMA cache_size")) or 0)
    session.execute(text(f"PRAGMA cache_size=-{AMPLE_CACHE_KB}"))
    try:
        yield
    finally:
        # What is over that is let go at once.
        session.execute(text(f"PRAGMA cache_size={usual}"))


def _summed(said: Sequence[str], tables: Mapping[int, str]) -> Iterator[StoreFinding]:
    """One finding for all pages that are named, and one for what is said of no page."""
    of_pages: dict[int, str] = {}
    others: list[str] = []
    for one in said:
        page = _PAGE.search(one)
        if page is None:
            others.append(one)
        else:
            of_pages.setdefault(int(page[1]), one)
    if of_pages:
        first = min(of_pages)
        tree = _TREE.search(of_pages[first])
        table = tables.get(int(tree[1]) if tree else first)
        where = f"page {first}" if table is None else f"page {first}, table {table}"
        count = len(of_pages)
        what = (
            f"{where}, cannot be read"
            if count == 1
            else f"{count} pages cannot be read: the first is {where}"
        )
        yield StoreFinding("database", what, table=table)
    if others:
        count = len(others)
        what = "its trees are not whole" + ("" if count == 1 else f", in {count} places; the first")
        yield StoreFinding("database", f"{what}: {others[0]}")


def _disk_refused(session: Session) -> StoreUnavailable:
    # Told as a finding, not as a failure, so nobody has noticed that this connection cannot go on.
    session.connection().info[FAILED] = True
    return StoreUnavailable(OTHER)

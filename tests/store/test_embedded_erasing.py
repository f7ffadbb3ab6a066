"""Retracted words leave the embedded store's files."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from snippetsvc.models import Retracted, Revision
from tests.store.embedded import using
from tests.store.samples import a_revision, an_article, info
from tests.store.servers import ask_embedded
from tests.store.users import server_pid
from tests.waiting import eventually


def test_retracted_words_leave_the_files(data_dir: Path) -> None:
    with using(data_dir) as store:
        words = "<p>" + " ".join(f"unspeakable{number}" for number in range(500)) + "</p>"
        number = store.reserve("a-slug")
        article = replace(an_article(number, revisions=0), revisions=(info(1, words),))
        store.save_article(None, article, Revision(number, 1, words))
        two = replace(article, revisions=(*article.revisions, info(2, "<p>Fine.</p>")))
        store.save_article(article, two, Revision(number, 2, "<p>Fine.</p>"))
        store.save_alignment(number, 1, 2, b"unspeakable0 became Fine")
        record = ask_embedded(data_dir, "GET", f"snip:revision:{{{number}}}:1")
        # What a crash in the middle of a rewrite leaves behind.
        leftover = data_dir / "store" / "temp-rewriteaof-1.aof"
        leftover.write_bytes(record)
        os.kill(server_pid(data_dir), signal.SIGKILL)
        assert holding(data_dir, record[20:60]) != []
        retracted = replace(two, revisions=(replace(two.revisions[0], retracted=True), two.revisions[1]))
        assert store.retract(two, retracted, [Retracted(two.number, 1)])
        assert holding(data_dir, record[20:60]) != []
        erasure = store.erase()
        assert erasure.done, erasure.detail
        assert holding(data_dir, record[20:60]) == []
        assert holding(data_dir, b"unspeakable") == []
        assert not leftover.exists()
    with using(data_dir) as store:
        assert store.article(number) == retracted
        assert store.revision(number, 2) == Revision(number, 2, "<p>Fine.</p>")


def holding(data_dir: Path, needle: bytes) -> list[Path]:
    return [path for path in data_dir.rglob("*") if path.is_file() and needle in path.read_bytes()]


def test_erasing_while_the_server_dies(data_dir: Path) -> None:
    with using(data_dir) as store, ThreadPoolExecutor(1) as pool:
        for number in range(200):
            store.save_article(
                None, an_article(number, f"slug-{number}"), a_revision(number, html=str(number) * 10_000)
            )
        # The server takes two seconds for it; started again, it knows nothing of that.
        ask_embedded(data_dir, "CONFIG", "SET", "rdb-key-save-delay", 10_000)
        erasing = pool.submit(store.erase)
        eventually(lambda: ask_embedded(data_dir, "INFO", "persistence")["aof_rewrite_in_progress"], pause=0.001)
        os.kill(server_pid(data_dir), signal.SIGKILL)
        assert erasing.result() is not None
        assert eventually(lambda: store.erase().done)

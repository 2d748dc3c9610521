"""An index whose writers are killed: what it holds is what a small model says, and readers see whole nights.

WIRECOPY_TOOL_KILLS sets how many writers are killed (24)."""

import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

from tool import TOOL, ToolTest, row, story, wirecopy

KILLS = int(os.environ.get("WIRECOPY_TOOL_KILLS", "24"))
READERS = int(os.environ.get("WIRECOPY_TOOL_READERS", "8"))


class IndexKillTest(ToolTest):
    def setUp(self):
        super().setUp()
        self.index = self.folder / "index"

    def create(self):
        self.assert_code(wirecopy("index", "create", self.index, "--model", "none"), 0)

    def stored(self):
        """Generation and number of articles."""
        stats = wirecopy("index", "stats", self.index, "--json")
        self.assert_code(stats, 0)
        told = json.loads(stats.stdout)
        return told["generation"], told["documents"]

    def assert_holds(self, ids):
        """The index is whole and holds these articles and no others."""
        self.assert_code(wirecopy("index", "check", self.index), 0)
        self.assertEqual(self.stored()[1], len(ids))
        arguments = [word for each in sorted(ids) for word in ("--id", each)]
        if ids:
            self.assert_code(wirecopy("query", self.index, "--json", *arguments), 0)

    def next_action(self, chooser, ids, number):
        """A night, a removal or an expiry: its command, its input, the ids after it."""
        kind = chooser.choice(["add", "add", "add", "remove", "expire"])
        if kind == "remove" and ids:
            gone = chooser.sample(sorted(ids), min(len(ids), 4))
            return ["remove", self.index, *gone], b"", ids - set(gone)
        if kind == "expire":
            year = 2000 + chooser.randrange(30)
            left = {each for each in ids if int(each.split("-")[1]) >= year}
            return ["expire", self.index, "--before", f"{year}-01-01T00:00:00Z"], b"", left
        rows, after = "", set(ids)
        for i in range(6):
            year = 2000 + chooser.randrange(30)
            identity = f"n{number}.{i}-{year}"
            words = story(chooser.randrange(40)).split()[chooser.randrange(20):]
            rows += row(identity, " ".join(words), published=f"{year}-06-01T00:00:00Z")
            after.add(identity)
        return ["add", self.index, "-"], rows.encode(), after

    def test_a_killed_writer_leaves_the_night_before_or_after(self):
        self.create()
        chooser = random.Random(11)
        ids, killed, usual = set(), 0, 0.2
        for number in range(20 * KILLS):
            if killed == KILLS:
                break
            command, rows, after = self.next_action(chooser, ids, number)
            begin = time.monotonic()
            writer = subprocess.Popen([TOOL, "index", *map(str, command), "--quiet"], stdin=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL)
            writer.stdin.write(rows)
            writer.stdin.close()
            try:
                code = writer.wait(chooser.random() * 1.2 * usual)
                usual = 0.8 * usual + 0.2 * (time.monotonic() - begin)
            except subprocess.TimeoutExpired:
                writer.send_signal(signal.SIGKILL)
                code = writer.wait()
                killed += code == -signal.SIGKILL
            if code == 0:
                ids = after  # acknowledged: it is there from now on
            else:
                self.assertEqual(code, -signal.SIGKILL)
                found = self.stored()[1]
                self.assertIn(found, (len(ids), len(after)))
                if found == len(after) and after != ids:
                    ids = after
            self.assert_holds(ids)
        self.assertEqual(killed, KILLS, "writers were quicker than the signal")

    def test_readers_see_whole_nights(self):
        self.create()
        passage = story(900).encode()
        rows = lambda night: "".join(row(f"night{night}.{i}", story(900) if i == 0 else story(1000 + 10 * night + i))
                                     for i in range(5))
        problems, stop, answered = [], threading.Event(), [0]
        nights = [0]  # acknowledged so far

        def read():
            while not stop.is_set():
                before = nights[0]
                done = wirecopy("query", self.index, "--json", stdin=passage)
                if done.returncode != 0:
                    problems.append(done.stderr.decode())
                    return
                matches = len(json.loads(done.stdout)["matches"])
                if not before <= matches <= nights[0] + 1:  # one night may be current and not told yet
                    problems.append(f"{matches} matches between nights {before} and {nights[0]}")
                answered[0] += 1

        readers = [threading.Thread(target=read) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for night in range(8):
            self.assert_code(wirecopy("index", "add", self.index, "-", "--quiet", stdin=rows(night).encode()), 0)
            nights[0] = night + 1
        stop.set()
        for reader in readers:
            reader.join()
        self.assertEqual(problems, [])
        self.assertGreater(answered[0], READERS)


if __name__ == "__main__":
    unittest.main()

"""What the tests of the tool share: the tool, made-up articles, a folder for each test."""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = os.environ.get("WIRECOPY", str(ROOT / "build/release/wirecopy"))
WORDS = [a + b + c for a in ("ba", "lor", "men", "tis") for b in ("ka", "ne", "ro", "vul")
         for c in ("d", "m", "nt", "x", "sa", "pe")]


def story(seed, count=120):
    chooser = random.Random(seed)
    return " ".join(chooser.choice(WORDS) for _ in range(count))


def row(identity, text, **fields):
    return json.dumps({"id": identity, "text": text, **fields}, ensure_ascii=False) + "\n"


def wirecopy(*arguments, stdin=b"", **options):
    return subprocess.run([TOOL, *map(str, arguments)], input=stdin, capture_output=True,
                          timeout=120, **options)


class ToolTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="wirecopy-cli-"))
        self.out = self.folder / "out"

    def tearDown(self):
        shutil.rmtree(self.folder)

    def file(self, name, contents):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return path

    def articles(self):
        """Ten stories, each run by three outlets, the third with one word changed."""
        rows = ""
        for i in range(10):
            words = story(i).split()
            rows += row(f"{i}a", " ".join(words), source="Herald", published="2024-05-01T08:00:00Z",
                        title=f"Story {i}")
            rows += row(f"{i}b", " ".join(words).upper(), source="Gazette",
                        published="2024-05-01T09:00:00Z")
            words[60] = "changed"
            rows += row(f"{i}c", " ".join(words), source="Echo", published="2024-05-02")
        return rows

    def dedup(self, *arguments, **options):
        return wirecopy("dedup", "--preset", "corpus", "--out", self.out, *arguments, **options)

    def news(self, *arguments, **options):
        """A run of the default preset."""
        return wirecopy("dedup", "--out", self.out, *arguments, **options)

    def rows_of(self, name):
        return [json.loads(line) for line in (self.out / name).read_text().splitlines()]

    def assert_valid(self):
        check = subprocess.run([sys.executable, ROOT / "tests/cli/validate_schemas.py", self.out],
                               capture_output=True, text=True)
        if check.returncode == 77:
            self.skipTest("python3-jsonschema is not installed")
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def assert_code(self, done, code):
        self.assertEqual(done.returncode, code, done.stderr.decode(errors="replace"))

"""The demo corpus from end to end: what is found, against the truth that was written with it.

Run by ctest with WIRECOPY naming the tool. The digest is golden: it must be the same on every
machine, and changes only with the rules of normalization, shingles, clusters or files. Then say why
in the commit that changes it here.
"""

import csv
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = os.environ.get("WIRECOPY", str(ROOT / "build/tool/wirecopy"))
CORPORA = ROOT / "corpora"
DIGEST = "9d484a8d278718887935afbee696cd79"


def wirecopy(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True, timeout=120,
                          check=True)
    return done.stdout.decode()


class DemoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="wirecopy-demo-")
        cls.out = pathlib.Path(cls.folder.name) / "run"
        cls.summary = cls.dedup(cls.out, CORPORA / "demo-corpus")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def dedup(cls, out, *arguments):
        return json.loads(wirecopy("dedup", "--preset", "corpus", "--quiet", "--json", "--out", out,
                                   *arguments))

    def test_the_corpus_is_what_its_stories_say(self):
        done = subprocess.run([sys.executable, CORPORA / "compose.py", "--check"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_every_copy_is_found_and_nothing_else(self):
        scores = json.loads(wirecopy("evaluate", self.out, "--truth", CORPORA / "truth.jsonl",
                                     "--positive", "identical,near_duplicate", "--json"))
        self.assertGreater(scores["recall"]["whole"], 200)
        self.assertEqual(scores["recall"]["part"], scores["recall"]["whole"], scores)
        self.assertEqual(scores["precision"]["part"], scores["precision"]["whole"], scores)
        self.assertEqual(scores["false_pairs"]["part"], 0, scores)

    def test_every_pair_has_the_jaccard_of_the_truth(self):
        truth = [json.loads(line) for line in (CORPORA / "truth.jsonl").read_text().splitlines()]
        jaccards = {frozenset((row["a"], row["b"])): row["j"] for row in truth}
        for line in (self.out / "pairs.jsonl").read_text().splitlines():
            row = json.loads(line)
            expected = jaccards[frozenset((row["a"], row["b"]))]
            self.assertAlmostEqual(row["jaccard"], expected, 6, row)

    def test_a_story_is_credited_to_the_outlet_that_ran_it_first(self):
        clusters = [json.loads(line)
                    for line in (self.out / "clusters.jsonl").read_text().splitlines()]
        firsts = {m["id"] for c in clusters for m in c["members"] if m["role"] == "first"}
        stories = [json.loads(line)
                   for line in (CORPORA / "truth-stories.jsonl").read_text().splitlines()]
        certain = {story["first"] for story in stories if story["certain"]}
        self.assertGreater(len(certain), 20)
        self.assertEqual(certain - firsts, set())

    def test_bad_rows_cost_one_row_each(self):
        reasons = [json.loads(line)["reason"]
                   for line in (self.out / "rejected.jsonl").read_text().splitlines()]
        self.assertEqual(reasons, ["not_json", "no_text"])
        rows = self.summary["rows"]
        self.assertEqual((rows["repeated"], rows["repaired"]), (1, 1))
        ends = ("kept", "dropped", "rejected", "repeated")
        self.assertEqual(rows["read"], sum(rows[end] for end in ends))

    def test_undo_gives_every_accepted_row_back(self):
        corpus = CORPORA / "demo-corpus"
        with (corpus / "kestrel-valley-gazette.csv").open(newline="") as rows:
            texts = [row["text"] for row in csv.DictReader(rows)]
        undo = subprocess.run([TOOL, "undo", self.out, "--quiet"], capture_output=True, check=True)
        rows = undo.stdout.split(b"\n")[:-1]
        self.assertEqual([json.loads(row)["text"] for row in rows[:len(texts)]], texts)
        names = ("night-1.jsonl", "night-2.jsonl", "northmere-courier.jsonl.gz", "world.jsonl")
        expected = [row for name in names for row in contents(corpus / name).split(b"\n")
                    if row and b"tide-tables" not in row and b"sentinel-0304-gallery" not in row]
        self.assertEqual(rows[len(texts):], expected)

    def test_the_digest_is_the_same_everywhere(self):
        self.assertEqual(self.summary["digest"], DIGEST)
        names = sorted((CORPORA / "demo-corpus").iterdir(), reverse=True)
        for threads in (1, 2, 4):
            again = pathlib.Path(self.folder.name) / f"threads-{threads}"
            summary = self.dedup(again, "--threads", threads, "--memory", "256M", *names)
            self.assertEqual(summary["digest"], DIGEST, threads)


def contents(path):
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


if __name__ == "__main__":
    unittest.main(verbosity=1 if sys.stdout.isatty() else 0)

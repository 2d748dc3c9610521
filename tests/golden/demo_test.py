"""The demo corpus from end to end: what is found, against the truth that was written with it.

Run by ctest with WIRECOPY naming the tool. The digests are golden: they must be the same on every
machine, and change only with the rules of normalization, shingles, verdicts, clusters, lineage or
files. Then say why in the commit that changes them here.
"""

import csv
import gzip
import itertools
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

# What wirecopy gets wrong in the demo corpus. Shorten this when it learns better.
# Four football tables of four outlets share the notice of the league below them, 231 letters of 545.
# As a shared passage that is derived, and few of the numbers and names stand beside the notice.
FORMS_TAKEN_FOR_COPIES = {"echo-0303-league-fourth", "gazette-0303-league-ninth",
                          "observer-0304-league-fifteenth", "courier-0304-league-top"}
# Two paragraphs of the cup final are 42 % of this round-up: by the rule derived, by the truth reuse.
ROUND_UP_TAKEN_FOR_A_COPY = "observer-0305-morning"


def wirecopy(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True, timeout=120,
                          check=True)
    return done.stdout.decode()


def rows_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


class ComposeTest(unittest.TestCase):
    def test_the_corpus_is_what_its_stories_say(self):
        done = subprocess.run([sys.executable, CORPORA / "compose.py", "--check"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


class ReadmeTest(unittest.TestCase):
    def test_the_commands_of_the_readme_print_what_it_shows(self):
        section = (ROOT / "README.md").read_text().split("## Keep an index\n")[1].split("\n## ")[0]
        shown = [line[4:] for line in section.splitlines() if line.startswith("    ")]
        commands = [line[2:] for line in shown if line.startswith(("$ ", "> "))]
        with tempfile.TemporaryDirectory(prefix="wirecopy-readme-") as folder:
            here = pathlib.Path(folder)
            (here / "corpora").symlink_to(CORPORA)
            (here / "wirecopy").symlink_to(os.path.abspath(TOOL))
            done = subprocess.run(["bash", "-e", "-c", "\n".join(commands)], cwd=folder, capture_output=True,
                                  env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
        self.assertEqual(done.returncode, 0, done.stderr)
        printed = "\n" + (done.stdout + done.stderr).decode()
        for line in shown:
            if not line.startswith(("$ ", "> ")):
                self.assertIn("\n" + (line[:-2] if line.endswith(" …") else line + "\n"), printed)


class PresetTest:
    """What holds under every preset; its heirs say which, and by which digest it is known."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="wirecopy-demo-")
        cls.out = pathlib.Path(cls.folder.name) / "run"
        cls.summary = cls.dedup(cls.out, CORPORA / "demo-corpus")
        cls.clusters = rows_of(cls.out / "clusters.jsonl")
        cls.cluster_of = {m["id"]: c["cluster"] for c in cls.clusters for m in c["members"]}
        cls.stories = rows_of(CORPORA / "truth-stories.jsonl")
        cls.truth = rows_of(CORPORA / "truth.jsonl")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def dedup(cls, out, *arguments):
        return json.loads(wirecopy("dedup", "--preset", cls.PRESET, "--quiet", "--json", "--out", out,
                                   *arguments))

    def together(self, a, b):
        return a in self.cluster_of and self.cluster_of[a] == self.cluster_of.get(b)

    def test_a_story_is_credited_to_the_outlet_that_ran_it_first(self):
        firsts = {m["id"] for c in self.clusters for m in c["members"] if m["role"] == "first"}
        certain = {story["first"] for story in self.stories if story["certain"]}
        self.assertGreater(len(certain), 20)
        self.assertEqual(certain - firsts, set())

    def test_every_pair_has_the_jaccard_of_the_truth(self):
        jaccards = {frozenset((row["a"], row["b"])): row["j"] for row in self.truth}
        for row in rows_of(self.out / "pairs.jsonl"):
            expected = jaccards.get(frozenset((row["a"], row["b"])))
            if expected is None:
                self.assertLess(row["jaccard"], 0.15, row)
            else:
                self.assertAlmostEqual(row["jaccard"], expected, 6, row)

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
        self.assertEqual(self.summary["digest"], self.DIGEST)
        names = sorted((CORPORA / "demo-corpus").iterdir(), reverse=True)
        for threads in (1, 2, 4):
            again = pathlib.Path(self.folder.name) / f"threads-{threads}"
            summary = self.dedup(again, "--threads", threads, "--memory", "256M", *names)
            self.assertEqual(summary["digest"], self.DIGEST, threads)


class CorpusTest(PresetTest, unittest.TestCase):
    PRESET = "corpus"
    DIGEST = "ea7a786fdebe8ae9d5d71bcc6d14a4fc"

    def test_every_copy_is_found_and_nothing_else(self):
        scores = json.loads(wirecopy("evaluate", self.out, "--truth", CORPORA / "truth.jsonl",
                                     "--positive", "identical,near_duplicate", "--json"))
        self.assertGreater(scores["recall"]["whole"], 200)
        self.assertEqual(scores["recall"]["part"], scores["recall"]["whole"], scores)
        self.assertEqual(scores["precision"]["part"], scores["precision"]["whole"], scores)
        self.assertEqual(scores["false_pairs"]["part"], 0, scores)


class NewsTest(PresetTest, unittest.TestCase):
    PRESET = "news"
    DIGEST = "d4cbf82e526e10d1e2c7e214e3f93d3e"

    def test_every_story_is_whole_and_alone(self):
        scores = json.loads(wirecopy("evaluate", self.out, "--truth",
                                     CORPORA / "truth-stories.jsonl", "--json"))
        self.assertEqual(scores["clusters"]["ari"]["value"], 1, scores)
        for story in self.stories:
            members = {member["id"] for member in story["members"]}
            found = {m["id"] for c in self.clusters for m in c["members"]
                     if c["cluster"] == self.cluster_of[story["first"]]}
            self.assertEqual(found - {ROUND_UP_TAKEN_FOR_A_COPY}, members, story["story"])

    def test_what_is_no_copy_is_in_no_cluster_with_it(self):
        same_story = {frozenset(pair) for story in self.stories
                      for pair in itertools.combinations([m["id"] for m in story["members"]], 2)}
        wrong = {frozenset((row["a"], row["b"])) for row in self.truth
                 if row["label"] in ("event", "template", "boilerplate", "passage_reuse")
                 and self.together(row["a"], row["b"])} - same_story
        forms = {pair for pair in wrong if pair <= FORMS_TAKEN_FOR_COPIES}
        round_up = {pair for pair in wrong if ROUND_UP_TAKEN_FOR_A_COPY in pair}
        self.assertEqual((len(forms), len(round_up)), (6, 6))
        self.assertEqual(wrong - forms - round_up, set())

    def test_verdicts_are_what_the_truth_says(self):
        allowed = {"identical": {"identical"}, "near_duplicate": {"identical", "near_duplicate"},
                   "abridged": {"abridged", "expanded"}, "derived": {"derived", "expanded", "passage_reuse"},
                   "passage_reuse": {"passage_reuse", "derived"}, "template": {"template_match"},
                   "boilerplate": {"passage_reuse", "boilerplate_only"}, "event": set()}
        labels = {frozenset((row["a"], row["b"])): row["label"] for row in self.truth}
        seen = 0
        for row in rows_of(self.out / "pairs.jsonl"):
            pair = frozenset((row["a"], row["b"]))
            if pair in labels and not pair <= FORMS_TAKEN_FOR_COPIES:
                seen += 1
                self.assertIn(row["verdict"], allowed[labels[pair]], row)
        self.assertGreater(seen, 200)

    def test_every_passage_is_in_both_articles(self):
        texts = self.texts()
        passages = rows_of(self.out / "passages.jsonl")
        self.assertGreater(len(passages), 200)
        for row in passages:
            in_a = texts[row["a"]][row["a_begin"]:row["a_end"]]
            in_b = texts[row["b"]][row["b_begin"]:row["b_end"]]
            self.assertTrue(in_a and in_b, row)
            if row["identity"] == 1:
                self.assertEqual(letters(in_a), letters(in_b), row)

    def test_credits_are_told(self):
        members = {m["id"]: m for c in self.clusters for m in c["members"]}
        self.assertEqual(members["herald-0303-ferry"]["agency"], "CPS")
        self.assertTrue(members["mirror-0304-tarn-hollow-valley"]["credit_removed"])
        self.assertEqual(members["meridian-0304-quake-update"]["role"], "version")

    def texts(self):
        undone = subprocess.run([TOOL, "undo", self.out, "--quiet"], capture_output=True, check=True)
        rows = [json.loads(row) for row in undone.stdout.decode(errors="replace").split("\n")[:-1]]
        return {str(row.get("id")): row["text"] for row in rows}


def letters(text):
    return "".join(c for c in text.casefold() if c.isalnum())


def contents(path):
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


if __name__ == "__main__":
    unittest.main(verbosity=1 if sys.stdout.isatty() else 0)

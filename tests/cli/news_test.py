"""dedup as it is by default: abridged and re-led copies, a Model, windows, clusters."""

import json
import random
import unittest

from tool import ToolTest, row, story, wirecopy


class NewsTest(ToolTest):
    """The default preset."""

    FILES = ["clusters.jsonl", "kept.jsonl", "ledger.jsonl", "model.jsonl", "outlets.csv", "pairs.jsonl",
             "passages.jsonl", "rejected.jsonl", "repeats.jsonl", "summary.json"]

    def wire(self):
        """Three stories of 200 words, each run whole, abridged, and re-led; with an article of its own."""
        rows = ""
        for i in range(3):
            words = story(100 + i, 200).split()
            rows += row(f"{i}-whole", " ".join(words), source="Herald", published="2024-05-01T08:00:00Z",
                        title=f"Story {i}")
            rows += row(f"{i}-short", " ".join(words[:90]), source="Gazette", published="2024-05-02T09:00:00Z")
            rows += row(f"{i}-led", story(200 + i, 60) + " " + " ".join(words[20:150]), source="Echo",
                        published="2024-05-20T09:00:00Z")
        return rows + row("own", story(300, 150), source="Echo", published="2024-05-01")

    def clusters(self):
        return {frozenset(m["id"] for m in c["members"]) for c in self.rows_of("clusters.jsonl")}

    STORIES = {frozenset({f"{i}-whole", f"{i}-short", f"{i}-led"}) for i in range(3)}

    def test_finds_abridged_and_led_copies_and_drops_neither(self):
        done = self.news(self.file("a.jsonl", self.wire()))
        self.assert_code(done, 0)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"10 rows read = 10 kept + 0 dropped + 0 rejected + 0 repeated", done.stderr)
        self.assertEqual(self.clusters(), self.STORIES)
        self.assertEqual(sorted(p.name for p in self.out.iterdir()), self.FILES)
        verdicts = {(r["a"], r["b"]): r["verdict"] for r in self.rows_of("pairs.jsonl")}
        self.assertEqual(verdicts[("0-whole", "0-short")], "abridged")
        self.assertIn(("0-whole", "0-led"), verdicts)
        passages = [r for r in self.rows_of("passages.jsonl") if (r["a"], r["b"]) == ("0-whole", "0-short")]
        self.assertEqual([(r["a_begin"], r["b_begin"], r["identity"]) for r in passages], [(0, 0, 1)])
        self.assertIn("Herald", (self.out / "outlets.csv").read_text())

    def test_files_of_a_run_match_their_schemas(self):
        rows = self.wire() + self.articles() + "{broken\n" + row("0a", story(0)) + "{\"text\":\"\\ud800 x\"}\n"
        self.assert_code(self.news(self.file("a.jsonl", rows)), 0)
        self.assertGreater(len(self.rows_of("passages.jsonl")), 6)
        self.assert_valid()

    def test_undo_gives_the_accepted_rows_back(self):
        rows = self.articles() + self.wire() + row("0a", story(0)) + "{\"text\":\"\\ud800 lone\"}\n"
        self.assert_code(self.news(self.file("a.jsonl", rows + "[]\n")), 0)
        self.assertGreater(len(self.rows_of("ledger.jsonl")), 10)
        done = wirecopy("undo", self.out)
        self.assert_code(done, 0)
        self.assertEqual(done.stdout.decode(), rows)

    def test_threads_order_and_memory_do_not_change_the_findings(self):
        rows = (self.wire() + self.articles()).splitlines(keepends=True)
        digests = set()
        for seed, threads in enumerate((1, 2, 4, 4)):
            random.Random(seed).shuffle(rows)
            half = self.file("in/b.jsonl", "".join(rows[::2]))
            done = self.news("--replace", "--quiet", "--json", "--threads", threads, "--memory", "256M", half,
                             self.file("in/a.jsonl", "".join(rows[1::2])))
            self.assert_code(done, 0)
            digests.add(json.loads(done.stdout)["digest"])
        self.assertEqual(len(digests), 1)

    def test_a_model_is_saved_and_taken_back(self):
        stock = "Read more stories of the Herald at our desk and sign up for the letter that we send at noon daily"
        rows = "".join(row(f"{i}", story(i, 150) + f"\n\n{stock}\n", source="Herald",
                           published=f"2024-05-{i + 1:02}T08:00:00Z") for i in range(12))
        articles, model = self.file("a.jsonl", rows), self.folder / "herald.model"
        self.assert_code(self.news("--save-model", model, articles), 0)
        learned = model.read_bytes()
        self.assertEqual(learned, (self.out / "model.jsonl").read_bytes())
        self.assertGreater(len(learned.splitlines()), 1)
        digest = self.digest()
        self.assert_code(self.news("--replace", "--model", model, articles), 0)
        self.assertEqual(self.digest(), digest)
        self.assertEqual((self.out / "model.jsonl").read_bytes(), learned)
        self.assert_code(self.news("--replace", "--model", "none", articles), 0)
        self.assertEqual(len((self.out / "model.jsonl").read_bytes().splitlines()), 1)
        self.assert_code(self.news("--replace", "--outputs", "summary", "--save-model", model, articles), 0)
        self.assertEqual(model.read_bytes(), learned)

    def test_a_file_that_is_no_model_is_refused_by_name(self):
        articles = self.file("a.jsonl", self.wire())
        done = self.news("--model", articles, articles)
        self.assert_code(done, 4)
        self.assertIn(b"a.jsonl:1", done.stderr)
        self.assert_code(self.news("--model", self.folder / "missing", articles), 1)
        self.assertFalse(self.out.exists())

    def test_a_window_of_days_bounds_what_is_compared(self):
        self.assert_code(self.news("--window", 3, self.file("a.jsonl", self.wire())), 0)
        self.assertEqual(self.clusters(), {frozenset({f"{i}-whole", f"{i}-short"}) for i in range(3)})

    def test_candidates_come_from_bands_or_fingerprints(self):
        articles = self.file("a.jsonl", self.wire())
        self.assert_code(self.news("--candidates", "band", articles), 0)
        self.assertEqual(self.clusters(), set())
        self.assert_code(self.news("--replace", "--candidates", "probe", articles), 0)
        self.assertEqual(self.clusters(), self.STORIES)

    def test_clusters_are_made_as_asked_for(self):
        articles = self.file("a.jsonl", self.wire())
        for how in ("star", "components", "average-link"):
            self.assert_code(self.news("--replace", "--cluster", how, articles), 0)
            self.assertEqual(self.clusters(), self.STORIES, how)
        self.assert_code(self.news("--replace", "--merge-at", 0.9, articles), 0)
        self.assertEqual(self.clusters(), {frozenset({f"{i}-whole", f"{i}-short"}) for i in range(3)})

    def test_thresholds_of_verdicts_can_be_set(self):
        articles = self.file("a.jsonl", self.wire())
        self.assert_code(self.news("--abridged-coverage", 100, "--derived-coverage", 100, articles), 0)
        verdicts = {(r["a"], r["b"]): r["verdict"] for r in self.rows_of("pairs.jsonl")}
        self.assertEqual(verdicts[("0-whole", "0-led")], "passage_reuse")
        self.assert_code(self.news("--replace", "--passage-letters", 1000, articles), 0)
        self.assertEqual({r["b"] for r in self.rows_of("pairs.jsonl")}, {f"{i}-short" for i in range(3)})  # one block

    def test_other_presets_find_the_stories_too(self):
        articles = self.file("a.jsonl", self.wire())
        for preset in ("fast", "broad", "ocr"):
            self.assert_code(self.news("--replace", "--preset", preset, articles), 0)
            self.assertEqual(self.clusters(), self.STORIES, preset)

    def test_no_more_is_lost_than_allowed(self):
        words = story(7, 150).split()
        rows = row("a", " ".join(words), published="2024-05-01") + row(
            "b", " ".join(words + story(8, 30).split()), published="2024-05-02")
        articles = self.file("a.jsonl", rows)
        self.assert_code(self.news(articles), 0)
        dropped = self.rows_of("ledger.jsonl")
        self.assertEqual([r["id"] for r in dropped], ["b"])
        self.assertGreater(dropped[0]["unique_text_lost"], 50)
        self.assert_code(self.news("--replace", "--max-lost", 50, articles), 0)
        self.assertEqual(self.rows_of("ledger.jsonl"), [])

    def test_writes_only_the_outputs_asked_for(self):
        articles = self.file("a.jsonl", self.wire())
        self.assert_code(self.news("--outputs", "passages,outlets", articles), 0)
        self.assertEqual(sorted(p.name for p in self.out.iterdir()), ["outlets.csv", "passages.jsonl"])
        self.assert_code(self.dedup("--replace", articles), 0)
        self.assertEqual(sorted(p.name for p in self.out.iterdir()),
                         sorted(set(self.FILES) - {"passages.jsonl", "repeats.jsonl", "outlets.csv", "model.jsonl"}))

    def test_a_config_file_gives_settings(self):
        config = self.file("w.toml", "[dedup]\nwindow = 3\ncandidates = \"probe\"\n")
        done = wirecopy("--config", config, "dedup", "--out", self.out, self.file("a.jsonl", self.wire()))
        self.assert_code(done, 0)
        self.assertEqual(len(self.clusters()), 3)
        self.assertEqual(json.loads((self.out / "summary.json").read_text())["settings"]["window_seconds"], 259200)

    def test_settings_of_another_preset_are_refused_with_what_to_do(self):
        articles = self.file("a.jsonl", self.wire())
        for setting in ("--threshold=0.9", "--recall=0.9"):
            done = self.news(setting, articles)
            self.assert_code(done, 2)
            self.assertIn(setting.split("=")[0].encode(), done.stderr)
            self.assertIn(b"--preset corpus", done.stderr)
        for setting in ("--candidates=band", "--min-share=0.1", "--window=3", "--model=none", "--near-coverage=90",
                        f"--save-model={self.folder / 'm'}", "--abridged-coverage=80", "--derived-coverage=50",
                        "--passage-letters=100", "--cluster=star", "--merge-at=0.5", "--max-lost=1",
                        "--same-outlet-bias=0.1"):
            done = self.dedup(setting, articles)
            self.assert_code(done, 2)
            self.assertIn(setting.split("=")[0].encode(), done.stderr)
            self.assertIn(b"choose the preset news", done.stderr)
        self.assertFalse(self.out.exists())

    def digest(self):
        return json.loads((self.out / "summary.json").read_text())["digest"]

if __name__ == "__main__":
    unittest.main(verbosity=1)

"""The tool as its users meet it: verbs, exit codes, pipes, signals, files.

Run by ctest with WIRECOPY naming the tool. Needs python3 alone; the schemas are checked where
python3-jsonschema is installed.
"""

import gzip
import json
import os
import pathlib
import random
import signal
import subprocess
import time
import unittest

from tool import ROOT, TOOL, ToolTest, row, story, wirecopy

DATA = pathlib.Path(os.environ.get("WIRECOPY_DATA", ROOT.parent / "shared/data"))
BAD_INPUT = DATA / "badinput"


class DedupTest(ToolTest):
    def test_writes_all_files_and_says_what_it_found(self):
        done = self.dedup(self.file("a.jsonl", self.articles()))
        self.assert_code(done, 0)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"30 rows read = 10 kept + 20 dropped + 0 rejected + 0 repeated", done.stderr)
        self.assertEqual(len(self.rows_of("clusters.jsonl")), 10)
        self.assertEqual({r["id"] for r in self.rows_of("kept.jsonl")}, {f"{i}a" for i in range(10)})
        verdicts = {r["verdict"] for r in self.rows_of("pairs.jsonl")}
        self.assertEqual(verdicts, {"identical", "near_duplicate"})

    def test_files_of_a_run_match_their_schemas(self):
        rows = self.articles() + "{broken\n" + row("0a", story(0)) + "{\"text\":\"\\ud800 x\"}\n"
        self.assert_code(self.dedup(self.file("a.jsonl", rows)), 0)
        self.assert_valid()

    def test_undo_gives_the_accepted_rows_back(self):
        rows = self.articles() + row("0a", story(0)) + "{\"text\":\"\\ud800 lone\"}\n"
        self.assert_code(self.dedup(self.file("a.jsonl", rows + "[]\n")), 0)
        done = wirecopy("undo", self.out)
        self.assert_code(done, 0)
        self.assertEqual(done.stdout.decode(), rows)
        target = self.folder / "back.jsonl"
        self.assert_code(wirecopy("undo", self.out, "--out", target), 0)
        self.assertEqual(target.read_text(), rows)
        self.assert_code(wirecopy("undo", self.out, "--out", target), 1)
        self.assert_code(wirecopy("undo", self.out, "--out", target, "--replace"), 0)

    def test_reads_standard_input_and_compressed_files_alike(self):
        rows = self.articles().encode()
        digests = set()
        for arguments, stdin in ((["-"], rows), (["-"], gzip.compress(rows)),
                                 ([self.file("a.jsonl.gz", gzip.compress(rows))], b""),
                                 ([self.file("a.jsonl", rows)], b"")):
            done = self.dedup("--replace", "--json", *arguments, stdin=stdin)
            self.assert_code(done, 0)
            digests.add(json.loads(done.stdout)["digest"])
        self.assertEqual(len(digests), 1)

    def test_writes_only_the_outputs_asked_for(self):
        self.assert_code(self.dedup("--outputs", "pairs,summary", self.file("a.jsonl", self.articles())), 0)
        self.assertEqual(sorted(p.name for p in self.out.iterdir()), ["pairs.jsonl", "summary.json"])

    def test_does_not_replace_a_former_run_unless_told_to(self):
        articles = self.file("a.jsonl", self.articles())
        self.assert_code(self.dedup(articles), 0)
        before = (self.out / "kept.jsonl").read_bytes()
        done = self.dedup(articles)
        self.assert_code(done, 1)
        self.assertIn(b"--replace", done.stderr)
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), before)
        self.assert_code(self.dedup("--replace", "--outputs", "summary", articles), 0)
        self.assertEqual([p.name for p in self.out.iterdir()], ["summary.json"])

    def test_never_replaces_its_own_input(self):
        self.assert_code(self.dedup(self.file("a.jsonl", self.articles())), 0)
        before = (self.out / "kept.jsonl").read_bytes()
        self.assert_code(self.dedup("--replace", self.out / "kept.jsonl"), 1)
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), before)

    def test_one_bad_record_costs_one_record(self):
        rows = self.articles() + "{\"id\": \"x\", \"text\": 5}\n\x00\n" + "{\"a\":1,\"a\":2,\"text\":\"\"}\n"
        done = self.dedup("--max-bad", 3, self.file("a.jsonl", rows))
        self.assert_code(done, 0)
        reasons = [r["reason"] for r in self.rows_of("rejected.jsonl")]
        self.assertEqual(reasons, ["no_text", "not_json", "duplicate_key"])
        self.assert_code(self.dedup("--replace", "--max-bad", 2, self.folder / "a.jsonl"), 3)
        self.assertEqual(len(self.rows_of("kept.jsonl")), 10)

    def test_a_damaged_archive_keeps_what_came_before_and_exits_with_3(self):
        whole = gzip.compress(self.articles().encode() * 20, mtime=0)
        done = self.dedup(self.file("a.jsonl.gz", whole[: len(whole) // 2]), self.file("b.jsonl", row("z", story(99))))
        self.assert_code(done, 3)
        self.assertGreater(len(self.rows_of("kept.jsonl")), 1)
        damage = [r for r in self.rows_of("rejected.jsonl") if r["reason"] == "archive_damaged"]
        self.assertEqual(len(damage), 1)
        self.assertIn("a.jsonl.gz", damage[0]["input"])

    def test_field_presets_and_overrides(self):
        rows = "".join(json.dumps({"maintext": story(i % 2), "url": f"https://www.x{i}.example/a"}) + "\n"
                       for i in range(4))
        done = self.dedup(self.file("n.jsonl", rows))
        self.assert_code(done, 0)
        self.assertIn(b"news-please", done.stderr)
        self.assertEqual(len(self.rows_of("kept.jsonl")), 2)
        self.assertEqual(self.rows_of("clusters.jsonl")[0]["members"][0]["source"][0], "x")
        rows = "".join(json.dumps({"id": str(i), "body": {"main": story(7)}}) + "\n" for i in range(3))
        self.assert_code(self.dedup("--replace", "--field", "text=body.main", self.file("m.jsonl", rows)), 0)
        self.assertEqual(len(self.rows_of("kept.jsonl")), 1)

    def test_csv_and_text_folders_become_rows(self):
        text = story(3)
        self.file("in/a.csv", f"id,text,source\n1,\"{text}\",Echo\n2,\"{text}\nmore\",Herald\n")
        self.file("in/notes/one.txt", text)
        self.file("in/notes/two.txt", story(4))
        self.assert_code(self.dedup(self.folder / "in"), 0)
        self.assertEqual(len(self.rows_of("kept.jsonl")), 2)
        self.assertEqual(self.rows_of("clusters.jsonl")[0]["size"], 3)

    def test_a_config_file_gives_settings(self):
        config = self.file("w.toml", "[dedup]\npreset = \"corpus\"\nthreshold = 0.99\n")
        done = wirecopy("--config", config, "dedup", "--out", self.out, self.file("a.jsonl", self.articles()))
        self.assert_code(done, 0)
        self.assertEqual(len(self.rows_of("kept.jsonl")), 20)


class WrongUseTest(ToolTest):
    def test_wrong_flags_exit_with_2_and_say_what_was_expected(self):
        articles = self.file("a.jsonl", self.articles())
        for arguments, word in ((["dedup", articles], b"--out"),
                                (["dedup"], b"INPUT"),
                                (["dedup", "--window", "soon", "--out", self.out, articles], b"whole number"),
                                (["dedup", "--candidates", "x", "--out", self.out, articles], b"probe"),
                                (["dedup", "--cluster", "x", "--out", self.out, articles], b"average-link"),
                                (["dedup", "--merge-at", "2", "--out", self.out, articles], b"0.0001 to 1"),
                                (["dedup", "--same-outlet-bias", "x", "--out", self.out, articles], b"-1 to 1"),
                                (["dedup", "--preset", "nope", "--out", self.out, articles], b"corpus"),
                                (["dedup", "--nonsense", articles], b"nonsense"),
                                (["dedup", "--preset", "corpus", "--threshold", "0.1", articles], b"0.2"),
                                (["dedup", "--preset", "corpus", "--threshold", "high", articles], b"number"),
                                (["dedup", "--preset", "corpus", "--memory", "10M", articles], b"256M"),
                                (["dedup", "--preset", "corpus", "--outputs", "everything", "--out", self.out, articles], b"clusters"),
                                (["dedup", "--preset", "corpus", "--keep", "best", "--out", self.out, articles], b"longest"),
                                (["plan", "--threshold", "0.2", "--recall", "0.9999"], b"recall"),
                                ([], b"subcommand"), (["frobnicate"], b"")):
            done = wirecopy(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(word, done.stderr + done.stdout, arguments)
        self.assertFalse(self.out.exists())

    def test_missing_inputs_exit_with_1_and_name_the_path(self):
        done = self.dedup(self.folder / "missing.jsonl")
        self.assert_code(done, 1)
        self.assertIn(b"missing.jsonl", done.stderr)
        self.assertFalse(self.out.exists())
        self.assert_code(wirecopy("undo", self.folder / "missing"), 1)
        self.assert_code(wirecopy("report", self.folder / "missing"), 1)

    def test_an_output_folder_that_cannot_be_written_exits_with_1(self):
        articles = self.file("a.jsonl", self.articles())
        done = wirecopy("dedup", "--preset", "corpus", "--out", "/proc/nowhere", articles)
        self.assert_code(done, 1)
        done = wirecopy("dedup", "--preset", "corpus", "--out", articles, articles)
        self.assert_code(done, 1)

    def test_a_full_disk_exits_with_1_and_leaves_no_file(self):
        articles = self.file("a.jsonl", self.articles() * 200)
        limited = f"ulimit -f 16; exec '{TOOL}' dedup --preset corpus --out '{self.out}' '{articles}'"
        done = subprocess.run(["bash", "-c", "trap '' XFSZ; " + limited], capture_output=True)
        self.assert_code(done, 1)
        self.assertEqual(list(self.out.iterdir()) if self.out.exists() else [], [])

    def test_a_full_standard_output_is_an_error(self):
        self.assert_code(self.news(self.file("a.jsonl", self.articles() * 40)), 0)
        for arguments in (["undo", self.out], ["plan"], ["report", self.out], ["explain", "0a", "0c", self.out],
                          ["explain", "0a", "0c", self.out, "--json"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([TOOL, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 1, arguments)
            self.assertIn(b"standard output", done.stderr)


class ProcessTest(ToolTest):
    def test_a_reader_that_goes_away_ends_undo_quietly(self):
        self.assert_code(self.dedup(self.file("a.jsonl", self.articles() * 300)), 0)
        done = subprocess.run(["bash", "-c", f"set -o pipefail; '{TOOL}' undo '{self.out}' --quiet | head -n 1"],
                              capture_output=True)
        self.assertEqual(done.returncode, 128 + signal.SIGPIPE)
        self.assertEqual(done.stderr, b"")

    def test_interrupting_leaves_no_half_file(self):
        for which, preset in ((signal.SIGINT, "news"), (signal.SIGTERM, "news"), (signal.SIGINT, "corpus")):
            process = subprocess.Popen([TOOL, "dedup", "--preset", preset, "--out", self.out, "-"],
                                       stdin=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdin.write(self.articles().encode())
            process.stdin.flush()
            time.sleep(0.3)
            process.send_signal(which)
            _, stderr = process.communicate(timeout=20)
            self.assertEqual(process.returncode, 128 + which, stderr)
            self.assertFalse(self.out.exists())

    def test_a_closed_standard_input_is_an_empty_input(self):
        self.assert_code(self.dedup("-"), 0)
        self.assertEqual((self.out / "kept.jsonl").read_bytes(), b"")

    def test_no_color_or_progress_goes_into_a_pipe(self):
        done = self.dedup(self.file("a.jsonl", self.articles() * 100))
        self.assertNotIn(b"\x1b", done.stderr)
        self.assertNotIn(b"\r", done.stderr)


class OtherVerbsTest(ToolTest):
    def test_plan_shows_the_curve(self):
        done = wirecopy("plan", "--threshold", 0.5, "--recall", 0.99, "--json")
        self.assert_code(done, 0)
        plan = json.loads(done.stdout)
        self.assertEqual((plan["bands"], plan["rows"]), (35, 3))
        self.assertGreaterEqual(plan["expected_recall"], 0.99)
        self.assertIn(b"13 bands of 7 rows", wirecopy("plan").stdout)

    def test_evaluate_scores_a_run(self):
        self.assert_code(self.dedup(self.file("a.jsonl", self.articles())), 0)
        truth = "".join(json.dumps({"a": f"{i}a", "b": f"{i}{x}", "j": 0.9}) + "\n" for i in range(10) for x in "bc")
        truth += json.dumps({"a": "0a", "b": "1a", "j": 0.85}) + "\n"
        done = wirecopy("evaluate", self.out, "--truth", self.file("truth.jsonl", truth), "--json")
        self.assert_code(done, 0)
        scores = json.loads(done.stdout)
        self.assertEqual((scores["recall"]["part"], scores["recall"]["whole"]), (20, 21))

    def test_evaluate_scores_a_run_by_every_truth_of_a_folder(self):
        base = self.file("base.jsonl", "".join(row(f"b{i}", story(i, 200)) for i in range(60)))
        self.assert_code(wirecopy("generate", base, "--out", self.folder / "gen", "--stories", 20, "--singles", 5,
                                  "--verbatim", 1, "--boilerplate", 0, "--quiet"), 0)
        self.assert_code(self.dedup(self.folder / "gen/articles.jsonl"), 0)
        arguments = ("evaluate", self.out, "--truth", self.folder / "gen", "--bootstrap", 50)
        done = wirecopy(*arguments, "--json")
        self.assert_code(done, 0)
        scores = json.loads(done.stdout)
        self.assertGreater(scores["recall"]["value"], 0.5)
        clusters = scores["clusters"]
        self.assertGreater(clusters["ari"]["value"], 0.5)
        self.assertLessEqual(clusters["ari"]["low"], clusters["ari"]["high"])
        self.assertEqual(clusters["templates_merged"], 0)
        lineage = scores["lineage"]
        self.assertEqual(lineage["copies"], lineage["right"] + lineage["in_story"] + lineage["elsewhere"] +
                         lineage["none"])
        self.assertGreater(lineage["right"], 0)
        self.assertEqual(wirecopy(*arguments, "--json").stdout, done.stdout)
        self.assertEqual([line.rsplit(": ", 1)[1] for line in scores["not_scored"]],
                         ["the run has no passages.jsonl", "the run has no repeats.jsonl"])
        words = wirecopy(*arguments).stdout
        for part in (b"== pairs", b"== clusters", b"== lineage", b"ARI", b"not scored: "):
            self.assertIn(part, words)

    def test_evaluate_names_what_is_missing(self):
        self.assert_code(self.dedup(self.file("a.jsonl", self.articles())), 0)
        passages = self.file("truth.passages.jsonl", "")
        done = wirecopy("evaluate", self.out, "--truth", passages)
        self.assert_code(done, 1)
        self.assertIn(b"passages.jsonl", done.stderr)
        pairs = self.file("pairs.jsonl", json.dumps({"a": "0a", "b": "0b", "label": "copy"}))
        done = wirecopy("evaluate", self.out, "--truth", pairs, "--calibrate")
        self.assert_code(done, 1)
        self.assertIn(b"no pair was aligned", done.stderr)
        self.assert_code(wirecopy("evaluate", self.out), 2)
        self.assert_code(wirecopy("evaluate", self.out, "--truth", pairs, "--holdout", "x=y"), 2)
        self.assert_code(wirecopy("evaluate", self.out, "--truth", pairs, "--calibrate", "--holdout", "x"), 2)

    def test_evaluate_calibrates_on_one_half_and_tests_on_the_other(self):
        chooser = random.Random(1)
        pairs, truth = "", ""
        for i in range(300):
            letters, coverage = chooser.randrange(30, 3000), chooser.random()
            pairs += json.dumps({"a": f"a{i}", "b": f"b{i}", "verdict": "derived", "score": int(coverage * 65536),
                                 "jaccard": coverage / 2, "a_in_b": coverage, "b_in_a": coverage / 2,
                                 "coverage_a": coverage, "coverage_b": coverage / 2, "aligned_a": letters,
                                 "aligned_b": letters, "identity": 0.9}) + "\n"
            truth += json.dumps({"a": f"a{i}", "b": f"b{i}", "label": "copy" if letters > 1000 else "event"}) + "\n"
        run, labels = self.file("run/pairs.jsonl", pairs).parent, self.file("truth.jsonl", truth)
        arguments = ("evaluate", run, "--truth", labels, "--calibrate", "--holdout", f"{run}={labels}")
        done = wirecopy(*arguments, "--json")
        self.assert_code(done, 0)
        tests = json.loads(done.stdout)["calibration"]["tests"]
        self.assertEqual(len(tests), 2)
        self.assertTrue(tests[0]["weights_win"])
        self.assertEqual(tests[1]["positives"]["whole"], 300)
        words = wirecopy(*arguments).stdout
        self.assertIn(b"predicted  observed", words)
        self.assertIn(b"the weights are better", words)

    def test_report_tells_the_stories(self):
        self.assert_code(self.dedup(self.file("a.jsonl", self.articles())), 0)
        done = wirecopy("report", self.out, "--stories", 3)
        self.assert_code(done, 0)
        self.assertIn(b"Story", done.stdout)
        self.assertIn(b"Herald", done.stdout)
        self.assertIn(b"7 more", done.stdout)

    def test_report_tells_what_was_done_to_the_copies(self):
        self.assert_code(self.news(self.file("a.jsonl", self.articles())), 0)
        done = wirecopy("report", self.out)
        self.assert_code(done, 0)
        self.assertIn(b"copies: 1 identical, 1 slightly changed", done.stdout)

    def test_every_setting_is_in_the_help_of_its_verb(self):
        for verb in ("dedup", "explain", "undo", "report", "plan", "evaluate", "generate"):
            done = wirecopy(verb, "--help")
            self.assert_code(done, 0)
        self.assertIn(b"[news]", wirecopy("dedup", "--help").stdout)
        self.assertIn(b"A B INPUT...", wirecopy("explain", "--help").stdout)
        self.assertIn(b"--threshold", wirecopy("dedup", "--help").stdout)
        self.assertIn(b"wirecopy 0", wirecopy("--version").stdout)


@unittest.skipUnless(BAD_INPUT.is_dir(), "the shared hostile inputs are not here")
class HostileFilesTest(ToolTest):
    def test_no_hostile_file_crashes_hangs_or_eats_memory(self):
        names = [p for p in sorted((BAD_INPUT / "bombs/out").iterdir()) if p.suffix in (".gz", ".zst", ".jsonl", ".json")]
        names += sorted((BAD_INPUT / "naughty-strings").glob("*.txt")) + sorted((BAD_INPUT / "utf8tests").glob("*.bin"))
        names += sorted((BAD_INPUT / "utf8-kuhn").glob("*.txt")) + sorted((BAD_INPUT / "zstd-golden").rglob("*.zst"))
        for name, preset in ((name, preset) for name in names for preset in ("news", "corpus")):
            limited = f"ulimit -v 4000000; exec '{TOOL}' dedup --preset {preset} --json --out '{self.out}' --replace '{name}'"
            began = time.monotonic()
            done = subprocess.run(["bash", "-c", limited], capture_output=True, timeout=60)
            self.assertIn(done.returncode, (0, 3), (name, preset, done.stderr))
            self.assertLess(time.monotonic() - began, 30, (name, preset))
            rows = json.loads(done.stdout)["rows"]
            self.assertEqual(rows["read"], rows["kept"] + rows["dropped"] + rows["rejected"] + rows["repeated"], name)


if __name__ == "__main__":
    unittest.main(verbosity=1)

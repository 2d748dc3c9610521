#!/usr/bin/env python3
"""The verbs repeats and clean as a user meets them: pipes, rules, dry runs, the way back.

Run by ctest with WIRECOPY naming the tool.
"""

import gzip
import json
import signal
import subprocess
import unittest

from tool import TOOL, ToolTest, row, story, wirecopy

CAPTION = "Mara Quill, pictured with the lifeboat crew at the harbor wall on Friday evening"
TRAILER = "Read more at harrowherald.example"


class CleanTest(ToolTest):
    def corpus(self):
        """Twenty articles that print a caption twice and a trailer, and copies of half of them."""
        rows = ""
        for i in range(20):
            text = f"{story(i)}.\n{CAPTION} {i}\n{story(100 + i)}.\n{CAPTION} {i}\n{TRAILER}"
            rows += row(f"a{i}", text, source="Herald", published=f"2024-05-{i + 1:02}")
            if i % 2:
                rows += row(f"b{i}", text, source="Echo", published=f"2024-06-{i + 1:02}")
        return self.file("articles.jsonl", rows)

    def clean(self, *arguments, **options):
        return wirecopy("clean", *arguments, "--out", self.out, **options)

    def test_clean_drops_cuts_and_undo_brings_all_back(self):
        articles = self.corpus()
        done = self.clean(articles)
        self.assert_code(done, 0)
        self.assertIn(b"30 rows read = 20 kept + 10 dropped", done.stderr)
        self.assertIn(b"the way back: wirecopy undo", done.stderr)
        self.assert_valid()
        texts = [kept["text"] for kept in self.rows_of("kept.jsonl")]
        self.assertTrue(all(text.count("Mara Quill") == 1 and TRAILER not in text for text in texts))
        self.assertEqual(wirecopy("undo", self.out).stdout, articles.read_bytes())

    def test_undo_brings_back_what_was_done_for_one_reason_or_to_one_article(self):
        self.assert_code(self.clean(self.corpus()), 0)
        rows = wirecopy("undo", self.out, "--reason", "trailer").stdout.decode().splitlines()
        texts = [json.loads(line)["text"] for line in rows]
        self.assertEqual(len(texts), 20)
        self.assertTrue(all(text.count("Mara Quill") == 1 and TRAILER in text for text in texts))
        one = wirecopy("undo", self.out, "--id", "a3").stdout.decode()
        self.assertEqual(one.count(TRAILER), 1)

    def test_a_dry_run_writes_the_ledger_alone(self):
        done = self.clean(self.corpus(), "--dry-run")
        self.assert_code(done, 0)
        self.assertEqual(sorted(path.name for path in self.out.iterdir()), ["ledger.jsonl"])
        self.assertIn(b"would drop 10 copies", done.stderr)
        self.assertIn(b"stand nowhere else", done.stderr)
        actions = [entry["action"] for entry in self.rows_of("ledger.jsonl")]
        self.assertEqual((actions.count("drop"), actions.count("cut")), (10, 20))

    def test_kinds_that_are_never_cut_are_refused(self):
        for kind in ("phrase", "structural", "stock_caption", "nonsense"):
            done = self.clean(self.corpus(), "--cut", kind)
            self.assert_code(done, 2)
            self.assertIn(kind.encode(), done.stderr)
        self.assertFalse(self.out.exists())

    def test_clean_needs_an_input_or_stream(self):
        done = self.clean()
        self.assert_code(done, 2)
        self.assertIn(b"--stream", done.stderr)

    def test_a_stream_is_cleaned_within_its_window_with_the_way_back(self):
        articles = self.corpus()
        done = wirecopy("clean", "--stream", "--out", self.out, stdin=articles.read_bytes())
        self.assert_code(done, 0)
        kept = done.stdout.decode()
        self.assertEqual(len(kept.splitlines()), 20)
        self.assertNotIn(TRAILER, kept)
        (self.out / "kept.jsonl").write_text(kept)
        self.assert_valid()
        self.assertEqual(wirecopy("undo", self.out).stdout.splitlines(),
                         articles.read_bytes().splitlines())
        again = wirecopy("clean", "--stream", stdin=kept.encode())
        self.assertEqual(again.stdout.decode(), kept)

    def test_copies_outside_the_window_stay(self):
        rows = "".join(row(str(i), story(i)) for i in range(50)) + row("copy", story(0))
        near = wirecopy("clean", "--stream", "--window-rows", 100, "--quiet", stdin=rows.encode())
        self.assertEqual(len(near.stdout.splitlines()), 50)
        far = wirecopy("clean", "--stream", "--window-rows", 5, "--quiet", stdin=rows.encode())
        self.assertEqual(len(far.stdout.splitlines()), 51)

    def test_a_stream_of_gzip_and_of_nothing(self):
        rows = row("a", story(1)) + "not json\n" + row("b", story(1))
        done = wirecopy("clean", "--stream", stdin=gzip.compress(rows.encode()))
        self.assert_code(done, 0)
        self.assertEqual(done.stdout.decode(), row("a", story(1)))
        self.assertIn(b"1 rejected", done.stderr)
        self.assert_code(wirecopy("clean", "--stream", "--max-bad", 0, stdin=rows.encode()), 3)
        empty = wirecopy("clean", "--stream")
        self.assert_code(empty, 0)
        self.assertEqual(empty.stdout, b"")

    def test_a_reader_that_goes_away_ends_the_stream_quietly_and_leaves_nothing_behind(self):
        rows = "".join(row(str(i), story(i)) for i in range(3000)).encode()
        with subprocess.Popen([TOOL, "clean", "--stream", "--out", self.out], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            try:
                process.stdin.write(rows)
                process.stdin.close()
            except BrokenPipeError:
                pass
            errors = process.stderr.read()
            self.assertEqual(process.wait(), 128 + signal.SIGPIPE)
        self.assertEqual(errors, b"wirecopy: -: fields as in wirecopy (id, text)\n")
        self.assertFalse(self.out.exists())

    def test_settings_of_a_whole_run_are_refused_with_stream(self):
        for setting in (("--keep", "longest"), ("--preset", "news"), ("--dry-run",)):
            self.assert_code(wirecopy("clean", "--stream", *setting), 2)


class RepeatsTest(ToolTest):
    def test_one_plain_text_from_standard_input(self):
        text = f"{story(1)}.\n{CAPTION}\n{story(2)}.\n{CAPTION}\n{TRAILER}\n"
        done = wirecopy("repeats", "--format", "txt", "-", "--json", "--quiet", stdin=text.encode())
        self.assert_code(done, 0)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([(one["kind"], one["text"]) for one in found],
                         [("caption_exact", CAPTION), ("trailer", TRAILER)])
        begin, end = found[0]["first"]
        self.assertEqual(text[begin:end], CAPTION)

    def test_words_name_kind_place_and_text(self):
        text = f"{story(1)}.\n{CAPTION}\n{story(2)}.\n{CAPTION}\n"
        done = wirecopy("repeats", self.file("article.txt", text))
        self.assert_code(done, 0)
        self.assertIn(b"caption_exact", done.stdout)
        self.assertIn(CAPTION.encode(), done.stdout)
        self.assertIn(b"1 article read, 1 says something twice: 1 caption_exact", done.stderr)

    def outlet(self):
        stock = "Sign our open letter to the council about the ferry and its future"
        return stock, self.file("outlet.jsonl", "".join(
            row(str(i), f"{story(i)}.\n{stock}", source="Herald", published=f"2024-05-{i + 1:02}")
            for i in range(9)))

    def test_rules_are_exported_reviewed_and_applied(self):
        stock, articles = self.outlet()
        rules = self.folder / "rules.tsv"
        self.assert_code(wirecopy("repeats", articles, "--export-rules", rules, "--quiet"), 0)
        lines = rules.read_text().splitlines()
        self.assertEqual(lines[0], "source\tkind\tarticles\tfirst_seen\tlast_seen\ttext")
        self.assertEqual(lines[1], f"Herald\tboilerplate\t9\t2024-05-01\t2024-05-09\t{stock}")
        one = self.file("one.jsonl", row("x", f"{story(77)}.\n{stock}", source="Herald"))
        done = wirecopy("clean", one, "--rules", rules, "--cut", "boilerplate", "--out", self.out)
        self.assert_code(done, 0)
        self.assertEqual(self.rows_of("kept.jsonl")[0]["text"], f"{story(77)}.")
        self.assert_code(wirecopy("repeats", articles, "--export-rules", rules), 1)  # not replaced

    def test_a_rules_file_that_is_wrong_is_named_with_its_line(self):
        _, articles = self.outlet()
        header = "source\tkind\tarticles\tfirst_seen\tlast_seen\ttext\n"
        for contents, place in (("a\tb\n", ":1"), (header + "Herald\tboilerplate\n", ":2"),
                                (header + "# note\nHerald\tcaption\t\t\t\ttext\n", ":3"),
                                (header + "Herald\tboilerplate\t\t\t\t...\n", ":2")):
            rules = self.file("rules.tsv", contents)
            done = wirecopy("repeats", articles, "--rules", rules)
            self.assert_code(done, 1)
            self.assertIn(f"rules.tsv{place}".encode(), done.stderr)


if __name__ == "__main__":
    unittest.main()

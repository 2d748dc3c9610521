"""An index: made, added to every night, asked, mended and gone back with, as a user does by hand."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

from tool import TOOL, ToolTest, row, story, wirecopy

CAPTION = "Rescuers carry lorvul sandbags past the old harbor gate of Tiskavia at dawn on Monday"
ZSTD = b"\x28\xb5\x2f\xfd"
RARE = "zyxquorblat"


class IndexTest(ToolTest):
    def setUp(self):
        super().setUp()
        self.index = self.folder / "index"
        words = [story(100 + i, 200).split() for i in range(3)]
        self.passage = " ".join(words[0][30:60])
        monday = "".join(row(f"{i}-whole", " ".join(words[i]), source="Herald", published="2024-05-01T08:00:00Z",
                             title=f"Story {i}") for i in range(3))
        monday += row("own", f"{RARE} {story(300, 150)}\n\n{CAPTION}\n\n{story(301, 50)}", source="Echo",
                      published="2024-05-01")
        tuesday = "".join(row(f"{i}-short", " ".join(words[i][:90]), source="Gazette",
                              published="2024-05-02T09:00:00Z") for i in range(2))
        tuesday += "".join(row(f"{i}-led", story(200 + i, 60) + " " + " ".join(words[i][20:150]), source="Echo",
                               published="2024-05-20T09:00:00Z") for i in range(3))
        tuesday += row("2-same", " ".join(words[2]), source="Post", published="2024-05-03T09:00:00Z")
        self.monday, self.tuesday = self.file("monday.jsonl", monday), self.file("tuesday.jsonl", tuesday)
        self.both = self.file("both.jsonl", monday + tuesday)

    def run_ok(self, *arguments, code=0, **options):
        done = wirecopy(*arguments, **options)
        self.assert_code(done, code)
        return done

    def create(self, *arguments):
        self.run_ok("index", "create", self.index, *arguments)

    def add(self, *arguments, code=0, **options):
        return self.run_ok("index", "add", self.index, *arguments, code=code, **options)

    def two_nights(self):
        self.create()
        self.add(self.monday)
        self.add(self.tuesday)

    def query(self, *arguments, code=0, **options):
        return self.run_ok("query", self.index, *arguments, code=code, **options).stdout.decode()

    def found(self, *arguments, **options):
        return [m["id"] for m in json.loads(self.query("--json", *arguments, **options))["matches"]]

    def stats(self):
        return json.loads(self.run_ok("index", "stats", self.index, "--json").stdout)

    def state(self):
        """All files with their bytes, but the one that tells the writer."""
        return {p.relative_to(self.index): p.read_bytes() for p in self.index.rglob("*")
                if p.is_file() and p.name != "LOCK"}

    def all_bytes(self):
        """What lies in all files, also in their compressed blocks: (name, bytes)."""
        if shutil.which("zstd") is None:
            self.skipTest("zstd is not installed")
        for name, data in self.state().items():
            yield name, data
            place = data.find(ZSTD)
            while place >= 0:
                # What stands behind the block is none, of which zstd complains; the block is out by then.
                yield name, subprocess.run(["zstd", "-dcq"], input=data[place:], capture_output=True).stdout
                place = data.find(ZSTD, place + 1)

    def left_over(self):
        known = {"index.json", "key", "CURRENT", "LOCK", "generations"}
        return {p.name for p in self.index.iterdir()} - known

    # Nights

    def clusters_after(self, nights):
        """Members by cluster, as nobody but a reader of changes.jsonl knows them."""
        clusters = {}
        for changes in nights:
            for line in changes.read_text().splitlines():
                change = json.loads(line)
                if change["event"] in ("merged_into", "retired"):
                    clusters.pop(change["cluster"])
                elif change["event"] == "grew":
                    clusters[change["cluster"]] |= set(change["members"])
                elif change["event"] == "shrank":
                    clusters[change["cluster"]] -= set(change["members"])
                else:
                    clusters[change["cluster"]] = set(change["members"])
        return {frozenset(members) for members in clusters.values()}

    def test_two_nights_give_the_clusters_of_one_run_under_the_same_key_and_model(self):
        key = self.file("key", "00112233445566778899aabbccddeeff\n")
        self.run_ok("dedup", self.both, "--key-file", key, "--out", self.out)
        at_once = {frozenset(m["id"] for m in c["members"]) for c in self.rows_of("clusters.jsonl")}
        self.create("--key-file", key, "--model", self.out / "model.jsonl")
        nights = [self.folder / "1", self.folder / "2"]
        for night, rows in zip(nights, (self.monday, self.tuesday)):
            self.add(rows, "--out", night)
        self.assertEqual(len(at_once), 3)
        self.assertEqual(self.clusters_after([n / "changes.jsonl" for n in nights]), at_once)

    def test_the_same_night_again_changes_nothing_and_makes_no_generation(self):
        self.two_nights()
        before = self.state()
        done = self.add(self.tuesday)
        self.assertIn(b"6 known already; generation 2 holds 10 articles", done.stderr)
        self.assertEqual(self.state(), before)
        self.assertEqual(self.left_over(), set())

    def test_a_night_writes_files_that_match_their_schemas(self):
        self.create()
        self.add(self.monday)
        self.add(self.tuesday, "--out", self.out)
        events = [r["event"] for r in self.rows_of("changes.jsonl")]
        self.assertEqual(events, ["new"] * 3)
        self.assert_valid()
        self.run_ok("index", "remove", self.index, "0-led", "1-led", "1-short", "--out", self.out, "--replace")
        self.assertEqual(sorted(r["event"] for r in self.rows_of("changes.jsonl")), ["retired", "shrank"])
        self.assert_valid()

    def test_a_changed_text_under_a_known_id_is_a_new_version(self):
        self.two_nights()
        done = self.add("-", stdin=row("own", story(999, 80)).encode())
        self.assertIn(b"1 new version", done.stderr)
        self.assertEqual(self.stats()["documents"], 10)
        self.assertEqual(self.found("-", stdin=story(300, 150).encode()), [])

    def test_rows_without_an_id_are_rejected_unless_their_text_is_to_name_them(self):
        self.create()
        rows = self.file("r.jsonl", json.dumps({"text": story(7)}) + "\n")
        done = self.add(rows, "--out", self.out)
        self.assertIn(b"1 rejected", done.stderr)
        self.assertEqual([r["reason"] for r in self.rows_of("rejected.jsonl")], ["no_id"])
        self.add(rows, "--max-bad", 0, code=3)
        self.add(rows, "--id", "from-text")
        self.assertIn(b"1 known already", self.add(rows, "--id", "from-text").stderr)
        self.assertIn(b"from-text", self.add(rows, "--id", "7", code=2).stderr)

    # Queries

    def test_a_pasted_passage_is_found_in_every_copy(self):
        self.two_nights()
        words = self.query(stdin=self.passage.encode())
        for identity in ("0-whole", "0-short", "0-led"):
            self.assertIn(f"{identity}  ", words)
        self.assertIn(">> " + self.passage + " <<", words)
        self.assertIn("100 % of the text", words)
        file = self.file("asked.txt", self.passage)
        self.assertEqual(self.query(file), words)
        self.assertEqual(self.query("-", stdin=self.passage.encode()), words)

    def test_a_caption_is_found_as_a_whole(self):
        self.two_nights()
        self.assertEqual(self.found(stdin=CAPTION.encode()), ["own"])

    def test_a_text_that_ran_nowhere_says_so(self):
        self.two_nights()
        self.assertEqual(self.query(stdin=story(5000).encode()), "no article here has it\n")
        self.assertIn("of so short a text", self.query(stdin=b"two words"))

    def test_a_stored_article_is_asked_for_by_its_id(self):
        self.two_nights()
        self.assertEqual(self.found("--id", "0-short"), ["0-whole", "0-led"])
        done = self.run_ok("query", self.index, "--id", "nobody", code=1)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"'nobody'", done.stderr)

    def test_many_queries_are_answered_in_order(self):
        self.two_nights()
        asked = [row(f"q{i}", story(100 + i % 3, 200)[:500]) for i in range(40)]
        lines = self.query("--json", "--queries", self.file("q.jsonl", "".join(asked))).splitlines()
        self.assertEqual([json.loads(line)["query"]["id"] for line in lines], [f"q{i}" for i in range(40)])
        self.assertTrue(all(f"{i % 3}-whole" in {m["id"] for m in json.loads(line)["matches"]}
                            for i, line in enumerate(lines)))

    def test_filters_leave_matches_out(self):
        self.two_nights()
        asked = {"stdin": self.passage.encode()}
        every = ["0-whole", "0-short", "0-led"]
        self.assertEqual(self.found(**asked), every)
        for arguments, ids in ((("--sources", "Echo,Gazette"), every[1:]), (("--until", "2024-05-02"), every[:2]),
                               (("--from", "2024-05-03"), every[2:]), (("--limit", 1), every[:1]),
                               (("--source", "Echo", "--same-outlet", "exclude"), every[:2]),
                               (("--source", "Echo", "--same-outlet", "only"), every[2:]),
                               (("--verdict", "template_match"), []), (("--min-coverage", 1), every)):
            with self.subTest(arguments):
                self.assertEqual(self.found(*arguments, **asked), ids)

    def test_json_has_all_keys_and_spans_that_cut_out_the_text(self):
        self.two_nights()
        told = json.loads(self.query("--json", stdin=self.passage.encode()))
        self.assertEqual(list(told), ["query", "matches", "truncated", "model"])
        self.assertEqual(list(told["matches"][0]), ["id", "source", "published", "title", "url", "verdict", "score",
                                                    "coverage_query", "coverage_match", "passages"])
        for match in told["matches"]:
            for passage in match["passages"]:
                self.assertEqual(self.passage[passage["query_begin"]:passage["query_end"]], passage["text"])

    def test_a_match_fails_a_script_that_asked_for_it(self):
        self.two_nights()
        self.query("--fail-on-match", stdin=self.passage.encode(), code=1)
        self.query("--fail-on-match", stdin=story(5000).encode())

    def test_wrong_use_exits_with_2_and_says_what_was_expected(self):
        self.two_nights()
        for arguments, word in ((["--limit", 0], "1 to 1000000"), (["--from", "soon"], "a date such as"),
                                (["--verdict", "copy"], "there is no verdict 'copy'"),
                                (["--same-outlet", "maybe"], "include, only or exclude"),
                                (["--same-outlet", "only"], "--source NAME"),
                                (["--id", "own", "--queries", self.monday], "ask one thing"), (["--huh"], "--huh")):
            with self.subTest(arguments):
                done = wirecopy("query", self.index, *arguments, stdin=self.passage.encode())
                self.assert_code(done, 2)
                self.assertIn(word, done.stderr.decode())
        self.assertIn(b"there is no text", self.run_ok("query", self.index, code=2).stderr)
        for arguments, word in ((["rollback", self.index], "--to N"), (["rollback", self.index, "--to", 9], "are: 1, 2"),
                                (["expire", self.index], "--before 2020-01-01"), (["remove", self.index], "--ids FILE"),
                                (["create", self.folder / "c", "--preset", "corpus"], "corpus"), ([], "subcommand")):
            self.assertIn(word, self.run_ok("index", *arguments, code=2).stderr.decode())

    def test_no_index_is_made_where_there_is_none_by_any_verb_but_create(self):
        for arguments in (["index", "add", self.index, self.monday], ["index", "remove", self.index, "a"],
                          ["index", "check", self.index], ["index", "stats", self.index],
                          ["query", self.index, self.monday]):
            self.assertIn(b"there is no index in", self.run_ok(*arguments, code=1).stderr)
        self.assertFalse(self.index.exists())
        self.create()
        self.assertIn(b"already", self.run_ok("index", "create", self.index, code=1).stderr)

    def test_an_empty_index_answers_that_it_has_nothing(self):
        self.create()
        self.assertIn("no article here", self.query(stdin=self.passage.encode()))
        self.add(self.file("none.jsonl", ""))
        self.assertEqual((self.stats()["generation"], self.stats()["documents"]), (0, 0))
        self.assertIn(b"holds nothing", self.run_ok("index", "check", self.index).stdout)

    # Taking out and going back

    def test_what_is_removed_or_expired_is_found_no_more_and_comes_back_with_rollback(self):
        self.two_nights()
        done = self.run_ok("index", "remove", self.index, "0-led", "nobody\x1b[2J")
        self.assertIn(b"1 taken out, 1 shrank; generation 3 holds 9 articles", done.stderr)
        self.assertIn(b"not in the index: nobody\\u{1b}", done.stderr)
        self.assertNotIn("0-led", self.found(stdin=self.passage.encode()))
        done = self.run_ok("index", "expire", self.index, "--before", "2024-05-10")
        self.assertIn(b"7 taken out", done.stderr)
        self.assertEqual(self.found(stdin=self.passage.encode()), [])
        self.run_ok("index", "rollback", self.index, "--to", 2)
        self.assertEqual(len(self.found(stdin=self.passage.encode())), 3)
        self.run_ok("index", "check", self.index)
        self.add("-", stdin=row("new", story(50)).encode())
        self.assertEqual(self.stats()["generation"], 5)

    def test_a_story_from_which_an_equal_copy_goes_is_told_to_shrink_not_to_be_retired(self):
        self.create()
        self.add(self.file("a.jsonl", self.articles()))
        for going, events in (("0b", [("shrank", ["0b"])]), ("0c", [("retired", ["0a", "0c"])]),
                              ("1c", [("shrank", ["1c"])]), ("1b", [("retired", ["1a", "1b"])])):
            self.run_ok("index", "remove", self.index, going, "--out", self.out, "--replace")
            self.assertEqual([(r["event"], r["members"]) for r in self.rows_of("changes.jsonl")], events)
        self.assertEqual((self.stats()["documents"], self.stats()["clusters"]), (26, 8))
        self.run_ok("index", "check", self.index)

    def test_ids_come_from_a_file(self):
        self.two_nights()
        ids = self.file("ids", "0-led\r\n\n1-led\n")
        self.run_ok("index", "remove", self.index, "--ids", ids)
        self.assertEqual(self.stats()["documents"], 8)

    def test_what_was_forgotten_is_in_no_file_and_no_earlier_generation(self):
        self.two_nights()
        self.assertEqual(self.found(stdin=CAPTION.encode()), ["own"])
        self.assertTrue(any(RARE.encode() in data for _, data in self.all_bytes()))
        done = self.run_ok("index", "forget", self.index, "own")
        self.assertIn(b"no file of the index holds a trace", done.stderr)
        self.assertEqual(self.found(stdin=CAPTION.encode()), [])
        self.assertEqual(self.found(stdin=story(300, 150).encode()), [])
        self.assertEqual(self.stats()["generations"], [3])
        for name, data in self.all_bytes():
            self.assertNotIn(RARE.encode(), data, name)
            self.assertNotIn(CAPTION.encode(), data, name)
        self.run_ok("index", "check", self.index)

    def test_relearning_judges_anew_and_loses_nothing(self):
        self.two_nights()
        done = self.run_ok("index", "relearn", self.index)
        self.assertIn(b"all pairs judged by Model 2", done.stderr)
        self.assertEqual((self.stats()["documents"], self.stats()["model_number"]), (10, 2))
        self.assertEqual(len(self.found(stdin=self.passage.encode())), 3)
        self.run_ok("index", "check", self.index)

    def test_two_stored_articles_are_explained(self):
        self.two_nights()
        words = self.run_ok("explain", "0-short", "0-whole", self.index).stdout.decode()
        self.assertIn("abridged: b is the text of a, cut", words)
        words = self.run_ok("explain", "0-short", "own", self.index).stdout.decode()
        self.assertIn("does not compare them", words)

    # What goes wrong

    def writer_that_waits(self):
        writer = subprocess.Popen([TOOL, "index", "add", str(self.index), "-"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(600):
            lock = self.index / "LOCK"
            if lock.exists() and lock.read_bytes().strip():
                return writer
            time.sleep(0.05)
        self.fail("the writer never took the lock")

    def test_a_second_writer_is_told_at_once_who_holds_the_index_and_readers_go_on(self):
        self.create()
        self.add(self.monday)
        writer = self.writer_that_waits()
        done = self.add(self.tuesday, code=75)
        self.assertIn(str(writer.pid).encode(), done.stderr)
        self.assertIn(b"try again later", done.stderr)
        self.assertEqual(self.found(stdin=self.passage.encode()), ["0-whole"])
        _, said = writer.communicate(self.tuesday.read_bytes(), timeout=60)
        self.assertEqual(writer.returncode, 0, said)
        self.assertEqual(len(self.found(stdin=self.passage.encode())), 3)

    def test_a_night_that_is_stopped_leaves_the_index_as_it_was(self):
        self.create()
        self.add(self.monday)
        before = self.state()
        for sent, code in ((signal.SIGINT, 128 + signal.SIGINT), (signal.SIGKILL, -signal.SIGKILL)):
            writer = self.writer_that_waits()
            writer.stdin.write(self.tuesday.read_bytes()[:2000])
            writer.stdin.flush()
            time.sleep(0.2)
            writer.send_signal(sent)
            writer.communicate(timeout=60)
            self.assertEqual(writer.returncode, code)
            self.assertEqual({k: v for k, v in self.state().items() if k in before}, before)
            self.run_ok("index", "check", self.index)
            if sent == signal.SIGINT:
                self.assertEqual(self.left_over(), set())
        self.add(self.tuesday)
        self.assertEqual(self.left_over(), set())
        self.assertEqual(self.stats()["generation"], 2)

    def test_a_night_that_fails_late_leaves_no_work_behind_that_would_fill_the_disk(self):
        self.create()
        self.add(self.monday)
        before = self.state()
        # No file may be longer than 1 KiB: all is read and compared, and then it cannot be written.
        done = subprocess.run(["bash", "-c", 'ulimit -f 1; trap "" XFSZ; exec "$@"', "-", TOOL, "index", "add",
                               str(self.index), str(self.tuesday)], capture_output=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(b"File too large", done.stderr)
        self.assertEqual(self.state(), before)
        self.assertEqual(self.left_over(), set())

    def test_damage_is_named_and_nothing_is_served(self):
        self.two_nights()
        for name in ("CURRENT", "index.json", "generations/2/manifest.json"):
            with self.subTest(name):
                path = self.index / name
                whole = path.read_bytes()
                path.write_bytes(whole[:10] + bytes([whole[10] ^ 1]) + whole[11:])
                for arguments in (["query", self.index, self.monday], ["index", "check", self.index]):
                    done = self.run_ok(*arguments, code=4)
                    self.assertIn(pathlib.Path(name).name.encode(), done.stderr)
                    self.assertEqual(done.stdout, b"")
                path.write_bytes(whole)
        latest = next(p for p in self.index.glob("generations/2/*.sst") if p.stat().st_nlink == 1)
        latest.write_bytes(latest.read_bytes()[:-1])
        self.assertIn(latest.name.encode(), self.run_ok("query", self.index, self.monday, code=4).stderr)
        self.run_ok("index", "rollback", self.index, "--to", 1)

    def test_an_answer_that_cannot_be_written_is_an_error(self):
        self.two_nights()
        with open("/dev/full", "wb") as full:
            done = subprocess.run([TOOL, "query", self.index], input=self.passage.encode(), stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"No space left", done.stderr)

    def test_a_reader_that_goes_away_ends_query_quietly(self):
        self.two_nights()
        command = f"set -o pipefail; '{TOOL}' query '{self.index}' '{self.monday}' | true"
        done = subprocess.run(["bash", "-c", command], capture_output=True, env=os.environ)
        self.assertIn(done.returncode, (0, 128 + signal.SIGPIPE))
        self.assertEqual(done.stderr, b"")

    def test_help_of_the_verbs_speaks_of_these_verbs_alone(self):
        for arguments in (["index"], ["index", "add"], ["index", "forget"], ["query"]):
            words = self.run_ok(*arguments, "--help").stdout.decode()
            self.assertNotRegex(words, "undo:|dedup:|query:|generate:")
        self.assertIn("Say where this stored article ran", words)


if __name__ == "__main__":
    unittest.main(verbosity=1)

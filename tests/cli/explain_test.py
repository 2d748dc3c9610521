"""explain: what two articles are of each other, for people and for programs."""

import json
import os
import pty
import signal
import subprocess
import unittest

from tool import TOOL, ToolTest, row, story, wirecopy


def on_terminal(arguments, environment):
    """What the tool writes where standard output is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([TOOL, *map(str, arguments)], stdout=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            piece = b""
        if not piece:
            break
        shown += piece
    os.close(ours)
    process.wait(timeout=60)
    return shown


class ExplainTest(ToolTest):
    def setUp(self):
        super().setUp()
        words = story(1, 200).split()
        changed = list(words)
        changed[100] = "changed"
        stock = "Read more stories of the Herald at our desk and sign up for the letter that we send at noon daily"
        form = ("Weather for the coast: {} degrees at dawn, {} at noon and {} at dusk. The wind blows at {} kilometres "
                "an hour, the chance of rain is {} percent, the tide turns at {}. Sunrise is at {}, sunset at {}.")
        rows = [
            row("whole", "ARBOR (CPS) - " + " ".join(words), source="Herald", published="2024-05-01T08:00:00Z",
                title="Dam breaks"),
            row("copy", "ARBOR - " + " ".join(changed), source="Echo", published="2024-05-01T09:30:00Z",
                title="Dam breaks"),
            row("short", " ".join(words[:90]), source="Gazette", published="2024-05-09"),
            row("other", story(2), source="Echo", title="Cup won"),
            row("rain", form.format(4, 11, 7, 14, 10, 352, 652, 1758), source="Echo", published="2024-05-01"),
            row("sun", form.format(9, 17, 12, 8, 60, 417, 648, 1803), source="Post", published="2024-05-02"),
            row("esc", "\x1b[31mred\x07 \u202e\u009b " + story(3), source="\x1b]0;x\x07", title="\x1b[2J"),
            row("esc2", "\x1b[31mred\x07 \x1b[31mmore " + story(3), source="Post")]
        rows += [row(f"stock{i}", story(10 + i, 40) + f"\n\n{stock}\n", source="Herald",
                     published=f"2024-06-{i + 1:02}T08:00:00Z") for i in range(12)]
        self.articles_file = self.file("a.jsonl", "".join(rows))

    def run_news(self):
        self.assert_code(self.news("--quiet", self.articles_file), 0)

    def explain(self, *arguments, code=0):
        done = wirecopy("explain", *arguments)
        self.assert_code(done, code)
        self.assertEqual(done.stdout == b"", code != 0)
        return (done.stdout or done.stderr).decode()

    def test_a_copy_is_told_with_order_credit_and_the_words_that_differ(self):
        words = self.explain("copy", "whole", self.articles_file)
        self.assertTrue(words.startswith("a  whole\n   Herald, 2024-05-01T08:00:00Z\n   Dam breaks\nb  copy\n"), words)
        for part in ("near_duplicate: b is the text of a with small changes", "a was first, by 90 min",
                     "a credits CPS (dateline); b credits no agency: the credit was removed", "b has the title of a",
                     "{+changed+}", "words alike) …"):
            self.assertIn(part, words)
        self.assertNotIn("\x1b", words)
        self.assertLessEqual(max(map(len, words.splitlines())), 100)

    def test_an_abridged_copy_says_of_what_and_by_how_much(self):
        words = self.explain("short", "whole", self.articles_file)
        self.assertIn("abridged: b is the text of a, cut\n  of b, the shorter text, 100.0 % is in a (asked: 70 %)",
                      words)

    def test_a_pair_that_is_not_compared_says_why(self):
        words = self.explain("other", "whole", self.articles_file)
        self.assertIn("unrelated: no text is in both", words)
        self.assertIn("a run does not compare them: too few fingerprints are in both, and no band agrees", words)
        self.assertIn("who was first cannot be told", words)
        self.assertNotIn("credit was removed", words)
        words = self.explain("short", "whole", self.articles_file, "--window", 3)
        self.assertIn("abridged: ", words)
        self.assertIn("published too far apart (--window)", words)

    def test_a_form_filled_in_twice_is_no_copy(self):
        words = self.explain("rain", "sun", self.articles_file)
        self.assertIn("template_match: one form filled in twice, no copy", words)
        self.assertIn("score 0", words)

    def test_boilerplate_does_not_count_where_a_model_says_what_it_is(self):
        words = self.explain("stock0", "stock1", self.articles_file)
        self.assertIn("no Model was given", words)
        self.run_news()
        words = self.explain("stock0", "stock1", self.out)
        self.assertNotIn("no Model was given", words)
        self.assertIn("are boilerplate of their outlets and do not count", words)
        self.assertRegex(words, "boilerplate_only|unrelated")

    def test_a_run_is_explained_by_its_own_settings(self):
        self.assert_code(self.news("--quiet", "--window", 3, "--merge-at", 0.5, self.articles_file), 0)
        words = self.explain("short", "whole", self.out)
        self.assertIn("(--window)", words)
        self.assertIn("mean score of 0.50", words)
        self.assertNotIn("(--window)", self.explain("short", "whole", self.out, "--window", 30))
        self.assert_code(self.news("--quiet", "--replace", "--near-coverage", 90, "--same-outlet-bias", -0.2,
                                   self.articles_file), 0)
        words = self.explain("copy", "whole", self.out)
        self.assertIn("(asked: 90 %)", words)
        self.assertIn("-0.200 where both are of one outlet", words)
        self.assertIn("(asked: 95 %)", self.explain("copy", "whole", self.out, "--near-coverage", 95))
        self.assert_code(self.dedup("--quiet", "--replace", "--threshold", 0.4, self.articles_file), 0)
        words = self.explain("short", "whole", self.out)
        self.assertIn("near_duplicate: Jaccard 0.4", words)
        self.assertIn("(asked: 0.4)", words)
        self.assertIn("no copy: Jaccard 0.4", self.explain("short", "whole", self.out, "--threshold", 0.8))
        self.assertIn("abridged: ", self.explain("short", "whole", self.out, "--preset", "news"))

    def test_json_has_all_keys(self):
        keys = ["a", "b", "preset", "treatment", "jaccard", "a_in_b", "b_in_a", "bands", "of_bands",
                "shared_fingerprints", "fingerprints_a", "fingerprints_b", "shared_boilerplate", "verdict", "score",
                "coverage_a", "coverage_b", "identity", "shared_letters", "shared_masked", "aligned_quoted", "numbers",
                "slots", "differing_slots", "passages", "earlier", "lag_min_seconds", "lag_max_seconds", "title_change"]
        told = json.loads(self.explain("copy", "whole", self.articles_file, "--json"))
        self.assertEqual(list(told), keys)
        self.assertEqual((told["a"]["id"], told["a"]["agency"], told["b"]["agency"]), ("whole", "CPS", None))
        self.assertEqual((told["verdict"], told["treatment"], told["lag_min_seconds"], told["title_change"]),
                         ("near_duplicate", "compared", 5400, "same"))
        self.assertEqual(told["passages"][-1].keys(), {"a", "b", "identity", "kind"})
        told = json.loads(self.explain("other", "whole", self.articles_file, "--json"))
        self.assertEqual((list(told), told["treatment"], told["verdict"]), (keys, "not_proposed", "unrelated"))
        told = json.loads(self.explain("copy", "whole", self.articles_file, "--json", "--preset", "corpus"))
        self.assertEqual(list(told), [k for k in keys if k not in keys[keys.index("verdict"):keys.index("earlier")]])
        json.loads(self.explain("esc", "esc2", self.articles_file, "--json"))

    def test_no_control_character_of_an_article_reaches_the_terminal(self):
        words = self.explain("esc", "esc2", self.articles_file)
        self.assertEqual([c for c in words if c != "\n" and (c < " " or "\x7f" <= c < "\xa0")], [])
        self.assertNotIn("\u202e", words)
        self.assertIn("\\u{1b}", words)

    def test_color_goes_to_a_terminal_only_and_to_none_that_wants_none(self):
        arguments = ["explain", "copy", "whole", self.articles_file]
        terminal = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"}
        self.assertIn(b"\x1b[32m{+changed+}\x1b[0m", on_terminal(arguments, terminal))
        for plain in (terminal | {"NO_COLOR": "1"}, terminal | {"TERM": "dumb"}):
            shown = on_terminal(arguments, plain)
            self.assertIn(b"{+changed+}", shown)
            self.assertNotIn(b"\x1b", shown)
        self.assertNotIn(b"\x1b", wirecopy(*arguments, env=terminal).stdout)

    def test_an_unknown_id_exits_with_1_and_names_the_inputs(self):
        message = self.explain("whole", "nobody", self.articles_file, code=1)
        self.assertIn("'nobody'", message)
        self.assertIn("a.jsonl", message)

    def test_missing_arguments_exit_with_2(self):
        for arguments, word in (([], "A is required"), (["whole"], "B is required"),
                                (["whole", "copy"], "INPUT is required"),
                                (["whole", "whole", self.articles_file], "name two")):
            self.assertIn(word, self.explain(*arguments, code=2))

    def test_a_run_over_standard_input_cannot_be_explained(self):
        self.assert_code(self.news("--quiet", "-", stdin=self.articles_file.read_bytes()), 0)
        self.assertIn("came from standard input and are gone", self.explain("copy", "whole", self.out, code=1))

    def test_a_run_whose_inputs_are_gone_says_so(self):
        self.run_news()
        self.articles_file.unlink()
        self.assertIn("a.jsonl is not there", self.explain("copy", "whole", self.out, code=1))

    def test_a_run_with_a_private_key_asks_for_it(self):
        key = self.file("key", "00112233445566778899aabbccddeeff\n")
        self.assert_code(self.news("--quiet", "--key-file", key, self.articles_file), 0)
        self.assertIn("--key-file", self.explain("copy", "whole", self.out, code=2))
        self.assertIn("near_duplicate", self.explain("copy", "whole", self.out, "--key-file", key))

    def test_a_reader_that_goes_away_ends_explain_quietly(self):
        command = f"set -o pipefail; '{TOOL}' explain copy whole '{self.articles_file}' | true"
        done = subprocess.run(["bash", "-c", command], capture_output=True)
        self.assertIn(done.returncode, (0, 128 + signal.SIGPIPE))
        self.assertEqual(done.stderr, b"")

if __name__ == "__main__":
    unittest.main(verbosity=1)

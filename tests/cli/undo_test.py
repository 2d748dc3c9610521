"""Undo as its users meet it: selections by id and by reason, also of cuts."""

import json
import unittest

from tool import ToolTest, row, story, wirecopy


class UndoTest(ToolTest):
    def undone(self, *arguments):
        done = wirecopy("undo", self.out, *arguments)
        self.assert_code(done, 0)
        return done.stdout.decode()

    def test_a_selection_brings_back_only_what_it_names(self):
        articles = self.articles()
        self.assert_code(self.dedup(self.file("a.jsonl", articles + row("0a", story(0)))), 0)
        kept = (self.out / "kept.jsonl").read_text()
        self.assertEqual(self.undone("--id", "nobody"), kept)
        self.assertEqual(self.undone("--reason", "no such reason"), kept)
        back = self.undone("--id", "3b", "--id", "5c").splitlines(keepends=True)
        self.assertEqual([json.loads(r)["id"] for r in back if r not in kept.splitlines(keepends=True)], ["3b", "5c"])
        self.assertEqual(self.undone("--reason", "drop"), articles)
        identical = [json.loads(r)["id"] for r in self.undone("--reason", "identical").splitlines()]
        self.assertEqual(identical, [f"{i}{letter}" for i in range(10) for letter in "ab"])
        self.assertEqual(self.undone("--reason", "identical", "--id", "3c"), kept)
        self.assertEqual(self.undone("--reason", "drop", "--reason", "repeated"), articles + row("0a", story(0)))

    def cut_run(self):
        """A run as clean writes it: of two rows the first was cut in two places."""
        whole = ['{"id":"a","text":"He left. Read\\n\\u201cmore\\u201d. He left."}', '{"id":"b","text":"b"}']
        cut = {"action": "cut", "id": "a", "input": "in.jsonl", "row_number": 1, "position": 1,
               "why": "block,trailer", "evidence": None, "spans": [], "row": None, "encoding": None,
               "unique_text_lost": 8}
        kept = whole[0]
        for kind, gone, text, begin in (("block", " He left.", " He left.", 21),
                                        ("trailer", " Read\\n\\u201cmore\\u201d.", " Read\n“more”.", 8)):
            at = kept.rindex(gone)
            kept = kept[:at] + kept[at + len(gone):]
            cut["spans"].insert(0, {"kind": kind, "begin": begin, "end": begin + len(text),
                                    "first": None if kind == "trailer" else [0, 7],
                                    "unique_text_lost": 8 if kind == "trailer" else 0, "text": text,
                                    "at": at, "removed": gone})
        self.file("out/kept.jsonl", f"{kept}\n{whole[1]}\n")
        self.file("out/ledger.jsonl", json.dumps(cut, ensure_ascii=False) + "\n")
        return whole

    def test_cuts_are_put_back_all_or_by_kind(self):
        whole = self.cut_run()
        self.assert_valid()
        texts = lambda *arguments: [json.loads(r)["text"] for r in self.undone(*arguments).splitlines()]
        self.assertEqual(self.undone(), "".join(f"{r}\n" for r in whole))
        self.assertEqual(texts("--reason", "trailer"), ["He left. Read\n“more”.", "b"])
        self.assertEqual(texts("--reason", "block"), ["He left. He left.", "b"])
        self.assertEqual(texts("--reason", "cut", "--id", "b"), ["He left.", "b"])
        self.assertEqual(texts("--id", "a"), ["He left. Read\n“more”. He left.", "b"])

    def test_a_cut_that_does_not_fit_is_damage_with_its_line(self):
        self.cut_run()
        ledger = self.out / "ledger.jsonl"
        ledger.write_text(ledger.read_text().replace('"at": ', '"at": 9'))
        done = wirecopy("undo", self.out)
        self.assert_code(done, 4)
        self.assertIn(b"ledger.jsonl:1:", done.stderr)
        self.assertIn(b"kept.jsonl:1", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)

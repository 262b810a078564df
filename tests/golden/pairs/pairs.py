"""Golden values of BLEU and chrF2.

python3 tests/golden/pairs/pairs.py > tests/golden/pairs/pairs.json   (sacrebleu 2)

Corpora with signs, numbers and entities for the tokenizer 13a, with one and with several references, with runs that never match (smoothing),
and with short and empty texts (brevity).
"""
import json

from sacrebleu.metrics import BLEU, CHRF

CORPORA = [
    {
        "written": ["The cat sat on the mat.", "He paid $1,234.50 - at once!", "It's a (small) test, isn't it?"],
        "references": [
            ["The cat sat on a mat.", "She paid $1,234.50 at once.", "It is a small test, isn't it?"],
        ],
    },
    {
        "written": ["a b c d e f", "a b", "x y z w v u t", ""],
        "references": [["a b c d e g", "a b c d", "x q z w v k t", "lost"], ["a b d c e f", "a b", "x y z", "lost text"]],
    },
    {"written": ["AH0 L OW1", "K AE1 T"], "references": [["HH AH0 L OW1", "K AA1 T"]]},
    {"written": ["1994-03-03", "2001-11-30"], "references": [["1994-03-03", "2001-11-03"]]},
    {"written": ["rock &amp; roll 3-4", "grün, über\nall"], "references": [["rock &amp; roll 3-5", "grün über all"]]},
    {"written": ["nothing of it"], "references": [["quite another text"]]},
]


def scored(corpus):
    written, references = corpus["written"], corpus["references"]
    return {
        "written": written,
        "references": [[stream[at] for stream in references] for at in range(len(written))],
        "bleu": BLEU().corpus_score(written, references).score,
        "chrf": CHRF().corpus_score(written, references).score,
    }


print(json.dumps([scored(corpus) for corpus in CORPORA], indent=1, ensure_ascii=False))

"""Retrieval quality by the product's own `eval retrieval`: keyword, semantic and hybrid on every judged set."""
import json
import subprocess

from harness import DATA, PROGRAM, need

need("cranfield", "scifact", "covidqa", "xquad")
LANGUAGES = "ar de el en es hi ro ru th tr vi zh".split()


def measure(name, mode, prefix=None):
    command = [str(PROGRAM), "eval", "retrieval", "--json", "--mode", mode]
    for part, file in (("corpus", "corpus.jsonl"), ("queries", "queries.jsonl"), ("qrels", "qrels.tsv")):
        command += [f"--{part}", str(DATA / name / file)]
    if prefix:
        command += ["--id-prefix", prefix]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


ok = True
for name, margin in (("cranfield", 0.005), ("scifact", -0.002), ("covidqa", -0.002)):
    scores = {mode: measure(name, mode) for mode in ("keyword", "semantic", "hybrid")}
    gain = scores["hybrid"]["ndcg@10"] - scores["keyword"]["ndcg@10"]
    ok &= gain >= margin
    print(f"{name:10} " + "  ".join(f"{mode} {score['ndcg@10']:.4f}" for mode, score in scores.items()) +
          f"  hybrid - keyword {gain:+.4f} (goal {margin:+.3f})  R@100 {scores['hybrid']['recall@100']:.3f}"
          f"  p50 {scores['hybrid']['p50_ms']:.1f} ms", flush=True)
total = 0
for language in LANGUAGES:
    scores = {mode: measure("xquad", mode, language + "-")["ndcg@10"] for mode in ("keyword", "hybrid")}
    total += scores["hybrid"]
    ok &= scores["hybrid"] >= {"en": 0.96, "de": 0.92, "zh": 0.93}.get(language, 0)
    print(f"xquad {language}   keyword {scores['keyword']:.4f}  hybrid {scores['hybrid']:.4f}", flush=True)
ok &= total / len(LANGUAGES) >= 0.92
print(f"xquad mean {total / len(LANGUAGES):.4f} (goal .92; en .96, de .92, zh .93)")
raise SystemExit(not ok)

"""Extractive answers on the northwind questions: gold page cited, quotes proven, abstention on what is not there."""
from harness import DATA, Library, jsonl, need

need("northwind/pdfs")
library = Library()
library.run("index", DATA / "northwind/pdfs")
print("eval pages", library.run("eval", "pages", "--questions", DATA / "northwind/questions.jsonl"))
answerable = cited = false_abstentions = unanswerable = abstained = quotes = proven = 0
for question in jsonl(DATA / "northwind/questions.jsonl"):
    answer = library.run("ask", question["question"])
    quotes += len(answer["citations"])
    proven += sum(citation["verified"] for citation in answer["citations"])
    if question["unanswerable"]:
        unanswerable += 1
        abstained += answer["abstained"]
        continue
    answerable += 1
    false_abstentions += answer["abstained"]
    gold = {(entry["doc"], entry["page"]) for entry in question["citations"]}
    gold |= {(question["doc"], page) for page in question["pages"]}
    cited += any((citation["path"].rsplit("/", 1)[-1], citation["page"]) in gold for citation in answer["citations"])
print(f"gold page cited for {cited} of {answerable} = {cited / answerable:.3f} (goal .70)")
print(f"quotes proven {proven} of {quotes}")
print(f"abstained on {abstained} of {unanswerable} without an answer; on {false_abstentions} of {answerable} with one")
raise SystemExit(cited < 0.7 * answerable or proven != quotes)

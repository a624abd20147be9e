"""Writes the fixtures scikit_learn.json: what scikit-learn says of random labels, predictions and scores. Made with 1.2.1."""
import json
import random
import warnings

from sklearn import metrics

warnings.filterwarnings("ignore")
random.seed(1)


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def report(labels, predictions, zero_division):
    found = metrics.classification_report(labels, predictions, output_dict=True, zero_division=zero_division)
    rows = [row for name, row in found.items() if name != "accuracy"]
    return rounded([value for row in rows for value in (row["precision"], row["recall"], row["f1-score"])])


def label_sets(count):
    for _ in range(count):
        classes, samples = random.randint(2, 5), random.randint(1, 20)
        labels = [random.randrange(classes) for _ in range(samples)]
        yield labels, [label if random.random() < 0.6 else random.randrange(classes) for label in labels]


sets = []
for index, (labels, predictions) in enumerate(label_sets(1000)):
    zero_division = index % 2
    sets.append([
        "".join(map(str, labels)), "".join(map(str, predictions)), zero_division, metrics.accuracy_score(labels, predictions),
        report(labels, predictions, zero_division),
    ])

texts = []
for labels, predictions in label_sets(200):
    # where a class does not occur, scikit-learn calls the accuracy "micro avg"
    if set(labels + predictions) != set(range(5)):
        continue
    names = ["cat", "long-haired dog", "5", "naïve", "e"]
    texts.append(["".join(map(str, labels)), "".join(map(str, predictions)), names, metrics.classification_report(
        labels, predictions, labels=range(5), target_names=names)])

curves = []
for _ in range(50):
    samples = random.randint(2, 30)
    labels = [True, False] + [random.random() < 0.4 for _ in range(samples)]
    scores = [round(random.gauss(0.6 if label else 0.4, 0.2), random.choice([1, 3])) for label in labels]
    false, true, _ = metrics.roc_curve(labels, scores)
    precision, recall, thresholds = metrics.precision_recall_curve(labels, scores)
    curves.append({
        "labels": labels, "scores": scores, "false": rounded(false), "true": rounded(true), "area": metrics.roc_auc_score(labels, scores),
        "precision": rounded(precision), "recall": rounded(recall), "thresholds": rounded(thresholds),
        "average_precision": metrics.average_precision_score(labels, scores),
    })

with open("scikit_learn.json", "w", encoding="utf-8") as file:
    json.dump({"reports": sets, "texts": texts, "curves": curves}, file, ensure_ascii=False, separators=(",", ":"))

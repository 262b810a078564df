"""Golden values of the metrics of classifiers and of logistic regression: pip install scikit-learn==1.9.1; python class-metrics.py

Ties in the probabilities, an absent class and a class that is never said are among the cases.
"""
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (accuracy_score, average_precision_score, balanced_accuracy_score, f1_score, log_loss,
                             precision_recall_fscore_support, roc_auc_score)


def ece(truth, p, bins=15):
    highest, said = p.max(1), p.argmax(1)
    at = np.minimum(bins - 1, np.maximum(0, np.ceil(highest * bins).astype(int) - 1))
    return sum(abs((said[at == b] == truth[at == b]).mean() - highest[at == b].mean()) * (at == b).mean()
               for b in range(bins) if (at == b).any())


def case(seed, rows, classes, digits, positive=1):
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes, rows)
    logits = random.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[truth]
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    p = np.round(p, digits) + 1e-3
    p /= p.sum(1, keepdims=True)
    said = p.argmax(1)
    labels = list(range(classes))
    hot = np.eye(classes)[truth]
    precision, recall, f1, _ = precision_recall_fscore_support(truth, said, labels=labels, zero_division=np.nan)
    if classes == 2:
        auc = roc_auc_score(truth == positive, p[:, positive])
        ap = average_precision_score(truth == positive, p[:, positive])
    else:
        auc = roc_auc_score(truth, p, multi_class='ovr', average='macro', labels=labels)
        ap = average_precision_score(hot, p, average='macro')
    return {
        'classes': classes, 'positive': positive, 'truth': truth.tolist(), 'probabilities': p.ravel().tolist(),
        'metrics': {
            'accuracy': accuracy_score(truth, said), 'balanced-accuracy': balanced_accuracy_score(truth, said),
            'macro-f1': f1_score(truth, said, labels=labels, average='macro', zero_division=0), 'roc-auc': auc,
            'average-precision': ap, 'log-loss': log_loss(truth, p, labels=labels),
            'brier': ((p - hot) ** 2).sum(1).mean() / (2 if classes == 2 else 1), 'ece': ece(truth, p),
        },
        'precision': [None if np.isnan(x) else x for x in precision],
        'recall': [None if np.isnan(x) else x for x in recall],
    }


def regression():
    random = np.random.default_rng(5)
    x = random.normal(size=(60, 4)) * (random.random((60, 4)) < 0.7)
    y = (x @ random.normal(size=(4, 3)) + random.normal(size=(60, 3))).argmax(1)
    fitted = LogisticRegression(C=2.0, tol=1e-12, max_iter=10_000).fit(x, y)
    return {'x': x.tolist(), 'y': y.tolist(), 'strength': 2.0, 'probabilities': fitted.predict_proba(x).tolist()}


golden = {'cases': [case(1, 60, 2, 1), case(2, 80, 3, 1), case(3, 50, 2, 6, positive=0), case(4, 90, 5, 2)],
          'regression': regression()}
Path(__file__).with_suffix('.json').write_text(json.dumps(golden) + '\n')

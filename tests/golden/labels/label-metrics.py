"""Golden values of the metrics of several labels a sample and of ridge regression: pip install scikit-learn==1.9.1; python label-metrics.py

Ties in the probabilities, a label that no sample has and one that is never said are among the cases.
"""
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, hamming_loss, r2_score, roc_auc_score


def case(seed, rows, labels, digits, absent=None, unsaid=None):
    random = np.random.default_rng(seed)
    truth = (random.random((rows, labels)) < 0.3).astype(int)
    if absent is not None:
        truth[:, absent] = 0
    p = 1 / (1 + np.exp(-(random.normal(size=(rows, labels)) + 2 * truth - 1)))
    p = np.clip(np.round(p, digits), 0.01, 0.99)
    thresholds = np.round(random.uniform(0.3, 0.7, labels), 2)
    if unsaid is not None:
        thresholds[unsaid] = 1.0
    said = (p >= thresholds).astype(int)
    both = [l for l in range(labels) if 0 < truth[:, l].sum() < rows]
    some = [l for l in range(labels) if truth[:, l].sum() > 0]
    return {
        'labels': labels, 'truth': truth.ravel().tolist(), 'probabilities': p.ravel().tolist(),
        'thresholds': thresholds.tolist(),
        'metrics': {
            'micro-f1': f1_score(truth, said, average='micro', zero_division=0),
            'macro-f1-of-labels': f1_score(truth, said, average='macro', zero_division=0),
            'exact-labels': accuracy_score(truth, said), 'hamming-loss': hamming_loss(truth, said),
            'auc-of-labels': float(np.mean([roc_auc_score(truth[:, l], p[:, l]) for l in both])),
            'mean-average-precision': float(np.mean([average_precision_score(truth[:, l], p[:, l]) for l in some])),
            'log-loss-of-labels': float(-np.log(np.where(truth == 1, p, 1 - p)).mean()),
        },
    }


def ridge():
    random = np.random.default_rng(6)
    x = random.normal(size=(40, 5)) * (random.random((40, 5)) < 0.7)
    y = x @ random.normal(size=5) + 3 + random.normal(size=40)
    # The mean of the numbers is taken off, and nothing of the features.
    fitted = Ridge(alpha=1.5, fit_intercept=False, tol=1e-14).fit(x, y - y.mean())
    said = fitted.predict(x) + y.mean()
    return {'x': x.tolist(), 'y': y.tolist(), 'penalty': 1.5, 'answers': said.tolist(), 'r2': r2_score(y, said)}


golden = {'cases': [case(1, 60, 4, 1), case(2, 80, 6, 6, absent=2), case(3, 50, 3, 2, unsaid=0)], 'ridge': ridge()}
Path(__file__).with_suffix('.json').write_text(json.dumps(golden) + '\n')

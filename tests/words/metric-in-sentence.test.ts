// A metric's label inside a sentence begins small, unless it is an abbreviation or a name.
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../engine/evaluation/catalogue.ts';
import { metricInSentence } from '../../engine/words/scores/metric-info.ts';

test('words begin small, abbreviations and names keep their capitals', () => {
  const said = ['exact-match', 'macro-f1', 'mae', 'roc-auc', 'brier', 'bits-per-character'].map((name) =>
    metricInSentence(CATALOGUE, name),
  );
  expect(said).toEqual(['exact match', 'macro-F1', 'MAE', 'ROC AUC', 'Brier', 'bits per character']);
});

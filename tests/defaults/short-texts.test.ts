// Short texts: the window begins with runs of letters, a file with model dense alone becomes the same, and codes such as DNA are read letter
// by letter.
import { expect, test } from 'vitest';
import type { DatasetSummary } from '../../engine/contract/datasets/dataset.ts';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { completeExperiment, leaveToData } from '../../engine/defaults/experiment.ts';
import { changedFields, draftOfKind } from '../../renderer/features/design/defaults.ts';
import { withValue } from '../../renderer/features/design/draft.ts';
import { draftsOf } from '../../renderer/tasks/samples/suggest.ts';

const { suggest: suggestClassify } = draftsOf({ kind: 'classify', field: 'task.label' });

interface Lengths {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly letters?: number;
}

function dataset(lengths: Lengths): DatasetSummary {
  const text = { name: 'text', kind: 'text', missing: 0, categories: null, ...lengths };
  const samples = { form: 'a table', input: 'text', label: 'label', group: null, groups: 0, parts: [] };
  return {
    name: 'data',
    rows: 90,
    columns: [text, { name: 'label', kind: 'category' }],
    samples: { ...samples, classes: [], duplicates: 0, columns: [text] },
  } as unknown as DatasetSummary;
}

const complete = (configuration: object, data: DatasetSummary) =>
  ExperimentSchema.parse(completeExperiment(configuration, data));

const NAMES = dataset({ min: 2, mean: 6, max: 12, letters: 30 });
const DENSE = { name: 'x', dataset: { name: 'data' }, task: { kind: 'classify' }, model: { kind: 'dense' } };

test('names are read by runs of letters, in the window and from a file', () => {
  const draft = complete(suggestClassify(NAMES), NAMES);
  expect(draft).toMatchObject({
    task: { tokens: { by: 'runs', longestRun: 5 }, mostSteps: 70, readout: 'mean' },
    model: { kind: 'dense', layers: 0 },
    training: { optimizer: { kind: 'adamw', weightDecay: 0.5 } },
  });
  const written = { ...DENSE, name: draft.name, seed: draft.seed };
  // As the command line does: checked without the data, then completed with them.
  const checked = ExperimentSchema.parse(completeExperiment(written, null));
  expect(complete(leaveToData(checked, written), NAMES)).toEqual(draft);
});

test('longer runs are read whole, and other tokens go without them', () => {
  const longer = complete({ ...DENSE, task: { kind: 'classify', tokens: { longestRun: 7 } } }, NAMES);
  expect(longer.task).toMatchObject({ tokens: { by: 'runs', longestRun: 7 }, mostSteps: 98 });
  const letters = complete({ ...DENSE, task: { kind: 'classify', tokens: { by: 'characters' } } }, NAMES);
  expect(letters).toMatchObject({ task: { mostSteps: 16, readout: 'max' }, model: { layers: 1 } });
});

test('in the form another model reads them in its own way, and what was changed by hand stays', () => {
  const dense = suggestClassify(NAMES);
  const gru = draftOfKind(dense, 'gru', NAMES);
  expect(complete(gru, NAMES)).toMatchObject({
    task: { tokens: { by: 'characters' }, mostSteps: 16, readout: 'max', augment: { unknownTokens: 0 } },
    training: { optimizer: { kind: 'adam' } },
  });
  expect(changedFields(gru, complete(gru, NAMES), NAMES)).toEqual([]);
  expect(complete(draftOfKind(gru, 'dense', NAMES), NAMES)).toEqual(complete(dense, NAMES));
  const mine = draftOfKind(withValue(dense, 'task.readout', 'attention'), 'gru', NAMES);
  expect(complete(mine, NAMES).task).toMatchObject({ tokens: { by: 'characters' }, readout: 'attention' });
});

test.each([
  ['pieces of one length', { min: 20, mean: 20, max: 20, letters: 120 }, 'dense', 'runs'],
  ['DNA', { min: 60, mean: 60, max: 60, letters: 4 }, 'gru', 'characters'],
  ['codes of an older import', { min: 8, mean: 8, max: 8 }, 'gru', 'characters'],
  ['mails', { min: 20, mean: 3_000, max: 9_000 }, 'gru', 'words'],
])('%s', (_what, lengths, kind, by) => {
  const data = dataset(lengths);
  expect(complete(suggestClassify(data), data)).toMatchObject({ model: { kind }, task: { tokens: { by } } });
});

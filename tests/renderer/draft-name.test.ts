// One rule names the drafts of all tasks: the data, what is answered, the model, its size.
import { expect, test } from 'vitest';
import { automaticName } from '../../renderer/tasks/screens-of.ts';

const gru = { kind: 'gru', units: 64 };
const decoder = { kind: 'encoder-decoder', cell: 'gru', units: 64 };

test.each([
  { task: { kind: 'forecast', targets: ['close', 'volume'] }, model: gru, name: 'd close volume gru 64' },
  { task: { kind: 'classify', label: 'species' }, model: gru, name: 'd species gru 64' },
  { task: { kind: 'tag', labels: 'topics' }, model: gru, name: 'd topics gru 64' },
  { task: { kind: 'estimate', value: 'age' }, model: gru, name: 'd age gru 64' },
  { task: { kind: 'label', target: 'target' }, model: gru, name: 'd labels gru 64' },
  { task: { kind: 'translate' }, model: decoder, name: 'd translations gru 64' },
  {
    task: { kind: 'translate' },
    model: { ...decoder, attention: false },
    name: 'd translations gru 64 without attention',
  },
  { task: { kind: 'generate', tokens: { by: 'words' } }, model: gru, name: 'd words gru 64' },
  { task: { kind: 'video', input: 'clip' }, model: gru, name: 'd frames gru 64' },
  { task: { kind: 'caption', target: 'text' }, model: decoder, name: 'd captions gru 64' },
])('of $task.kind: $name', ({ task, model, name }) => {
  expect(automaticName({ dataset: { name: 'd' }, task, model })).toBe(name);
});

test('a long name of data is cut, so that the rest fits', () => {
  const draft = { dataset: { name: 'x'.repeat(300) }, task: { kind: 'video' }, model: gru };
  expect(automaticName(draft)).toBe(`${'x'.repeat(59)}… frames gru 64`);
});

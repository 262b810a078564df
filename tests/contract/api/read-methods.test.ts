import { expect, test } from 'vitest';
import { contract } from '../../../engine/contract/api/api.ts';
import { READ_METHODS } from '../../../engine/contract/api/read-methods.ts';

/** Methods that change something, or whose answer is a stream: never called a second time by themselves. */
const NEVER_REPEATED = [
  'datasets.import',
  'datasets.rename',
  'datasets.delete',
  'sampleData.add',
  'studies.start',
  'studies.rename',
  'studies.stop',
  'studies.resume',
  'studies.change',
  'studies.delete',
  'runs.start',
  'runs.stop',
  'runs.resume',
  'runs.rename',
  'runs.label',
  'runs.duplicate',
  'runs.delete',
  'queue.setLimit',
  'queue.move',
  'pool.collect',
  'events.watch',
  'labs.delete',
  'labs.run',
  'workspace.set',
  'workspace.backUp',
  'workspace.endBackUp',
  'workspace.repair',
  'workspace.restore',
];

test('every method that changes something is known as one, and no other', () => {
  const methods = Object.entries(contract).flatMap(([group, all]) =>
    Object.keys(all).map((name) => `${group}.${name}`),
  );
  expect(methods.filter((method) => !READ_METHODS.has(method)).sort()).toEqual([...NEVER_REPEATED].sort());
});

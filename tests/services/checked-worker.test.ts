// A process that sends a malformed message is ended with its work; the host and everything else continue.
import { expect, test } from 'vitest';
import {
  FromImporterSchema,
  FromTrainerSchema,
  JobReplySchema,
} from '../../engine/contract/processes/from-workers.ts';
import { checkedWorker } from '../../engine/services/processes/checked-worker.ts';
import { describeExit } from '../../engine/services/processes/worker.ts';
import { createFakeWorker } from './fixture.ts';

const NONSENSE: readonly unknown[] = [
  null,
  undefined,
  1,
  'x',
  [],
  {},
  { type: 'unknown' },
  { type: 'answered' },
  { type: 'refused', id: 1, last: false, error: { code: 'none', message: 1 } },
  { type: 'failed' },
  { type: 'steps', message: 1, values: [1, 2] },
  { type: 'chunk', chunk: 0, data: 'x' },
  { type: 'described', series: null },
];

for (const [name, schema] of Object.entries({ FromTrainerSchema, FromImporterSchema, JobReplySchema })) {
  test(`${name}: each malformed message ends its process alone, with a sentence`, async () => {
    for (const message of NONSENSE) {
      const inner = createFakeWorker<never, never>();
      const heard: unknown[] = [];
      const worker = checkedWorker(inner, schema as never);
      worker.onMessage((one) => heard.push(one));
      inner.say(message as never);
      expect(heard).toEqual([]);
      expect(describeExit(await worker.exited)).toContain('it sent a message that makes no sense');
    }
  });
}

test('a message that its listener cannot take ends its process alone', async () => {
  const inner = createFakeWorker<never, unknown>();
  const worker = checkedWorker(inner, JobReplySchema as never);
  worker.onMessage(() => {
    throw new Error('no room');
  });
  inner.say({ type: 'answered', id: 1, output: null, last: false });
  expect(describeExit(await worker.exited)).toContain('no room');
});

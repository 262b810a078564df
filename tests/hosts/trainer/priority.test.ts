// Who waits for whom: windows come first, then what answers while a hand moves or types, then trainings and all other jobs.
import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { priorityFor } from '../../../engine/hosts/trainer/priority.ts';

const job = (name: string) => priorityFor({ type: 'job', id: 1, name, input: null });

test('a look inside and a text that is typed are answered at the normal priority, all else below it', () => {
  const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL } = constants.priority;
  expect([job('inspect'), job('classify-answer'), job('write-text')]).toEqual(Array(3).fill(PRIORITY_NORMAL));
  expect([job('statistics'), priorityFor({ type: 'prepare' })]).toEqual(Array(2).fill(PRIORITY_BELOW_NORMAL));
});

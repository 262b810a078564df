// `hindcast inside` on a real workspace: what there is not is refused in one sentence, and what there is prints.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectEngine } from '../../../engine/connect/connection.ts';
import type { EngineConnection } from '../../../engine/hosts/cli/context.ts';
import { createQueuedRun, parseExperiment } from '../../../engine/services/runs/start.ts';
import { importColumns } from '../../services/dataset.ts';
import { smallExperiment } from '../../services/fixture.ts';
import { startTestHost, temporaryFolder } from '../engine/fixture.ts';
import { cli } from './harness.ts';

const FILL = { pipeline: [{ step: 'fill' }, { step: 'standardize' }] };

async function openHost() {
  const host = (await startTestHost(join(temporaryFolder(), 'inside.hindcast')))!;
  const level = Array.from({ length: 120 }, (_, row) => Math.sin(row / 3));
  importColumns(host.workspace, 'waves', { level });
  // Every second value at the end is missing: no horizon of two is whole there.
  importColumns(host.workspace, 'gaps', {
    level: level.map((value, row) => (row > 90 && row % 2 === 0 ? Number.NaN : value)),
  });
  const opened = connectEngine(async () => ({
    link: host.link,
    closed: new Promise(() => {}),
    close: () => {},
  }));
  const connection: EngineConnection = {
    ...opened,
    role: () => 'attached',
    whenIdle: async () => {},
    close: async () => {},
  };
  const engine = { open: async () => connection };
  /** A run that never trains: it has the first weights alone. */
  const runOf = (changes: object) => {
    const context = { workspace: host.workspace, hub: { append: () => {} }, host: { now: () => 1 } };
    const experiment = parseExperiment({ ...smallExperiment, ...changes });
    return createQueuedRun(context as never, { experiment });
  };
  const inside = (run: number, ...more: string[]) => cli(['inside', String(run), ...more], engine);
  return { runOf, inside };
}

test('prints a view of the first weights, and refuses in one sentence what there is not', async () => {
  const { runOf, inside } = await openHost();
  const lstm = runOf({});
  const attention = runOf({ model: { kind: 'attention', units: 4, heads: 2 } });
  const gappy = runOf({ dataset: { name: 'gaps' }, ...FILL });
  const printed = await inside(lstm, '--view', 'states', '--weights', 'first');
  expect(printed).toMatchObject({ code: 0, err: '' });
  expect(printed.out.split('\n')[0]).toContain('unit');

  const refused = async (run: number, sentence: RegExp, ...more: string[]) => {
    const { code, out, err } = await inside(run, ...more);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(sentence);
  };
  const first = ['--weights', 'first'];
  await refused(
    lstm,
    /is queued and has no best weights to look into; let it train for an epoch/,
    '--view',
    'states',
  );
  await refused(attention, /This model has no recurrent state|has no gates/, '--view', 'gates', ...first);
  await refused(lstm, /no attention/, '--view', 'attention', ...first);
  await refused(
    lstm,
    /There is no origin 9999 in the test part: it has \d+, counted from 0, so choose 0 to \d+\./,
    ...['--view', 'window', '--origin', '9999', ...first],
  );
  await refused(
    gappy,
    /No window of the test part has all its targets, so there is no gradient to look at; choose another part\./,
    ...['--view', 'gradients', ...first],
  );
});

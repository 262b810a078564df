// Which weights of a run can be looked into, and what is said where there are none.
import { expect, test } from 'vitest';
import { InsideWindowFrame } from '../../engine/contract/inside/states.ts';
import type { EngineContext } from '../../engine/services/context.ts';
import { createInside } from '../../engine/services/inside/inside.ts';
import { startRun } from '../../engine/services/runs/runs.ts';
import { createTestEngine, runJobHere, smallExperiment } from './fixture.ts';

const asking = (context: EngineContext) => createInside({ ...context, runJob: runJobHere });
const WINDOW = { part: 'test', origin: 0 } as const;

test('a queued run has its first weights; others are refused with what there is', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, 'queued');
  const inside = asking(engine);
  const { weights, views, places } = await inside.describe(id, undefined);
  expect(weights).toEqual([{ weights: 'first', epoch: 0 }]);
  expect(views).toContain('states');
  expect(places).toMatchObject([{ cell: 'lstm', units: 2, steps: 4 }]);
  expect(await inside.ask('window', { run: id, weights: 'first', ...WINDOW }, undefined)).toBeInstanceOf(
    Uint8Array,
  );
  const { state } = engine.workspace.runs.summary(id);
  await expect(inside.ask('window', { run: id, weights: 'best', ...WINDOW }, undefined)).rejects.toThrow(
    `Run ${id} is ${state} and has no best weights to look into; let it train for an epoch, or look at its first weights.`,
  );
});

test('a dataset version that is gone is named', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, 'orphan');
  const detail = { ...engine.workspace.runs.detail(id), datasetVersionId: 99 };
  const runs = { ...engine.workspace.runs, detail: () => detail, wholeDetail: () => detail };
  const inside = asking({ ...engine, workspace: { ...engine.workspace, runs } } as unknown as EngineContext);
  await expect(inside.describe(id, undefined)).rejects.toThrow(
    /has no dataset version with the id 99: import the dataset again/,
  );
});

test('a run of another backend gets a note', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, 'elsewhere');
  engine.workspace.runs.update(id, {
    backendUsed: { name: 'tensorflow', version: '4.22', device: 'CPU', fallbackReason: null },
  });
  const { notes } = await asking(engine).describe(id, undefined);
  expect(notes).toHaveLength(1);
  // The package is there or not.
  expect(notes[0]).toMatch(
    /^This run was trained on tensorflow, and the views are computed on simd(: over 4 windows|, whose last bits may differ\. They could not be compared: )/,
  );
});

test('a run of the JavaScript backend says how far its forecasts are from those of the views', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, 'slow');
  engine.workspace.runs.update(id, {
    backendUsed: { name: 'cpu', version: 'tfjs', device: 'CPU', fallbackReason: null },
  });
  const inside = asking(engine);
  const { notes } = await inside.describe(id, undefined);
  expect(notes[0]).toMatch(
    /^This run was trained on cpu, and the views are computed on simd: over 4 windows of the (training|validation) part (both forecast the same\.|the largest difference of a forecast is [\d.e-]+, [\d.e-]+ % of the largest forecast\.)$/,
  );
  // The weights that were kept answer the next question, on simd again.
  const seen = await inside.ask('window', { run: id, weights: 'first', ...WINDOW }, undefined);
  expect(seen).toBeInstanceOf(Uint8Array);
  const different = InsideWindowFrame.decode(seen);
  expect(different.columns.answer.some(Number.isFinite)).toBe(true);
});

test('an epoch of a run that has not ended, or that it does not have, is refused in a sentence', async () => {
  const engine = createTestEngine();
  const { id } = startRun(engine, smallExperiment, 'young');
  const inside = asking(engine);
  const epochOf = (epoch: number) =>
    inside.ask('window', { run: id, weights: { epoch }, ...WINDOW }, undefined);
  expect((await inside.describe(id, undefined)).replay).toBeNull();
  await expect(inside.replay(id, undefined)).rejects.toThrow(
    `Run ${id} cannot be replayed, because no epoch of it has ended.`,
  );
  await expect(epochOf(1)).rejects.toThrow('cannot be replayed');
  engine.workspace.runs.update(id, { state: 'completed', epoch: 2 });
  await expect(epochOf(3)).rejects.toThrow(`Run ${id} has no epoch 3: it trained for 2.`);
  expect((await inside.describe(id, undefined)).replay).toMatchObject({ epochs: 2 });
  expect(await epochOf(2)).toBeInstanceOf(Uint8Array);
});

// The files that the engine makes for an export, under their names; a cancelled export reports nothing.
import { expect, test, vi } from 'vitest';
import type { EngineClient } from '../../engine/connect/connection.ts';
import type { ExportFormat } from '../../engine/contract/runs/export.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { makeExport } from '../../renderer/features/export/make-export.ts';

const run = { id: 3, name: 'one' };
const report = { name: 'report.html', content: new Blob(['x']) };

const choiceOf = (format: ExportFormat) => ({ format, guardFormulas: true });

/** An engine whose export ends as told. */
const engineThat = (ends: (input: unknown) => Promise<unknown>) =>
  ({ runs: { export: ends } }) as unknown as EngineClient;

test('a single file goes by the name of the run', async () => {
  const engine = engineThat(async () => ({ files: [report] }));
  const made = await makeExport(engine, run, choiceOf('report'), new AbortController().signal);
  expect(made?.files.map(({ name }) => name)).toEqual(['one report.html']);
});

test('the engine hears whether names are guarded against formulas', async () => {
  const ask = vi.fn(async (_input: unknown) => ({ files: [report] }));
  const choice = { format: 'csv', guardFormulas: false } as const;
  const made = await makeExport(engineThat(ask), run, choice, new AbortController().signal);
  expect(ask).toHaveBeenCalledWith({ run: 3, figures: [], ...choice }, expect.anything());
  expect(made).toMatchObject(choice);
});

test('a cancelled export is no failure, one that failed is', async () => {
  const ending = new AbortController();
  const refused = new HindcastError('conflict', 'it has no finished weights');
  const engine = engineThat(async () => {
    throw refused;
  });
  await expect(makeExport(engine, run, choiceOf('tfjs'), ending.signal)).rejects.toBe(refused);
  ending.abort();
  expect(await makeExport(engine, run, choiceOf('tfjs'), ending.signal)).toBeNull();
  const late = engineThat(async () => ({ files: [report] }));
  expect(await makeExport(late, run, choiceOf('report'), ending.signal)).toBeNull();
});

// Whether the host answers while a worker process computes: the statistics of 10 million rows by 7 columns are asked for and, at
// the same time, the run list, as `hindcast runs` does.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunList } from '../../../engine/contract/runs/run-list.ts';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { openWorkspace, type Workspace } from '../../../engine/store/workspace.ts';
import { importMessages, newRun } from '../../store/content.ts';
import { report } from '../report.ts';
import { hindcast } from './bench-api.ts';

const ROWS = 10_000_000;
const COLUMNS = 7;
const CHUNK_ROWS = 8_192;

export async function benchBusy(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-'));
  try {
    const path = join(folder, 'w.hindcast');
    const filled = openWorkspace(path, { create: true, now: Date.now });
    newRun(filled);
    fillLarge(filled);
    filled.close();
    const host = fork(join(import.meta.dirname, 'host-process.ts'), [path]);
    await new Promise((resolve) => host.once('message', resolve));
    await whileItComputes(path);
    host.disconnect();
    await new Promise((resolve) => host.once('exit', resolve));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function whileItComputes(path: string): Promise<void> {
  const engine = await openEngine({ workspacePath: path, log: () => {} });
  const list = async () => readRunList(await engine.client.runs.list({}));
  await report('busy ', 'hindcast runs, at rest', () => hindcast(path, 'runs'), 5);
  await report('busy ', 'run list through the API, at rest', list);
  let done = false;
  const startedAt = performance.now();
  const statistics = engine.client.datasets.statistics({ dataset: 'large' }).finally(() => {
    done = true;
  });
  const times: number[] = [];
  let commands = 0;
  while (!done) {
    const before = performance.now();
    await list();
    times.push(performance.now() - before);
    if (commands++ % 50 === 0) await hindcast(path, 'runs');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const columns = await statistics;
  const seconds = (performance.now() - startedAt) / 1000;
  const longest = Math.max(...times);
  console.log(
    `busy   statistics of ${ROWS.toLocaleString('en-US')} x ${columns.length}: ${seconds.toFixed(1)} s (target 5); meanwhile ${times.length} run lists, the longest ${longest.toFixed(1)} ms (target 100)`,
  );
  await report(
    'busy ',
    'the same statistics again',
    () => engine.client.datasets.statistics({ dataset: 'large' }),
    5,
  );
  await charts(engine);
  await engine.close();
}

async function charts({ client }: Awaited<ReturnType<typeof openEngine>>): Promise<void> {
  const chart = (fromUs?: number) =>
    client.datasets.chart({ dataset: 'large', columns: ['column 0'], fromUs, points: 1_000 });
  const startedAt = performance.now();
  await chart();
  const first = (performance.now() - startedAt) / 1000;
  console.log(
    `busy   first chart of ${ROWS.toLocaleString('en-US')} rows: ${first.toFixed(2)} s (target 1.5)`,
  );
  let fromSecond = 0;
  await report('busy ', 'another range of it (target 3)', () => chart(++fromSecond * 1_000_000));
}

/** One series "large": a wave with noise in each column; the chunks of a column differ in their first values alone. */
export function fillLarge(workspace: Workspace): void {
  const { described } = importMessages();
  const chunks = Math.ceil(ROWS / CHUNK_ROWS);
  const names = Array.from({ length: COLUMNS }, (_, column) => `column ${column}`);
  const kind = 'numeric' as const;
  const writer = workspace.datasets.beginImport({ name: 'large', atMs: 0 });
  const infos = names.map((name) => ({ name, kind, missing: 0, min: -1, max: 1, mean: 0, categories: null }));
  const series = { ...described.series[0]!, name: 'large', rows: ROWS, columns: infos };
  writer.describe({
    ...described,
    series: [series],
    columns: names.map((name) => ({ name, kind })),
    chunks: chunks * (COLUMNS + 1),
  });
  let chunk = 0;
  for (let position = 0; position < chunks; position++) {
    const rows = Math.min(CHUNK_ROWS, ROWS - position * CHUNK_ROWS);
    const first = position * CHUNK_ROWS;
    const times = BigInt64Array.from({ length: rows }, (_, row) => BigInt(first + row) * 1_000_000n);
    const chunkAt = { type: 'chunk', series: 0, position, rows } as const;
    const data = new Uint8Array(times.buffer);
    writer.chunk({ ...chunkAt, chunk: ++chunk, column: -1, encoding: 'time-i64', data });
    for (let column = 0; column < COLUMNS; column++)
      writer.chunk({
        ...chunkAt,
        chunk: ++chunk,
        column,
        encoding: 'numeric-f64',
        data: valuesOf(first, rows, column),
      });
  }
  writer.finish(0);
}

function valuesOf(first: number, rows: number, column: number): Uint8Array {
  let state = first + column + 1;
  const values = Float64Array.from({ length: rows }, (_, row) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.sin((first + row) / (100 + column)) + state / 2_147_483_647;
  });
  const data = new Uint8Array(values.byteLength + Math.ceil(rows / 8)).fill(0xff);
  data.set(new Uint8Array(values.buffer));
  if (rows % 8 !== 0) data[data.length - 1] = (1 << (rows % 8)) - 1;
  return data;
}

// `npm run bench -- data`: the import beside DuckDB and pandas; statistics and charts of ten million rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { readOptions } from '../options.ts';
import { fillLarge } from '../store/bench-busy.ts';
import { benchImport, casesOf } from './bench-import.ts';
import { benchViews } from './bench-views.ts';

const USAGE = `usage: npm run bench -- data [--large] [--only imports|views]

Imports tables and compares with DuckDB (CREATE TABLE AS ... ORDER BY) and, where an interpreter has it, pandas (read_csv and to_datetime),
in turns; times the statistics and charts of ten million rows. Imports are those of the built program: npm run build first.
  --large        the table of 10,000,000 x 8 too (600 MB, some minutes)
  --only PART    imports or views`;

async function views(folder: string): Promise<void> {
  const path = join(folder, 'w.hindcast');
  const workspace = openWorkspace(path, { create: true, now: Date.now });
  fillLarge(workspace);
  workspace.close();
  const engine = await openEngine({ workspacePath: path, log: () => {} });
  await benchViews(engine);
  await engine.close();
}

export async function bench(args: readonly string[]): Promise<void> {
  const { large = false, only } = readOptions(
    args,
    { large: { type: 'boolean' }, only: { type: 'string' } },
    USAGE,
  );
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-data-'));
  try {
    console.log(`data   load ${loadavg()[0]!.toFixed(1)}, ${availableParallelism()} cores`);
    if (only !== 'views') for (const one of casesOf(large)) await benchImport(folder, one);
    if (only !== 'imports') await views(folder);
    console.log(`data   load ${loadavg()[0]!.toFixed(1)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

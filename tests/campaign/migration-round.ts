// One round: a process that brings a workspace of the third schema up to date is killed at a random moment, then another
// one that does the same with a new copy. The oracle:
// the file is sound and every row of it is there, whichever schema it has by then; so is each copy that was made before the upgrade.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type Database from 'better-sqlite3';
import { openWorkspace } from '../../engine/store/workspace.ts';
import { firstMigrations, insertOldRun, look, oldWorkspace } from '../store/old-rows.ts';
import type { Random } from './random.ts';

const RUNS = 400;
const ROWS_OF_RUN = 20;
const KILLS = 5;
/** Within which an upgrade of that many rows ends. */
const LONGEST_MS = 120;

const WRITER = join(import.meta.dirname, '..', 'store', 'writer-child.ts');

export async function playMigrationRound(
  folder: string,
  random: Random,
): Promise<{ upgraded: number; kills: number }> {
  const old = join(folder, 'old.hindcast');
  oldWorkspace(old, firstMigrations(3, folder));
  look(old, fill);
  const before = look(old, contentOf);
  let upgraded = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const own = join(folder, String(kill));
    mkdirSync(own);
    const path = join(own, 'w.hindcast');
    copyFileSync(old, path);
    await upgradeAndKill(path, random() * LONGEST_MS);
    requireSame(path, before);
    if (look(path, schemaOf) > 3) upgraded++;
    openWorkspace(path, { create: false, now: Date.now }).close();
    requireSame(path, before);
    const copies = readdirSync(own).filter((name) => /before-migration-4(-\d+)?$/.test(name));
    for (const name of copies) requireSame(join(own, name), before);
  }
  return { upgraded, kills: KILLS };
}

function fill(database: Database.Database): void {
  const row = database.prepare('INSERT INTO run_step_metric VALUES (?, ?, ?)');
  database.transaction(() => {
    for (let run = 1; run <= RUNS; run++) {
      const id = insertOldRun(database, `run ${run}`, run);
      database.prepare("INSERT INTO run_metric_name VALUES (?, 'step', 0, 'loss')").run(id);
      for (let step = 1; step <= ROWS_OF_RUN; step++) {
        const value = Buffer.alloc(8);
        value.writeDoubleLE(run / step);
        row.run(id, step, value);
      }
    }
    // The process continues queued runs.
    database.exec("UPDATE run SET state = 'completed'");
  })();
}

/** Of the old runs alone: the process writes on until it is killed. */
const contentOf = (database: Database.Database): string =>
  JSON.stringify([
    database
      .prepare(`SELECT id, name, seed, created_at_ms FROM run WHERE id <= ${RUNS} ORDER BY id`)
      .raw()
      .all(),
    database
      .prepare(
        `SELECT run_id, step, hex(metric_values) FROM run_step_metric WHERE run_id <= ${RUNS} ORDER BY run_id, step LIMIT ${RUNS * ROWS_OF_RUN}`,
      )
      .raw()
      .all(),
  ]);

const schemaOf = (database: Database.Database): number =>
  database.prepare('SELECT count(*) FROM migration').pluck().get() as number;

function requireSame(path: string, before: string): void {
  look(path, (database) => {
    const verdict = database.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new Error(`${path}: ${verdict}`);
    if (contentOf(database) !== before) throw new Error(`${path}: rows are not as they were`);
  });
}

async function upgradeAndKill(path: string, delayMs: number): Promise<void> {
  const child = spawn(process.execPath, [WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout }))
    if (line === 'begin') setTimeout(() => child.kill('SIGKILL'), delayMs);
  await ended;
}

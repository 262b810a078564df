// The run list as JSON, as cheaply as possible: the row of each run is made once, and its bytes are cached until that run changes.
// Only the single writer uses it, so it sees every change; all code that changes a row of `run` calls `forget`.

import type { RunSummary } from '../../contract/runs/run.ts';
import { createRunWords, runValues } from '../../contract/runs/run-list.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { DamagedScores } from '../checks/damaged-scores.ts';
import type { Connection } from '../file/connection.ts';
import { listedValues, selectJson } from './run-columns.ts';

export interface RunList {
  /** The newest first. Default: all. */
  newest(limit?: number): readonly RunId[];
  /**
   * UTF-8 of the text that `parseRunList` of the contract reads; numbers that are not finite are null.
   * @param instead rows that replace those of the store, by run
   */
  json(ids: readonly RunId[], instead?: ReadonlyMap<RunId, RunSummary>): Buffer<ArrayBuffer>;
  /** The row of each in that text: the same object until the run changes. */
  rows(ids: readonly RunId[]): readonly Buffer[];
  /** This run changed. */
  forget(id: RunId): void;
  /** Any run may have changed. */
  forgetAll(): void;
}

/** More rows than these are read by one statement. */
const MANY = 500;

export function createRunList(connection: Connection, damagedScores: DamagedScores): RunList {
  const select = selectJson(connection);
  let words = createRunWords();
  const texts = new Map<RunId, Buffer>();
  // Words that no row has any more go too.
  const forgetAll = (): void => {
    texts.clear();
    words = createRunWords();
  };
  // What was written from rows that are rolled back afterwards must not stay.
  connection.onRollback(forgetAll);

  /** With the comma before it, so that a list is joined by one copy a row. */
  const textOf = (values: readonly unknown[]): Buffer =>
    Buffer.from(`,${JSON.stringify(words.pack(values))}`);

  /** The only reading of rows from the store: of many in one statement. */
  function read(ids: readonly RunId[]): void {
    if (ids.length > MANY) {
      const all = connection.values<RunId>('SELECT id FROM run ORDER BY id');
      const rows = connection.values<string>(`${select} ORDER BY run.id`);
      for (const [index, id] of all.entries()) keep(id, rows[index]);
    } else {
      for (const id of ids) keep(id, connection.value<string>(`${select} WHERE run.id = ?`, id));
    }
  }

  function keep(id: RunId, row: string | undefined): void {
    if (texts.has(id)) return;
    texts.set(id, textOf(row === undefined ? [] : listedValues(row, id, damagedScores)));
  }

  function rows(ids: readonly RunId[]): Buffer[] {
    const missing = ids.filter((id) => !texts.has(id));
    if (missing.length > 0) read(missing);
    return ids.map((id) => texts.get(id)!);
  }

  return {
    rows,
    newest: (limit = -1) => connection.values<RunId>('SELECT id FROM run ORDER BY id DESC LIMIT ?', limit),
    json(ids, instead) {
      const list = rows(ids);
      for (const [id, run] of instead ?? []) {
        const index = ids.indexOf(id);
        if (index >= 0) list[index] = textOf(runValues(run));
      }
      return Buffer.concat([Buffer.from(`[${JSON.stringify(words.words)}`), ...list, Buffer.from(']')]);
    },
    forget: (id) => {
      texts.delete(id);
    },
    forgetAll,
  };
}

// The run list as JSON, as cheaply as possible: SQLite writes the text of each run once, and its bytes are cached until that run changes.
// Only the single writer uses it, so it sees every change; all code that changes a row of `run` calls `forget`.
import type { RunId } from '../contract/ids.ts';
import type { Connection } from './connection.ts';
import { SELECT_JSON } from './run-columns.ts';

export interface RunList {
  /** UTF-8 of the text that `parseRunList` of the contract reads, newest run first; numbers that are not finite are null. */
  json(limit?: number): Buffer<ArrayBuffer>;
  /** This run changed. */
  forget(id: RunId): void;
  /** Any run may have changed. */
  forgetAll(): void;
}

export function createRunList(connection: Connection): RunList {
  const texts = new Map<number, Buffer>();
  const forgetAll = (): void => texts.clear();
  // What was written from rows that are rolled back afterwards must not stay.
  connection.onRollback(forgetAll);

  const fill = (ids: readonly number[]): void => {
    const missing = ids.filter((id) => !texts.has(id));
    // One statement for many, a lookup each for a few.
    if (missing.length > 500) {
      const lowest = missing.at(-1) ?? 0;
      const highest = missing[0] ?? 0;
      const all = connection.values<string>(
        `${SELECT_JSON} WHERE run.id BETWEEN ? AND ? ORDER BY run.id DESC`,
        lowest,
        highest,
      );
      const first = ids.indexOf(highest);
      for (const [offset, text] of all.entries()) texts.set(ids[first + offset] as number, Buffer.from(text));
      return;
    }
    for (const id of missing) {
      const text = connection.value<string>(`${SELECT_JSON} WHERE run.id = ?`, id) ?? 'null';
      texts.set(id, Buffer.from(text));
    }
  };

  return {
    json(limit = -1) {
      const ids = connection.values<number>('SELECT id FROM run ORDER BY id DESC LIMIT ?', limit);
      fill(ids);
      return listed(ids.map((id) => texts.get(id)!));
    },
    forget: (id) => {
      texts.delete(id);
    },
    forgetAll,
  };
}

const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((sign) => sign.charCodeAt(0)) as [number, number, number];

/** `[row,row,...]` */
function listed(rows: readonly Buffer[]): Buffer<ArrayBuffer> {
  const bytes = rows.reduce((sum, row) => sum + row.length + 1, 1);
  const list = Buffer.allocUnsafe(Math.max(2, bytes));
  list[0] = OPEN;
  let at = 1;
  for (const row of rows) {
    list.set(row, at);
    at += row.length;
    list[at] = COMMA;
    at += 1;
  }
  list[list.length - 1] = CLOSE;
  return list;
}

// DuckDB that is opened, with the table in it, by the first question to it: a table that is read without it pays nothing.
import type { Known } from '../plain/known.ts';
import type { Duck } from './duck.ts';

export function lazyDuck(known: Known | null, open: () => Promise<Duck>): Duck {
  let opened: Promise<Duck> | null = null;
  const duck = (): Promise<Duck> => {
    opened ??= open();
    return opened;
  };
  return {
    known,
    run: async (sql) => (await duck()).run(sql),
    numbers: async (sql) => (await duck()).numbers(sql),
    rows: async (sql) => (await duck()).rows(sql),
    addTable: async (name, columns, values) => (await duck()).addTable(name, columns, values),
    async *blocks(sql) {
      yield* (await duck()).blocks(sql);
    },
    // One that failed to open is closed already.
    close: async () => (await opened?.catch(() => null))?.close(),
  };
}

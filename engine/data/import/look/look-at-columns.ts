// Looks at all columns, by as many threads as there are: each takes the next group of columns when it is done with the one before.
import { createInTurn } from '../../../contract/processes/in-turn.ts';
import { throwIfCancelled } from '../abort.ts';
import { type ColumnGroup, columnGroups, type Placed } from '../rows/placed.ts';
import type { TypedColumn } from '../table/typed-table.ts';
import type { ColumnLook } from './look.ts';
import type { LookRows } from './look-rows.ts';
import type { Looker } from './look-thread.ts';

export interface LookRequest {
  readonly placed: Placed;
  readonly spans: LookRows['spans'];
  readonly columns: readonly TypedColumn[];
  readonly lookers: readonly Looker[];
  readonly signal: AbortSignal | undefined;
  /** Columns that were looked at. */
  progress(columns: number): void;
}

/** By column. */
export async function lookAtColumns(request: LookRequest): Promise<ColumnLook[]> {
  const { placed, spans, columns, lookers, signal, progress } = request;
  const { parts, times } = placed;
  const groups = columnGroups(columns, times.length);
  const looks: ColumnLook[] = [];
  let done = 0;
  // DuckDB answers one question at a time.
  const inTurn = createInTurn();
  async function lookAtGroup(looker: Looker, { firstColumn, columns: some }: ColumnGroup): Promise<void> {
    const values = await inTurn(() => placed.read(some, looker.room));
    throwIfCancelled(signal);
    const named = some.map(({ name }, i) => ({ name, values: values[i]! }));
    for (const [i, look] of (await looker.look(named)).entries()) looks[firstColumn + i] = look;
    done += some.length;
    progress(done);
  }
  await Promise.all(
    lookers.map(async (looker) => {
      looker.begin({ parts, spans: spans.map(({ name, stepUs }) => ({ name, stepUs })), times });
      for (const group of groups) await lookAtGroup(looker, group);
    }),
  );
  return looks;
}

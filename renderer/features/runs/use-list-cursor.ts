// Where in the run list the keys are, what is selected, and which studies show their runs.
import { useMemo, useRef, useState } from 'react';
import { hrefOf, navigate } from '../../app/router.ts';
import { type Entry, isUnfolded, type ListedStudy } from './list-entries.ts';
import type { ListedRun } from './run-filter.ts';
import type { RowHandlers } from './run-row.tsx';

interface Listed {
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<number, ListedRun>;
  readonly studies: ReadonlyMap<number, ListedStudy>;
}

export interface ListCursor {
  readonly cursor: string | null;
  /** The row whose menu is open. */
  readonly menu: string | null;
  readonly unfolding: ReadonlyMap<string, boolean>;
  unfold(key: string, unfolded: boolean): void;
  /** Numbers of runs: selecting a study selects all its runs. */
  readonly selected: ReadonlySet<number>;
  clear(): void;
  readonly chosen: readonly ListedRun[];
  readonly atCursor: { readonly runs: readonly ListedRun[]; readonly study: ListedStudy | null };
  /** What keys act on: the selected runs, or those of the row at the cursor. */
  readonly targets: readonly ListedRun[];
  /** The same object for as long as the list is there. */
  readonly handlers: RowHandlers;
}

export function useListCursor(listed: Listed): ListCursor {
  const { byId } = listed;
  const [cursor, setCursor] = useState<string | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [unfolding, setUnfolding] = useState<ReadonlyMap<string, boolean>>(new Map());
  const unfold = (key: string, unfolded: boolean) =>
    setUnfolding((before) => new Map(before).set(key, unfolded));
  const current = useRef({ listed, unfolding, unfold });
  current.current = { listed, unfolding, unfold };

  const handlers = useMemo<RowHandlers>(
    () => ({
      toggle(key) {
        const { runs } = rowAt(current.current.listed, key);
        setSelected((before) => toggled(before, runs));
      },
      open(key) {
        const { listed, unfolding, unfold } = current.current;
        const entry = listed.entries.find((one) => one.key === key);
        if (entry?.study) unfold(key, !isUnfolded(entry, unfolding));
        else navigate(hrefOf(['runs', key.replace(/\D/g, '')]));
      },
      moveTo: setCursor,
      menu: setMenu,
    }),
    [],
  );
  const chosen = useMemo(() => [...byId.values()].filter(({ id }) => selected.has(id)), [byId, selected]);
  const atCursor = cursor === null ? NOTHING : rowAt(listed, cursor);
  return {
    cursor,
    menu,
    unfolding,
    unfold,
    selected,
    clear: () => setSelected(new Set()),
    chosen,
    atCursor,
    targets: chosen.length > 0 ? chosen : atCursor.runs,
    handlers,
  };
}

type AtRow = ListCursor['atCursor'];
const NOTHING: AtRow = { runs: [], study: null };

function rowAt({ byId, studies }: Listed, key: string): AtRow {
  const [, kind, id] = /^(run|study)-(\d+)$/.exec(key) ?? [];
  const run = kind === 'run' ? byId.get(Number(id)) : undefined;
  const study = kind === 'study' ? studies.get(Number(id)) : undefined;
  if (study) return { runs: study.members, study };
  return run ? { runs: [run], study: null } : NOTHING;
}

/** All of them, or none where all were selected. */
function toggled(before: ReadonlySet<number>, runs: readonly ListedRun[]): ReadonlySet<number> {
  const after = new Set(before);
  const isAll = runs.every(({ id }) => before.has(id));
  for (const { id } of runs) {
    if (isAll) after.delete(id);
    else after.add(id);
  }
  return after;
}

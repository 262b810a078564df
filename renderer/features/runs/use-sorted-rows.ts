// The rows of the run list: sorted by a column, and by protocol where that column holds test scores.
import { type SortingState, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import type { Entry, RunEntry } from './list-entries.ts';
import { type Row, rowsByMeasure, rowsOf, type SortedEntry } from './list-rows.ts';
import { features, sortColumnsOf } from './run-columns.tsx';

interface Wanted {
  readonly entries: readonly Entry[];
  readonly sorting: SortingState;
  readonly unfolding: ReadonlyMap<string, boolean>;
}

const belowOf = (entry: Entry): Entry[] | undefined =>
  entry.study ? ([...entry.below] satisfies RunEntry[]) : undefined;

export function useSortedRows({ entries, sorting, unfolding }: Wanted): readonly Row[] {
  const catalogue = useCatalogue();
  const columns = useMemo(() => sortColumnsOf(catalogue), [catalogue]);
  const table = useTable({
    features,
    columns,
    data: entries as Entry[],
    getRowId: (entry) => entry.key,
    getSubRows: belowOf,
    state: { sorting },
  });
  const { rows } = table.getRowModel();
  const isByScore = sorting[0]?.id === 'testScore';
  return useMemo(() => {
    const sorted = rows.map(({ original, subRows }): SortedEntry => {
      // Below a study there are runs alone.
      return { entry: original, below: subRows.flatMap((row) => (row.original.run ? [row.original] : [])) };
    });
    return isByScore ? rowsByMeasure(sorted, unfolding, catalogue) : rowsOf(sorted, unfolding);
  }, [rows, unfolding, isByScore, catalogue]);
}

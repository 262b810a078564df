// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, since only those in sight exist
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// The run list as a grid: only the visible rows exist, so ten thousand runs scroll as smoothly as twenty.
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type SortingState, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useKeymap } from '../../app/hotkeys.ts';
import { useWidth } from '../../charts/use-width.ts';
import { Scrolling } from './run-cells.tsx';
import { COLUMNS, type Column, features, SORTABLE, sortColumns } from './run-columns.tsx';
import type { ListedRun } from './run-filter.ts';
import { type RowHandlers, RunRow } from './run-row.tsx';
import classes from './run-table.module.css';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 30;
const PAGE_ROWS = 20;

export interface RunTableProps {
  /** What is shown, in any order; may be a moment behind `latest`. */
  readonly runs: readonly ListedRun[];
  /** Each run as it is now. */
  readonly latest: ReadonlyMap<number, ListedRun>;
  readonly sorting: SortingState;
  onSorting(sorting: SortingState): void;
  readonly selected: ReadonlySet<number>;
  /** The run that keys act on. */
  readonly cursor: number | null;
  readonly handlers: RowHandlers;
}

export function RunTable(props: RunTableProps) {
  const { runs, latest, sorting, selected, cursor, handlers } = props;
  const { ref: box, width } = useWidth();
  const scroll = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns: sortColumns,
    data: runs as ListedRun[],
    getRowId: (run) => String(run.id),
    state: { sorting },
  });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 6,
  });
  const columns = useMemo(() => COLUMNS.filter(({ from }) => width >= from), [width]);
  const tracks = useMemo(() => ['20px', ...columns.map(({ track }) => track)].join(' '), [columns]);
  const at = useMemo(() => rows.findIndex(({ original }) => original.id === cursor), [rows, cursor]);

  function moveTo(index: number): void {
    const position = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[position];
    if (!row) return;
    handlers.moveTo(row.original.id);
    virtual.scrollToIndex(position);
    scroll.current?.focus({ preventScroll: true });
  }
  useKeymap({ j: () => moveTo(at + 1), k: () => moveTo(at - 1) });
  // The focus of a grid is its active row, so there is one as soon as there are rows.
  const firstId = rows[0]?.original.id;
  useEffect(() => {
    if (at < 0 && firstId !== undefined) handlers.moveTo(firstId);
  }, [at, firstId, handlers]);
  useEffect(() => scroll.current?.focus({ preventScroll: true }), []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE_ROWS,
      PageUp: at - PAGE_ROWS,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    const onGrid = event.target === scroll.current && cursor !== null;
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && onGrid) handlers.open(cursor);
    else if (event.key === ' ' && onGrid) handlers.toggle(cursor);
    else return;
    event.preventDefault();
  }
  return (
    <div ref={box} style={{ flex: 1, minHeight: 0, display: 'flex' }}>
      <div
        ref={scroll}
        className={classes.grid}
        role="grid"
        aria-label="Runs"
        aria-rowcount={rows.length + 1}
        aria-multiselectable
        aria-activedescendant={at >= 0 ? `run-${cursor}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
          <span role="columnheader">
            <span className="visually-hidden">Selected</span>
          </span>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sorting={sorting} onSorting={props.onSorting} />
          ))}
        </div>
        <Scrolling value={virtual.isScrolling}>
          <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              const { id } = row.original;
              return (
                <RunRow
                  key={id}
                  run={latest.get(id) ?? row.original}
                  place={item.index}
                  top={item.start}
                  columns={columns}
                  tracks={tracks}
                  selected={selected.has(id)}
                  active={id === cursor}
                  handlers={handlers}
                />
              );
            })}
          </div>
        </Scrolling>
      </div>
    </div>
  );
}

interface HeadCellProps {
  readonly column: Column;
  readonly sorting: SortingState;
  onSorting(sorting: SortingState): void;
}

/** The first click on a number puts the large ones first, on anything else the first of the alphabet. */
function HeadCell({ column, sorting, onSorting }: HeadCellProps) {
  const { id, title, numeric = false } = column;
  const className = `${classes.headCell} ${numeric ? 'num' : ''}`;
  if (!SORTABLE.has(id)) {
    return (
      <span role="columnheader" className={className}>
        <span className={classes.sort} style={{ cursor: 'default' }}>
          {title}
        </span>
      </span>
    );
  }
  const sort = sorting.find((candidate) => candidate.id === id);
  const direction = !sort ? 'none' : sort.desc ? 'descending' : 'ascending';
  const Icon = sort?.desc ? IconChevronDown : IconChevronUp;
  return (
    <span role="columnheader" className={className} aria-sort={direction}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSorting([{ id, desc: sort ? !sort.desc : numeric }])}
      >
        {title}
        {sort && <Icon size={12} aria-hidden />}
      </button>
    </span>
  );
}

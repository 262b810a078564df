// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, since only those in sight exist
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// The run list as a grid: only the rows in sight exist, so ten thousand scroll as twenty do.
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type SortingState, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useKeymap } from '../../app/hotkeys.ts';
import { useWidth } from '../../charts/use-width.ts';
import { columns, features, PLACES } from './run-columns.tsx';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 30;

export interface RunTableProps {
  readonly runs: readonly ListedRun[];
  readonly sorting: SortingState;
  onSorting(sorting: SortingState): void;
  readonly selected: ReadonlySet<number>;
  onToggle(id: number): void;
  /** The run that keys act on. */
  readonly cursor: number | null;
  onCursor(id: number): void;
  onOpen(id: number): void;
}

export function RunTable(props: RunTableProps) {
  const { runs, sorting, selected, cursor } = props;
  const { ref: box, width } = useWidth();
  const scroll = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns,
    data: runs as ListedRun[],
    getRowId: (run) => String(run.id),
    state: { sorting },
    onSortingChange: (update) => props.onSorting(typeof update === 'function' ? update(sorting) : update),
    enableSortingRemoval: false,
  });
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    scrollMargin: 0,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 8,
  });
  const shown = useMemo(() => Object.entries(PLACES).filter(([, place]) => width >= place.from), [width]);
  const tracks = ['20px', ...shown.map(([, place]) => place.track)].join(' ');
  const at = rows.findIndex(({ original }) => original.id === cursor);

  function moveTo(index: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    props.onCursor(row.original.id);
    virtual.scrollToIndex(rows.indexOf(row));
    scroll.current?.focus({ preventScroll: true });
  }
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 20,
    PageUp: at - 20,
    Home: 0,
    End: rows.length - 1,
  };
  useKeymap({ j: () => moveTo(at + 1), k: () => moveTo(at - 1) });
  // The focus of a grid is its active row, so there is one as soon as there are rows.
  const firstId = rows[0]?.original.id;
  const { onCursor } = props;
  useEffect(() => {
    if (at < 0 && firstId !== undefined) onCursor(firstId);
  }, [at, firstId, onCursor]);
  useEffect(() => scroll.current?.focus({ preventScroll: true }), []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = moves[event.key];
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Enter' && cursor !== null && event.target === scroll.current)
      props.onOpen(cursor);
    else if (event.key === ' ' && cursor !== null && event.target === scroll.current) props.onToggle(cursor);
    else return;
    event.preventDefault();
  }
  const [header] = table.getHeaderGroups();
  const heads = new Map(header?.headers.map((head) => [head.column.id, head]));
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
          {shown.map(([id, place]) => (
            <HeadCell key={id} head={heads.get(id)} numeric={place.numeric ?? false} sorting={sorting} />
          ))}
        </div>
        <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const { id } = row.original;
            const cells = new Map(row.getAllCells().map((cell) => [cell.column.id, cell]));
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
              <div
                key={id}
                id={`run-${id}`}
                className={`${classes.row} ${id === cursor ? classes.cursor : ''}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selected.has(id)}
                style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
                onClick={(event) => onRowClick(event, id, props)}
                tabIndex={-1}
              >
                <span role="gridcell">
                  <input
                    type="checkbox"
                    className={classes.check}
                    checked={selected.has(id)}
                    onChange={() => props.onToggle(id)}
                    aria-label={`Select ${row.original.name}`}
                    tabIndex={-1}
                  />
                </span>
                {shown.map(([column, place]) => {
                  const cell = cells.get(column);
                  return (
                    <span
                      key={column}
                      role="gridcell"
                      className={`${classes.cell} ${place.numeric ? 'num' : ''}`}
                    >
                      {cell && <table.FlexRender cell={cell} />}
                    </span>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** A click opens; on the checkbox it selects, and with Ctrl, Cmd or Shift anywhere in the row. */
function onRowClick(event: MouseEvent, id: number, props: RunTableProps): void {
  if ((event.target as HTMLElement).closest('input, a')) return;
  props.onCursor(id);
  if (event.ctrlKey || event.metaKey || event.shiftKey) props.onToggle(id);
  else props.onOpen(id);
}

interface Head {
  readonly column: {
    readonly id: string;
    readonly columnDef: { readonly header?: unknown };
    getCanSort(): boolean;
    toggleSorting(desc?: boolean): void;
  };
}

function HeadCell(props: { head: Head | undefined; numeric: boolean; sorting: SortingState }) {
  const { head, numeric, sorting } = props;
  if (!head) return null;
  const { column } = head;
  const text = String(column.columnDef.header);
  const sort = sorting.find(({ id }) => id === column.id);
  const direction = !sort ? 'none' : sort.desc ? 'descending' : 'ascending';
  const className = `${classes.headCell} ${numeric ? 'num' : ''}`;
  if (!column.getCanSort()) {
    return (
      <span role="columnheader" className={className}>
        <span className={classes.sort} style={{ cursor: 'default' }}>
          {text}
        </span>
      </span>
    );
  }
  const Icon = sort?.desc ? IconChevronDown : IconChevronUp;
  return (
    <span role="columnheader" className={className} aria-sort={direction}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => column.toggleSorting(sort ? !sort.desc : numeric)}
      >
        {text}
        {sort && <Icon size={12} aria-hidden />}
      </button>
    </span>
  );
}

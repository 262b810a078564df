// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, since only those in sight exist
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// The run list as a grid: only the visible rows exist, so ten thousand runs scroll as smoothly as twenty.
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { SortingState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useKeymap } from '../../app/hotkeys.ts';
import { useWidth } from '../../charts/use-width.ts';
import { type Entry, isUnfolded, type ListedStudy, runsOf } from './list-entries.ts';
import type { Row } from './list-rows.ts';
import { Scrolling } from './run-cells.tsx';
import { COLUMNS, type Column, SORTABLE } from './run-columns.tsx';
import type { ListedRun } from './run-filter.ts';
import { type Choice, HeadingOfRows, type RowHandlers, RunRow } from './run-row.tsx';
import classes from './run-table.module.css';
import { useSortedRows } from './use-sorted-rows.ts';

const ROW_HEIGHT = 36;
const HEAD_HEIGHT = 30;
const PAGE_ROWS = 20;

export interface RunTableProps {
  /** What is shown, in any order; may be a moment behind what they show now. */
  readonly entries: readonly Entry[];
  /** Each run and each study as it is now. */
  readonly latest: ReadonlyMap<number, ListedRun>;
  readonly studies: ReadonlyMap<number, ListedStudy>;
  /** Studies that the user has folded or unfolded. */
  readonly unfolding: ReadonlyMap<string, boolean>;
  onUnfold(key: string, unfolded: boolean): void;
  readonly sorting: SortingState;
  onSorting(sorting: SortingState): void;
  /** Numbers of runs. */
  readonly selected: ReadonlySet<number>;
  /** The row that keys act on. */
  readonly cursor: string | null;
  /** The row whose menu is open. */
  readonly menu: string | null;
  readonly menuOf: (entry: Entry) => ReactNode;
  readonly handlers: RowHandlers;
}

export function RunTable(props: RunTableProps) {
  const { entries, unfolding, sorting, cursor, handlers } = props;
  const { ref: box, width } = useWidth();
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useSortedRows({ entries, sorting, unfolding });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 6,
  });
  const columns = useMemo(() => COLUMNS.filter(({ from }) => width >= from), [width]);
  const tracks = useMemo(() => ['20px', ...columns.map(({ track }) => track), '24px'].join(' '), [columns]);
  const at = useMemo(() => rows.findIndex(({ key }) => key === cursor), [rows, cursor]);

  /** Headings are passed over. */
  function moveTo(index: number, direction = 1): void {
    let position = Math.max(0, Math.min(rows.length - 1, index));
    if (!rows[position]?.entry) position += direction < 0 && position > 0 ? -1 : 1;
    const row = rows[position];
    if (!row?.entry) return;
    handlers.moveTo(row.key);
    virtual.scrollToIndex(position);
    scroll.current?.focus({ preventScroll: true });
  }
  useKeymap({ j: () => moveTo(at + 1), k: () => moveTo(at - 1, -1) });
  // The focus of a grid is its active row, so there is one as soon as there are rows.
  const firstKey = rows.find(({ entry }) => entry)?.key;
  useEffect(() => {
    if (at < 0 && firstKey !== undefined) handlers.moveTo(firstKey);
  }, [at, firstKey, handlers]);
  // At the start, and when a menu has closed.
  const hasMenu = props.menu !== null;
  useEffect(() => {
    if (!hasMenu) scroll.current?.focus({ preventScroll: true });
  }, [hasMenu]);

  /** Right unfolds a study, left folds it; left on one of its runs goes to the study. */
  function fold(key: 'ArrowRight' | 'ArrowLeft'): void {
    const row = rows[at];
    if (!row?.entry) return;
    if (row.entry.study) props.onUnfold(row.key, key === 'ArrowRight');
    else if (row.isMember && key === 'ArrowLeft') moveTo(studyAbove(rows, at));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // The menu of a row lies elsewhere on the page, and its keys come here all the same.
    if (!scroll.current?.contains(event.target as Node)) return;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [at + 1, 1],
      ArrowUp: [at - 1, -1],
      PageDown: [at + PAGE_ROWS, 1],
      PageUp: [at - PAGE_ROWS, -1],
      Home: [0, 1],
      End: [rows.length - 1, -1],
    };
    const to = moves[event.key];
    const onGrid = event.target === scroll.current && cursor !== null;
    if (to !== undefined) moveTo(...to);
    else if (!onGrid) return;
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') fold(event.key);
    else if (event.key === 'Enter') handlers.open(cursor);
    else if (event.key === ' ') handlers.toggle(cursor);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) handlers.menu(cursor);
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
        aria-activedescendant={at >= 0 ? (cursor ?? undefined) : undefined}
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
          <span role="columnheader">
            <span className="visually-hidden">Actions</span>
          </span>
        </div>
        <Scrolling value={virtual.isScrolling}>
          <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              if (!row) return null;
              if (!row.entry)
                return <HeadingOfRows key={row.key} text={row.heading} position={index} top={start} />;
              return (
                <LiveRow
                  key={row.key}
                  {...props}
                  row={row}
                  position={index}
                  top={start}
                  columns={columns}
                  tracks={tracks}
                />
              );
            })}
          </div>
        </Scrolling>
      </div>
    </div>
  );
}

function studyAbove(rows: readonly Row[], index: number): number {
  for (let above = index - 1; above >= 0; above--) if (rows[above]?.entry?.study) return above;
  return index;
}

interface LiveRowProps extends RunTableProps {
  readonly row: Extract<Row, { readonly isMember: boolean }>;
  readonly position: number;
  readonly top: number;
  readonly columns: readonly Column[];
  readonly tracks: string;
}

/** What the row shows as it is now. */
function LiveRow(props: LiveRowProps) {
  const { row, position, top, columns, tracks, cursor, menu, handlers, unfolding } = props;
  const { run, study } = row.entry;
  const latestRun = run && (props.latest.get(run.id) ?? run);
  const latestStudy = study && (props.studies.get(study.study.id) ?? study);
  const entry = useMemo(
    (): Entry =>
      row.entry.study
        ? { ...row.entry, study: latestStudy ?? row.entry.study }
        : { ...row.entry, run: latestRun ?? row.entry.run },
    [row.entry, latestRun, latestStudy],
  );
  return (
    <RunRow
      entry={entry}
      isMember={row.isMember}
      unfolded={row.entry.study ? isUnfolded(row.entry, unfolding) : null}
      position={position}
      top={top}
      columns={columns}
      tracks={tracks}
      choice={choiceOf(entry, props.selected)}
      active={row.key === cursor}
      menu={row.key === menu ? props.menuOf(entry) : null}
      handlers={handlers}
    />
  );
}

function choiceOf(entry: Entry, selected: ReadonlySet<number>): Choice {
  const runs = runsOf(entry);
  const chosen = runs.filter(({ id }) => selected.has(id)).length;
  return chosen === 0 ? 'none' : chosen === runs.length ? 'all' : 'some';
}

interface HeadCellProps {
  readonly column: Column;
  readonly sorting: SortingState;
  onSorting(sorting: SortingState): void;
}

/** The first press puts large numbers first, of errors the best, and of anything else the first of the alphabet. */
function HeadCell({ column, sorting, onSorting }: HeadCellProps) {
  const { id, title, numeric = false, smallFirst = false } = column;
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
        onClick={() => onSorting([{ id, desc: sort ? !sort.desc : numeric && !smallFirst }])}
      >
        {title}
        {sort && <Icon size={12} aria-hidden />}
      </button>
    </span>
  );
}

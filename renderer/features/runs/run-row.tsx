// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, since only those in sight exist
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// One row of the run list; drawn again only when its run or its selection has changed.
import { type MouseEvent, memo } from 'react';
import type { Column } from './run-columns.tsx';
import type { ListedRun } from './run-filter.ts';
import classes from './run-table.module.css';

/** The same object for as long as the list is there. */
export interface RowHandlers {
  toggle(id: number): void;
  open(id: number): void;
  moveTo(id: number): void;
}

interface RunRowProps {
  readonly run: ListedRun;
  /** Counted from 0. */
  readonly place: number;
  /** Pixels from the top. */
  readonly top: number;
  readonly columns: readonly Column[];
  readonly tracks: string;
  readonly selected: boolean;
  readonly active: boolean;
  readonly handlers: RowHandlers;
}

export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, place, top, columns, tracks, selected, active, handlers } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
    <div
      id={`run-${run.id}`}
      className={`${classes.row} ${active ? classes.cursor : ''}`}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={selected}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
      onClick={(event) => onClick(event, run.id, handlers)}
      tabIndex={-1}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          className={classes.check}
          checked={selected}
          onChange={() => handlers.toggle(run.id)}
          aria-label={`Select ${run.name}`}
          tabIndex={-1}
        />
      </span>
      {columns.map(({ id, numeric, cell }) => (
        <span key={id} role="gridcell" className={`${classes.cell} ${numeric ? 'num' : ''}`}>
          {cell(run)}
        </span>
      ))}
    </div>
  );
});

/** A click opens; on the checkbox it selects, and with Ctrl, Cmd or Shift anywhere in the row. */
function onClick(event: MouseEvent, id: number, handlers: RowHandlers): void {
  if ((event.target as HTMLElement).closest('input, a')) return;
  handlers.moveTo(id);
  if (event.ctrlKey || event.metaKey || event.shiftKey) handlers.toggle(id);
  else handlers.open(id);
}

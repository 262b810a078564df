// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, since only those in sight exist
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// One row of the run list: a run, or a study that folds its runs away. Drawn again only when what it shows has changed.
import { IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { type Entry, runsOf } from './list-entries.ts';
import type { Column } from './run-columns.tsx';
import classes from './run-table.module.css';

/** The same object for as long as the list is there. Rows go by their keys. */
export interface RowHandlers {
  toggle(key: string): void;
  /** The page of a run; a study is folded or unfolded. */
  open(key: string): void;
  moveTo(key: string): void;
  /** What can be done to the row; null closes it. */
  menu(key: string | null): void;
}

export type Choice = 'none' | 'some' | 'all';

interface RunRowProps {
  /** As it is now. */
  readonly entry: Entry;
  readonly isMember: boolean;
  /** Of a study; null for a run. */
  readonly unfolded: boolean | null;
  /** Counted from 0. */
  readonly position: number;
  /** Pixels from the top. */
  readonly top: number;
  readonly columns: readonly Column[];
  readonly tracks: string;
  readonly choice: Choice;
  readonly active: boolean;
  /** The opened menu of this row. */
  readonly menu: ReactNode;
  readonly handlers: RowHandlers;
}

export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { entry, isMember, position, top, columns, tracks, choice, active, menu, handlers } = props;
  const name = nameOf(entry);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
    <div
      id={entry.key}
      className={`${classes.row} ${active ? classes.cursor : ''} ${isMember ? classes.member : ''}`}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={choice === 'all'}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
      onClick={(event) => onClick(event, entry.key, handlers)}
      onContextMenu={(event) => onContextMenu(event, entry.key, handlers)}
      tabIndex={-1}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          className={classes.check}
          checked={choice === 'all'}
          ref={(box) => {
            if (box) box.indeterminate = choice === 'some';
          }}
          onChange={() => handlers.toggle(entry.key)}
          aria-label={`Select ${name}`}
          tabIndex={-1}
        />
      </span>
      {columns.map((column) => (
        <span key={column.id} role="gridcell" className={`${classes.cell} ${column.numeric ? 'num' : ''}`}>
          {column.id === 'name' ? <NameOfRow {...props} column={column} /> : contentOf(column, entry)}
        </span>
      ))}
      <span role="gridcell">
        {menu ?? (
          <button
            type="button"
            className={classes.more}
            aria-label={`Actions for ${name}`}
            aria-haspopup="menu"
            tabIndex={-1}
            onClick={() => handlers.menu(entry.key)}
          >
            <IconDots size={15} aria-hidden />
          </button>
        )}
      </span>
    </div>
  );
});

/** Columns of a damaged run that hold no value of it. */
const WITHOUT_VALUES = ['id', 'state', 'name', 'datasetName'];

function contentOf({ id, cell, study }: Column, entry: Entry): ReactNode {
  if (entry.study) return study(entry.study);
  return entry.run.state === 'damaged' && !WITHOUT_VALUES.includes(id) ? '–' : cell(entry.run);
}

const nameOf = (entry: Entry): string => entry.run?.name ?? `study ${entry.study?.study.name}`;

/** Before the name of a study the button that shows its runs. */
function NameOfRow({ entry, unfolded, column, handlers }: RunRowProps & { readonly column: Column }) {
  if (unfolded === null) return contentOf(column, entry);
  const Icon = unfolded ? IconChevronDown : IconChevronRight;
  return (
    <span className={classes.nameCell}>
      <button
        type="button"
        className={classes.unfold}
        aria-expanded={unfolded}
        aria-label={`Runs of ${nameOf(entry)}, ${runsOf(entry).length}`}
        tabIndex={-1}
        onClick={(event) => {
          focusGrid(event.currentTarget);
          handlers.moveTo(entry.key);
          handlers.open(entry.key);
        }}
      >
        <Icon size={14} aria-hidden />
      </button>
      {contentOf(column, entry)}
    </span>
  );
}

/** The grid takes the keys, not what was pressed in it. */
function focusGrid(element: Element): void {
  element.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true });
}

/** A click opens; on the checkbox it selects, and with Ctrl, Cmd or Shift anywhere in the row. */
function onClick(event: MouseEvent, key: string, handlers: RowHandlers): void {
  if ((event.target as HTMLElement).closest('input, a, button, [role="menu"]')) return;
  focusGrid(event.currentTarget);
  handlers.moveTo(key);
  if (event.ctrlKey || event.metaKey || event.shiftKey) handlers.toggle(key);
  else handlers.open(key);
}

/** A link keeps the menu that it has everywhere. */
function onContextMenu(event: MouseEvent, key: string, handlers: RowHandlers): void {
  if ((event.target as HTMLElement).closest('a, [role="menu"]')) return;
  event.preventDefault();
  handlers.moveTo(key);
  handlers.menu(key);
}

/** Between the scores of one protocol and those of the next. */
export function HeadingOfRows({
  text,
  position,
  top,
}: {
  readonly text: string;
  readonly position: number;
  readonly top: number;
}) {
  return (
    <div
      className={`${classes.row} ${classes.heading}`}
      role="row"
      aria-rowindex={position + 2}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="ellipsis">
        {text}
      </span>
    </div>
  );
}

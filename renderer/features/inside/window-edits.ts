// What hand and keys make of a window: edits, one after the other. Pure.
import type { Edit } from '../../../engine/contract/inside/edits.ts';

export type Tool = 'move' | 'erase';

interface HandOn {
  readonly tool: Tool;
  readonly input: string;
  /** Rows beside the one that is moved, which move less and less. */
  readonly reach: number;
}

interface Drag {
  readonly from: { readonly row: number; readonly y: number };
  readonly to: { readonly row: number; readonly y: number };
}

export function editOfDrag({ tool, input, reach }: HandOn, { from, to }: Drag): Edit {
  if (tool === 'move') return { kind: 'move', input, row: from.row, by: to.y - from.y, reach };
  const [first, last] = [Math.min(from.row, to.row), Math.max(from.row, to.row)];
  return { kind: 'erase', from: first, end: last + 1 };
}

/** Moves of one row by keys, and shifts, add up to one edit; none is left where they add up to nothing. */
export function withEdit(edits: readonly Edit[], edit: Edit): readonly Edit[] {
  if (edit.kind === 'move' && edit.by === 0) return edits;
  const last = edits.at(-1);
  const joined = last && join(last, edit);
  if (joined === undefined) return [...edits, edit];
  return joined === null ? edits.slice(0, -1) : [...edits.slice(0, -1), joined];
}

/** Undefined where they are not of the same kind; null where nothing is left. */
function join(last: Edit, edit: Edit): Edit | null | undefined {
  if (last.kind === 'shift' && edit.kind === 'shift' && last.input === edit.input) {
    const rows = last.rows + edit.rows;
    return rows === 0 ? null : { ...edit, rows };
  }
  if (last.kind !== 'move' || edit.kind !== 'move') return undefined;
  if (last.input !== edit.input || last.row !== edit.row || last.reach !== edit.reach) return undefined;
  const by = last.by + edit.by;
  return Math.abs(by) < 1e-12 ? null : { ...edit, by };
}

interface Key {
  readonly key: string;
  readonly row: number;
  readonly isShifted: boolean;
  /** Of the vertical axis. */
  readonly span: number;
}

/** Part of the axis that a press moves a value by; with Shift five times that. */
const STEP = 1 / 40;

/** Null: a key that changes nothing. */
export function editOfKey({ input, reach }: HandOn, { key, row, isShifted, span }: Key): Edit | null {
  const by = span * STEP * (isShifted ? 5 : 1);
  if (key === 'ArrowUp') return { kind: 'move', input, row, by, reach };
  if (key === 'ArrowDown') return { kind: 'move', input, row, by: -by, reach };
  if (key === 'Delete' || key === 'Backspace') return { kind: 'erase', from: row, end: row + 1 };
  if (key === '[') return { kind: 'shift', rows: -1 };
  if (key === ']') return { kind: 'shift', rows: 1 };
  return null;
}

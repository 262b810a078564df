// The line above a chart: its title, and each line's value at the cursor, or its last value.
import type { ReactNode } from 'react';
import { type Cursor, useCursorX } from './cursor-group.tsx';
import type { Line } from './draw.ts';
import classes from './line-plot.module.css';
import { pointedText, pointedValue, pointedX } from './pointed.ts';
import type { Domain } from './scales.ts';

interface ReadoutProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly cursor: Cursor;
  /** What is shown: a cursor outside it points at nothing. */
  readonly xDomain: Domain;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly children?: ReactNode;
}

/** More names than this are in a separate list, not above the chart. */
const MOST = 10;

export function Readout({ title, lines, cursor, xDomain, formatX, formatY, children }: ReadoutProps) {
  const at = pointedX(lines, useCursorX(cursor), xDomain);
  const shown = lines.filter((line) => !line.silent && line.x.length > 0).slice(0, MOST);
  return (
    <figcaption className={classes.readout}>
      <span className={classes.title}>{title}</span>
      {shown.map((line) => (
        <span key={line.id} className={classes.entry}>
          <Swatch {...line} />
          <span className="ellipsis">{line.label}</span>
          <span className={classes.value}>{pointedValue(line, at, formatY)}</span>
        </span>
      ))}
      {at !== null && shown.length > 0 && (
        <span className={classes.pointed}>at {pointedText(lines, at, formatX)}</span>
      )}
      {children && <span className={classes.controls}>{children}</span>}
    </figcaption>
  );
}

const SWATCH_WIDTH = 18;

/** A piece of the line, with its dashes. */
function Swatch({ color, dash = [] }: Pick<Line, 'color' | 'dash'>) {
  return (
    <svg className={classes.swatch} width={SWATCH_WIDTH} height={4} aria-hidden>
      <line
        x2={SWATCH_WIDTH}
        y1={2}
        y2={2}
        stroke={`var(${color})`}
        strokeWidth={2}
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  );
}

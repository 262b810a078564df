// What one of several runs says, under its name with the colour of its lines.
import type { ReactNode } from 'react';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { runLabel } from '../../engine/words/run-label.ts';
import css from './run-section.module.css';

interface RunSectionProps {
  readonly run: RunSummary;
  /** Name of a CSS variable. */
  readonly color: string;
  /** What it is, for readers of screens: `Text`. */
  readonly of: string;
  readonly children: ReactNode;
}

export function RunSection({ run, color, of, children }: RunSectionProps) {
  return (
    <section className={css.section} aria-label={`${of} of ${runLabel(run)}`}>
      <h3 className={css.name} style={{ borderColor: `var(${color})` }}>
        {runLabel(run)}
      </h3>
      {children}
    </section>
  );
}

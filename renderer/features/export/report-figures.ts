// Views of the Inside tab that go into the next report of their run: kept while the window is open.
import type { ReportFigure } from '../../../engine/contract/runs/export.ts';
import { MOST_FIGURES } from '../../../engine/contract/runs/export.ts';

const figures = new Map<number, readonly ReportFigure[]>();

export const figuresOf = (run: number): readonly ReportFigure[] => figures.get(run) ?? [];

/** A view with the same title is replaced. Returns how many there are now; the oldest gives way to one too many. */
export function putIntoReport(run: number, figure: ReportFigure): number {
  const others = figuresOf(run).filter(({ title }) => title !== figure.title);
  const next = [...others, figure].slice(-MOST_FIGURES);
  figures.set(run, next);
  return next.length;
}

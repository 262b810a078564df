// Asks the engine for the files of an export; nothing is saved yet.
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { Verification } from '../../../engine/contract/results/new-data.ts';
import { type ExportFormat, MOST_FIGURES, type ReportFigure } from '../../../engine/contract/runs/export.ts';
import { reportFigures, reportViews } from '../../../engine/tables/inside/report-views.ts';
import type { FileToSave } from '../../shell/shell.ts';
import type { ExportedRun } from './export-state.ts';
import { namedFiles } from './formats.ts';
import { figuresOf } from './report-figures.ts';

export interface Choice {
  readonly format: ExportFormat;
  /** Of tables: an apostrophe before names that a spreadsheet would run. */
  readonly guardFormulas: boolean;
  /** Of a report: views into the model, beside those that were put there by hand. */
  readonly inside?: boolean;
}

export interface Made extends Choice {
  readonly files: readonly FileToSave[];
  /** Of a model: how it compares with the run. */
  readonly verified: Verification | undefined;
}

/** Null when it was cancelled, which is no failure. @throws the engine's HindcastError otherwise. */
export async function makeExport(
  engine: EngineClient,
  run: ExportedRun,
  choice: Choice,
  signal: AbortSignal,
): Promise<Made | null> {
  const { format, guardFormulas } = choice;
  try {
    const figures = format === 'report' ? await figuresFor(engine, run.id, choice) : [];
    const { files, verified } = await engine.runs.export(
      { run: run.id, format, guardFormulas, figures },
      { signal },
    );
    return signal.aborted ? null : { ...choice, files: namedFiles(files, run.name, format), verified };
  } catch (cause) {
    if (signal.aborted) return null;
    throw cause;
  }
}

async function figuresFor(
  engine: EngineClient,
  run: number,
  { inside = false }: Choice,
): Promise<ReportFigure[]> {
  const byHand = figuresOf(run);
  if (!inside) return [...byHand];
  const drawn = await reportFigures(engine, run, await reportViews(engine, run));
  return [...byHand, ...drawn].slice(0, MOST_FIGURES);
}

// The formats in which a run can be exported.
import type { ExportFormat } from '../../../engine/contract/runs/export.ts';
import type { FileToSave } from '../../shell/shell.ts';
import { fileName } from '../../ui/format.ts';

interface FormatText {
  readonly format: ExportFormat;
  readonly title: string;
  readonly text: string;
  /** While it is made. */
  readonly doing: string;
  /** A spreadsheet that opens it may take names for formulas. */
  readonly hasFormulas?: boolean;
  /** Views into the model can be in it. */
  readonly hasViews?: boolean;
}

export const FORMATS: readonly FormatText[] = [
  {
    format: 'csv',
    title: 'Tables (CSV)',
    text: 'What the model says of the test part beside what is true, scores, and the metrics of each step and epoch.',
    doing: 'The model answers for the test part',
    hasFormulas: true,
  },
  {
    format: 'tfjs',
    title: 'Model (TensorFlow.js)',
    text: 'A folder that tf.loadLayersModel loads, with a card. It must answer as the run does, or it is refused.',
    doing: 'Making the model and checking its answers',
  },
  {
    format: 'report',
    title: 'Report (HTML)',
    text: 'One page to read, print and share: configuration, curves, answers and scores.',
    doing: 'Writing the report',
    hasViews: true,
  },
];

export const formatText = (format: ExportFormat): FormatText =>
  FORMATS.find((one) => one.format === format) as FormatText;

/** Under which name the folder or the single file is offered. */
export function saveName(runName: string, format: ExportFormat): string {
  const name = fileName(runName);
  return format === 'report' ? `${name} report.html` : `${name} ${format === 'csv' ? 'tables' : 'model'}`;
}

/** A single file goes by the run's name, the files of a folder by their own. */
export function namedFiles(
  files: readonly FileToSave[],
  runName: string,
  format: ExportFormat,
): readonly FileToSave[] {
  const [only] = files;
  return files.length === 1 && only ? [{ ...only, name: saveName(runName, format) }] : files;
}

// The files of an exported model: graph, weights and card.
import type { ExportedFile, ExportedRun } from '../../contract/processes/jobs/export.ts';
import { type Card, columnsOf, describeWeights } from './card.ts';
import type { TfjsExport, TfjsSource } from './export-tfjs.ts';
import { CARD_FILE, MODEL_FILE, WEIGHTS_FILE } from './file-names.ts';
import { QUANTILES_FILE, QUANTILES_SCRIPT } from './quantiles-script.ts';
import { MEASURE, TOLERANCE } from './verification.ts';

export function modelFiles(source: TfjsSource, made: TfjsExport, about: ExportedRun): ExportedFile[] {
  const text = (value: string) => new TextEncoder().encode(value);
  const card = `${JSON.stringify(cardOf(source, made, about), null, 2)}\n`;
  return [
    { name: MODEL_FILE, mediaType: 'application/json', data: text(made.files.json) },
    { name: WEIGHTS_FILE, mediaType: 'application/octet-stream', data: made.files.weights },
    { name: CARD_FILE, mediaType: 'application/json', data: text(card) },
    ...(source.levels || source.intervals
      ? [{ name: QUANTILES_FILE, mediaType: 'text/javascript', data: text(QUANTILES_SCRIPT) }]
      : []),
  ];
}

function cardOf(
  { prepared, shape, fitted, experiment, windows, intervals, levels }: TfjsSource,
  { files, units, whyModelUnits, outside, largestDifference }: TfjsExport,
  about: ExportedRun,
): Card {
  const output = { names: [...prepared.targetNames], ...(levels && { levels: [...levels] }) };
  const columns = columnsOf(output);
  return {
    format: 'hindcast-model',
    version: 1,
    ...about,
    input: { shape: [shape.lookback, shape.inputs], names: [...prepared.inputNames] },
    output: { shape: [shape.horizon, columns.length], ...output, columns },
    units,
    whyModelUnits,
    stepsBefore: [...outside],
    fitted,
    experiment,
    ...(intervals && { intervals }),
    weights: describeWeights(files.weights),
    graph: describeWeights(new TextEncoder().encode(files.json)),
    verified: { windows: windows.count, largestDifference, tolerance: TOLERANCE, measure: MEASURE },
  };
}

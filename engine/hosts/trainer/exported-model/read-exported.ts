// The folder of an exported model, read and checked: card, graph and weights must belong together before anything is built of them.
import { HindcastError } from '../../../contract/values/errors.ts';
import { restorePipeline } from '../../../data/pipeline/pipeline.ts';
import { type Card, parseCard, requireGraph, requireWeights, WHOLE } from '../../../export/tfjs/card.ts';
import { CARD_FILE, MODEL_FILE, WEIGHTS_FILE } from '../../../export/tfjs/file-names.ts';
import { readModelFile } from './model-files.ts';

const MEGABYTE = 1024 * 1024;
/** Far above what an export writes. */
const MOST_BYTES = { card: 16 * MEGABYTE, graph: 64 * MEGABYTE, weights: 1_000 * MEGABYTE };

export interface ExportedFiles {
  readonly card: Card;
  /** model.json */
  readonly json: string;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** @throws HindcastError `file-missing` where one of them is, `file-unreadable` where they do not belong together. */
export async function readExported(folder: string): Promise<ExportedFiles> {
  const read = (name: string, most: number) => readModelFile(folder, name, most);
  const card = parseCard((await read(CARD_FILE, MOST_BYTES.card)).toString('utf8'));
  requireSteps(card);
  const graph = await read(MODEL_FILE, MOST_BYTES.graph);
  requireGraph(card, graph);
  const weights = await read(WEIGHTS_FILE, MOST_BYTES.weights);
  requireWeights(card, weights);
  return { card, json: graph.toString('utf8'), weights };
}

/** @throws HindcastError `file-unreadable` where the steps in front of the model are not those that were fitted. */
function requireSteps({ fitted, experiment, stepsBefore, units }: Card): void {
  const names = experiment.pipeline.map(({ step }) => step);
  const refuse = (cause?: unknown) => {
    const message = `${CARD_FILE} contradicts itself: its fitted steps are not those of its pipeline (${names.join(', ') || 'none'}); ${WHOLE}.`;
    return new HindcastError('file-unreadable', message, { cause });
  };
  const fittedNames = namesOf(fitted, refuse);
  const before = units === 'data' ? names.slice(0, stepsBefore.length) : names;
  if (String(fittedNames) !== String(names) || String(stepsBefore) !== String(before)) throw refuse();
}

function namesOf(fitted: unknown, refuse: (cause: unknown) => HindcastError): readonly string[] {
  try {
    restorePipeline(fitted);
  } catch (cause) {
    throw refuse(cause);
  }
  // As restorePipeline has checked.
  return (fitted as { readonly steps: readonly { readonly step: string }[] }).steps.map(({ step }) => step);
}

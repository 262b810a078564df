// `hindcast models`: every model with a sentence and its equation.
import { MODEL_DESCRIPTIONS, type ModelDescription } from '../../../words/model-descriptions.ts';
import type { Outcome } from '../context.ts';

export async function models(): Promise<Outcome> {
  return { json: MODEL_DESCRIPTIONS, text: MODEL_DESCRIPTIONS.map(modelText).join('\n\n') };
}

function modelText(model: ModelDescription): string {
  const { kind, title, sentence, equation, firstGates = [], parameters } = model;
  return [
    `${kind}: ${title}`,
    `  ${sentence}`,
    ...equation.map((line) => `    ${line}`),
    ...firstGates.map((line) => `  First gates, ${line}`),
    `  Parameters of a layer: ${parameters}`,
  ].join('\n');
}

// `hindcast models`: every model with a sentence and its equation.
import { MODEL_DESCRIPTIONS, type ModelDescription } from '../../../contract/model-descriptions.ts';
import type { Outcome } from '../context.ts';

export async function models(): Promise<Outcome> {
  return { json: MODEL_DESCRIPTIONS, text: MODEL_DESCRIPTIONS.map(modelText).join('\n\n') };
}

function modelText({ kind, title, sentence, equation, parameters }: ModelDescription): string {
  const lines = equation.map((line) => `    ${line}`);
  return [`${kind}: ${title}`, `  ${sentence}`, ...lines, `  Parameters of a layer: ${parameters}`].join(
    '\n',
  );
}

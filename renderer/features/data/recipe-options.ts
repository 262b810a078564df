// Reads the JSON of a recipe that a user types. Pure.
import { type ImportOptions, ImportOptionsSchema } from '../../../engine/contract/datasets/dataset.ts';

export type TypedRecipe =
  | { readonly options: ImportOptions; readonly problem: null }
  | { readonly options: null; readonly problem: string };

/** The options, or what keeps the text from being some. */
export function optionsOfText(text: string): TypedRecipe {
  let value: unknown;
  try {
    value = JSON.parse(text.trim() === '' ? '{}' : text);
  } catch (cause) {
    return {
      options: null,
      problem: `This is no JSON: ${cause instanceof Error ? cause.message : 'unknown'}`,
    };
  }
  const parsed = ImportOptionsSchema.safeParse(value);
  if (parsed.success) return { options: parsed.data, problem: null };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  return { options: null, problem: `${where ? `${where}: ` : ''}${issue?.message ?? 'not a recipe'}` };
}

// Keeps the current draft while another screen is shown. Only one draft is kept, and only for the dataset or run that it began
// with.
import type { Draft } from './draft.ts';

let kept: { readonly from: string; readonly draft: Draft } | null = null;

export const keepDraft = (from: string, draft: Draft): void => {
  kept = { from, draft };
};

/** `last`: the draft that was edited last. */
export function keptDraft(from: string): Draft | null {
  return kept && (from === 'last' || from === kept.from) ? kept.draft : null;
}

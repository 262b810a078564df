// The draft being designed outlives a look at another screen: only one is kept, and it belongs to where it began.
import type { Draft } from './draft.ts';

let kept: { readonly from: string; readonly draft: Draft } | null = null;

export const keepDraft = (from: string, draft: Draft): void => {
  kept = { from, draft };
};

/** `last`: whatever was being designed. */
export function keptDraft(from: string): Draft | null {
  return kept && (from === 'last' || from === kept.from) ? kept.draft : null;
}

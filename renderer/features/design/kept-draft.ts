// Keeps the current draft while another screen is shown. Only one draft is kept, and only for the dataset or run that it began
// with; and the text of a draft that is no JSON yet, for as long as that draft is not changed elsewhere.
import type { Draft } from './draft.ts';

interface Kept {
  readonly from: string;
  readonly draft: Draft;
  /** By the user. */
  readonly isEdited: boolean;
}

let kept: Kept | null = null;
let unread: { readonly text: string; readonly draft: Draft } | null = null;

export const keepDraft = (from: string, draft: Draft, { isEdited } = { isEdited: true }): void => {
  kept = { from, draft, isEdited };
};

/** `last`: the draft that was edited last. */
export function keptDraft(from: string): Draft | null {
  return kept && (from === 'last' || from === kept.from) ? kept.draft : null;
}

export const isKeptEdited = (): boolean => kept?.isEdited ?? false;

/** `text` null: the text can be read, and the draft says it. */
export const keepUnread = (draft: Draft, text: string | null): void => {
  unread = text === null ? null : { text, draft };
};

/** What was typed as JSON of this draft and cannot be read. */
export const keptUnread = (draft: Draft): string | null => (unread?.draft === draft ? unread.text : null);

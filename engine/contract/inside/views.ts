// The questions about a model's inside that a worker process answers: what each is given, and what it answers.
// The other side of a line is a file in engine/inside/views.
import type { ModelInside } from './description.ts';
import type { StatesChoice } from './states.ts';
import type { WindowChoice } from './target.ts';

/** Frames are encoded. */
export interface InsideViews {
  readonly describe: { readonly choice: null; readonly answer: ModelInside };
  readonly window: { readonly choice: WindowChoice; readonly answer: Uint8Array };
  readonly states: { readonly choice: WindowChoice & StatesChoice; readonly answer: Uint8Array };
}
export type InsideView = keyof InsideViews;

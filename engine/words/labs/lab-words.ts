// The type of a lab's words: what it asks, what one may guess, and what it explains afterwards.
import type { LabName } from '../../contract/labs.ts';

export interface LabWords {
  readonly name: LabName;
  /** `Why the past fades` */
  readonly title: string;
  /** One line below the title. */
  readonly summary: string;
  /** What is done, in a few sentences. */
  readonly setup: string;
  /** To be guessed before anything is computed. */
  readonly question: string;
  readonly guesses: readonly { readonly id: string; readonly text: string }[];
  /** What it does with a column of one's own. */
  readonly own: string;
  /** Equations and sources. */
  readonly explanation: readonly string[];
}

// Gives form fields the draft, its problems, and a function that changes it.
import { createContext, type ReactNode, useContext } from 'react';
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import type { ExperimentCheck } from '../../../engine/contract/datasets/views.ts';
import type { Experiment } from '../../../engine/contract/experiment/experiment.ts';
import { type Draft, valueAt, withValue } from './draft.ts';
import { formWords } from './form-words.ts';

export interface DraftContext {
  readonly draft: Draft;
  setDraft(draft: Draft): void;
  /** Sets a draft that lacks what was typed before: says so, and can be undone. */
  replaceDraft(draft: Draft, message: string): void;
  readonly check: ExperimentCheck | undefined;
  /** Why the text of the JSON view is no draft: then `draft` is the last that was one. */
  readonly fault: string | null;
  setFault(fault: string | null): void;
  /** The draft with all that it leaves out, as it was last when it could be read. */
  readonly complete: Experiment | null;
  /** Paths of the fields that differ from the defaults for this data. */
  readonly changed: readonly string[];
  /** The dataset that the draft names. */
  readonly dataset: DatasetSummary | undefined;
}

const Context = createContext<DraftContext | null>(null);

export function DraftProvider({
  value,
  children,
}: {
  readonly value: DraftContext;
  readonly children: ReactNode;
}) {
  return <Context value={value}>{children}</Context>;
}

export function useDraft(): DraftContext {
  const context = useContext(Context);
  if (!context) throw new Error('DraftProvider is missing above this component');
  return context;
}

export interface Field {
  readonly value: unknown;
  set(value: unknown): void;
  /** What is wrong with it or with a part of it, for beside the field. */
  readonly error: string | undefined;
  /** It differs from the default for this data. */
  readonly isChanged: boolean;
}

export function useField(path: string): Field {
  const { draft, setDraft, check, complete, changed } = useDraft();
  const issue = check?.issues.find(({ field }) => field === path || field.startsWith(`${path}.`));
  const own = valueAt(draft, path);
  return {
    // A field that the draft leaves out has its default; an emptied field does not.
    value: own === undefined ? valueAt(complete, path) : own,
    set: (value) => setDraft(withValue(draft, path, value)),
    error: issue && formWords(issue.message),
    isChanged: changed.some((field) => field === path || field.startsWith(`${path}.`)),
  };
}

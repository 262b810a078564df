// What studies ask before they name their next runs. A short question is answered at once, a long one in a process of its own; its study
// is asked again once the answer is there. An answer is a function of its question alone, so a study that has changed meanwhile asks again.

import type { Jobs } from '../../contract/processes/jobs/table.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { StudyId } from '../../contract/values/ids.ts';
import type { Suggestion } from '../../search/suggest.ts';
import { isLong, suggestTrials, type TrialsQuestion } from '../../search/suggest-trials.ts';
import type { Log } from '../host-facilities.ts';
import type { RunJob } from '../processes/job-pool.ts';

export interface Suggestions {
  /** Null: it is being computed. @throws HindcastError of the search */
  of(study: StudyId, question: TrialsQuestion): readonly Suggestion[] | null;
  /** Resolves when `of` has the answer. @throws HindcastError of the search, `cancelled` by the signal */
  ready(question: TrialsQuestion, signal: AbortSignal | undefined): Promise<void>;
  /** Called with a study whose answer is there. */
  onKnown(listener: (study: StudyId) => void): void;
  /** Something is being computed for a study. */
  busy(): boolean;
}

export interface SuggestionsOptions {
  readonly runJob: RunJob<Jobs>;
  readonly log: Log;
}

type Answer = { readonly found: readonly Suggestion[] } | { readonly error: HindcastError };

/** Each is used once, soon after it is known. */
const MOST_KEPT = 16;

export function createSuggestions({ runJob, log }: SuggestionsOptions): Suggestions {
  const known = new Map<string, Answer>();
  /** The studies that wait for each. */
  const asked = new Map<string, Set<StudyId>>();
  let listener: (study: StudyId) => void = () => {};

  function keep(key: string, answer: Answer): void {
    known.set(key, answer);
    for (const oldest of known.keys()) if (known.size > MOST_KEPT) known.delete(oldest);
  }

  /** Null: this host ends, and the next one asks again. */
  async function compute(question: TrialsQuestion): Promise<Answer | null> {
    try {
      return { found: await runJob('suggest', question) };
    } catch (cause) {
      const error = HindcastError.wrap(cause, 'The next trials could not be chosen');
      if (error.code === 'cancelled') return null;
      if (error.code !== 'process-died') return { error };
      log({ level: 'warn', message: `${error.message} The trials are chosen in the engine itself.` });
      return computeHere(question);
    }
  }

  async function ask(key: string, question: TrialsQuestion): Promise<void> {
    const answer = await compute(question);
    if (answer !== null) keep(key, answer);
    const studies = asked.get(key) ?? [];
    asked.delete(key);
    if (answer !== null) for (const study of studies) listener(study);
  }

  return {
    of(study, question) {
      if (!isLong(question)) return suggestTrials(question);
      const key = JSON.stringify(question);
      const answer = known.get(key);
      if (answer !== undefined) return foundIn(answer);
      const waiting = asked.get(key);
      asked.set(key, new Set([...(waiting ?? []), study]));
      if (waiting === undefined) void ask(key, question);
      return null;
    },
    async ready(question, signal) {
      const key = JSON.stringify(question);
      if (!isLong(question) || known.has(key)) return;
      keep(key, { found: await runJob('suggest', question, { signal }) });
    },
    onKnown(next) {
      listener = next;
    },
    busy: () => asked.size > 0,
  };
}

function foundIn(answer: Answer): readonly Suggestion[] {
  if ('error' in answer) throw answer.error;
  return answer.found;
}

function computeHere(question: TrialsQuestion): Answer {
  try {
    return { found: suggestTrials(question) };
  } catch (cause) {
    return { error: HindcastError.wrap(cause, 'The next trials could not be chosen') };
  }
}

// The job `write-text`: a piece of a new text. The text that was asked for last stays open, so that the next piece continues where it ended.
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asGenerateTask } from '../../../contract/tasks/generate.ts';
import { type OpenText, openText } from '../../../tasks/generate/write-text.ts';
import type { Job } from './job.ts';

interface Kept {
  readonly key: string;
  readonly text: OpenText;
  /** Tokens written. */
  at: number;
}

let kept: Kept | undefined;

/** Written and thrown away at once: what comes before the piece that is asked for. */
const SKIPPED = 1_000;

export const writeTextJob: Job<Jobs['write-text']> = {
  async run({ key, experiment, model, threads, options, from, count }) {
    const task = asGenerateTask(experiment.task);
    const { backend, allowBackendFallback: allowFallback } = experiment;
    await selectBackend(backend, { allowFallback, threads });
    if (kept?.key !== key || kept.at > from) {
      kept?.text.dispose();
      kept = undefined;
      kept = { key, text: openText({ ...experiment, task }, model, options), at: 0 };
    }
    while (kept.at < from) {
      const skipped = Math.min(SKIPPED, from - kept.at);
      kept.text.write(skipped);
      kept.at += skipped;
    }
    const written = kept.text.write(count);
    kept.at += count;
    return written;
  },
};

// How long a run has trained: what every list, page and table shows as its duration.
import type { RunSummary } from '../contract/runs/run.ts';

/** Without the breaks between attempts; null while that is not known. */
export const secondsTrained = ({ trainedMs }: Pick<RunSummary, 'trainedMs'>): number | null =>
  trainedMs === null ? null : trainedMs / 1000;

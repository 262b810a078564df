// Prepared samples as the interface that trainers, scores and views take.
import type { PartInfo } from '../contract/runs/run.ts';
import type { Part } from '../data/prepared.ts';
import type { PreparedTask } from './task-kind.ts';

/** What every kind that prepares samples has found out. */
interface PreparedSamples extends Pick<PreparedTask, 'fingerprint' | 'fitted' | 'notes' | 'facts'> {
  readonly parts: Readonly<Record<Part, { readonly length: number }>>;
  readonly partInfos: readonly PartInfo[];
}

/** Each sample of a part is an example. */
export function preparedTask(
  prepared: PreparedSamples,
  inputNames: readonly string[],
  open: PreparedTask['open'],
): PreparedTask {
  const { parts, partInfos, fingerprint, fitted, notes, facts } = prepared;
  return {
    inputNames,
    parts: partInfos,
    examples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    fingerprint,
    fitted,
    notes,
    ...(facts && { facts }),
    open,
  };
}

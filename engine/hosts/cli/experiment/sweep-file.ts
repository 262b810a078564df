// A sweep's JSON file: `base` is an experiment, or the file of one beside it; the rest is the plan of the sweep.
import { dirname, resolve } from 'node:path';
import type { Experiment } from '../../../contract/experiment/experiment.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isFields } from '../../../contract/values/fields.ts';
import { type ExperimentChanges, experimentFrom, loadExperiment, readJsonFile } from './experiment-file.ts';

export interface SweepFile {
  readonly configuration: Experiment;
  /** As it is written; the engine checks it. Empty where the file holds an experiment alone. */
  readonly plan: Readonly<Record<string, unknown>>;
  readonly name: string | undefined;
}

/** Errors: as `loadExperiment`, also of the base. */
export async function loadSweep(file: string, changes: ExperimentChanges): Promise<SweepFile> {
  const raw = await readJsonFile(file);
  if (!isFields(raw) || !('space' in raw || 'base' in raw))
    return { configuration: experimentFrom(raw, file, changes), plan: {}, name: undefined };
  const { base, name, ...plan } = raw;
  if (name !== undefined && typeof name !== 'string') throw wrong(file, 'name', 'must be a text');
  return { configuration: await baseOf(base, file, changes), plan: withKinds(plan), name };
}

async function baseOf(base: unknown, file: string, changes: ExperimentChanges): Promise<Experiment> {
  if (typeof base === 'string') return loadExperiment(resolve(dirname(file), base), changes);
  if (isFields(base)) return experimentFrom(base, file, changes);
  throw wrong(file, 'base', 'must be an experiment, or the path of an experiment file');
}

/** `"method": "tpe"` stands for `"method": {"kind": "tpe"}`. */
function withKinds(plan: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kinds = ['method', 'stopper'].flatMap((key) =>
    typeof plan[key] === 'string' ? [[key, { kind: plan[key] }] as const] : [],
  );
  return { ...plan, ...Object.fromEntries(kinds) };
}

const wrong = (file: string, field: string, what: string): HindcastError =>
  new HindcastError('invalid-input', `${file}: ${field} ${what}.`, { details: { file, field } });

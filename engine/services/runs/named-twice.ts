// Runs that are asked for together, each once.
import type { RunId } from '../../contract/values/ids.ts';

/** The first run that comes a second time. */
export const namedTwice = (ids: readonly RunId[]): RunId | undefined =>
  ids.find((id, index) => ids.indexOf(id) < index);

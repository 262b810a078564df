// Resolves a reference to a run: its number or its exact name.
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId, RunReference } from '../../contract/values/ids.ts';
import type { Connection } from '../file/connection.ts';

/**
 * Digits are a number, as the list shows it; only where no run has that number are they a name. Throws `not-found`, or `conflict` for a
 * name that several runs have.
 */
export function resolveRun(connection: Connection, reference: RunReference): RunId {
  const number = numberOf(reference);
  if (number !== null) {
    const id = connection.value<RunId>('SELECT id FROM run WHERE id = ?', number);
    if (id !== undefined) return id;
  }
  const ids = connection.values<RunId>('SELECT id FROM run WHERE name = ? ORDER BY id', String(reference));
  if (ids.length > 1) throw ambiguous(String(reference), ids);
  if (ids[0] === undefined) throw noSuchRun(reference);
  return ids[0];
}

function numberOf(reference: RunReference): number | null {
  if (typeof reference === 'number') return reference;
  return /^\d{1,15}$/.test(reference) ? Number(reference) : null;
}

function ambiguous(name: string, ids: readonly RunId[]): HindcastError {
  return new HindcastError(
    'conflict',
    `${ids.length} runs are named "${name}": name one of them by its number: ${ids.slice(-20).join(', ')}.`,
    { details: { name, runs: ids } },
  );
}

export function noSuchRun(reference: RunReference): HindcastError {
  const what = typeof reference === 'number' ? `number ${reference}` : `named "${reference}"`;
  return new HindcastError('not-found', `There is no run ${what}: see the list of runs for what there is.`, {
    details: { run: reference },
  });
}

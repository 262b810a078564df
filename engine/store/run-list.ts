// The run list as JSON, as cheaply as it goes: SQLite writes the text of each run once, and it is kept until that run changes.
// Only the single writer uses it, so it sees every change; whatever changes a row of `run` calls `forget`.
import type { RunId } from '../contract/ids.ts';
import { RUN_LIST_FIELDS } from '../contract/run-list.ts';
import type { Connection } from './connection.ts';

export interface RunList {
  /** The text that `parseRunList` of the contract reads, newest run first; numbers that are not finite are null. */
  json(limit?: number): string;
  /** This run changed. */
  forget(id: RunId): void;
  /** Any run may have changed. */
  forgetAll(): void;
}

const FROM = `
  FROM run
  JOIN dataset_version ON dataset_version.id = run.dataset_version_id
  JOIN dataset ON dataset.id = dataset_version.dataset_id`;

/** SQL of each field. `float` may be NaN (text) or infinite, `truth` is 0 or 1. */
const SQL_OF: Readonly<
  Record<(typeof RUN_LIST_FIELDS)[number], readonly [sql: string, kind?: 'float' | 'truth']>
> = {
  id: ['run.id'],
  name: ['run.name'],
  state: ['run.state'],
  reason: ['run.reason'],
  stopRequested: ['run.stop_requested', 'truth'],
  queuePosition: ['run.queue_position'],
  datasetName: ['dataset.name'],
  datasetVersion: ['dataset_version.version'],
  modelKind: ['run.model_kind'],
  seed: ['run.seed'],
  backend: ['run.backend'],
  parameterCount: ['run.parameter_count'],
  step: ['run.step'],
  totalSteps: ['run.total_steps'],
  epoch: ['run.epoch'],
  totalEpochs: ['run.total_epochs'],
  secondsLeft: ['run.seconds_left', 'float'],
  lastTrainLoss: ['run.last_train_loss', 'float'],
  lastValidationLoss: ['run.last_validation_loss', 'float'],
  bestValidationLoss: ['run.best_validation_loss', 'float'],
  bestEpoch: ['run.best_epoch'],
  testScore: ['run.test_score', 'float'],
  bestBaseline: ['run.best_baseline'],
  bestBaselineScore: ['run.best_baseline_score', 'float'],
  fingerprint: ['run.fingerprint'],
  createdAtMs: ['run.created_at_ms'],
  startedAtMs: ['run.started_at_ms'],
  endedAtMs: ['run.ended_at_ms'],
};
const FIELDS = RUN_LIST_FIELDS.map((name) => [name, ...SQL_OF[name]] as const);

/** Each field under its name, as stored (`truth` as 0 or 1, NaN as text), for one run: `WHERE run.id = ?` is the caller's. */
export const SELECT_SUMMARY = `SELECT ${FIELDS.map(([name, sql]) => `${sql} AS ${name}`).join(', ')} ${FROM}`;

const SELECT_JSON = `SELECT json_array(${FIELDS.map(([, sql, kind]) => jsonOf(sql, kind)).join(', ')}) ${FROM}`;

function jsonOf(sql: string, kind: 'float' | 'truth' | undefined): string {
  if (kind === 'truth') return `json(iif(${sql}, 'true', 'false'))`;
  if (kind === 'float')
    return `iif(typeof(${sql}) <> 'text' AND abs(${sql}) <= 1.7976931348623157e308, ${sql}, NULL)`;
  return sql;
}

export function createRunList(connection: Connection): RunList {
  const texts = new Map<number, string>();
  const forgetAll = (): void => texts.clear();
  // What was written from rows that are rolled back afterwards must not stay.
  connection.onRollback(forgetAll);

  const fill = (ids: readonly number[]): void => {
    const missing = ids.filter((id) => !texts.has(id));
    // One statement for many, a lookup each for a few.
    if (missing.length > 500) {
      const lowest = missing.at(-1) ?? 0;
      const highest = missing[0] ?? 0;
      const all = connection.values<string>(
        `${SELECT_JSON} WHERE run.id BETWEEN ? AND ? ORDER BY run.id DESC`,
        lowest,
        highest,
      );
      const first = ids.indexOf(highest);
      for (const [offset, text] of all.entries()) texts.set(ids[first + offset] as number, text);
      return;
    }
    for (const id of missing) {
      texts.set(id, connection.value<string>(`${SELECT_JSON} WHERE run.id = ?`, id) ?? 'null');
    }
  };

  return {
    json(limit = -1) {
      const ids = connection.values<number>('SELECT id FROM run ORDER BY id DESC LIMIT ?', limit);
      fill(ids);
      return `[${ids.map((id) => texts.get(id)).join(',')}]`;
    },
    forget: (id) => {
      texts.delete(id);
    },
    forgetAll,
  };
}

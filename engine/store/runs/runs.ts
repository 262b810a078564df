// Runs: create, find, change, delete, and read for display.
import { createHash } from 'node:crypto';
import type { Experiment } from '../../contract/experiment/experiment.ts';
import { asRecorded, RecordedExperimentSchema } from '../../contract/experiment/recorded-experiment.ts';
import { type HoldRule, HoldRuleSchema } from '../../contract/runs/hold.ts';
import type { BackendUsed, PartInfo, RunDetail, RunState, RunSummary } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { DatasetVersionId, RunId, RunReference, StudyId } from '../../contract/values/ids.ts';
import { parseLossless } from '../../contract/values/json.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { DamagedScores } from '../checks/damaged-scores.ts';
import { damagedTables, damageText, isDamaged, type Rows, requireWhole } from '../checks/row-checksums.ts';
import { experimentOfRun, rowsOfRun, sideRowsOfRun } from '../checks/trusted-rows.ts';
import type { Connection, SqlValue } from '../file/connection.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Metrics } from './metrics.ts';
import { selectSummary, summaryOf } from './run-columns.ts';
import type { RunList } from './run-list.ts';
import { assignRun, assignSetup, type RunPatch } from './run-patch.ts';
import { noSuchRun, resolveRun } from './run-reference.ts';
import type { Scores } from './scores.ts';

export interface NewRun {
  readonly name: string;
  readonly experiment: Experiment;
  /** What the task predicts. */
  readonly targets: readonly string[];
  readonly datasetVersionId: DatasetVersionId;
  readonly atMs: number;
  readonly study?: { readonly id: StudyId; readonly position: number } | undefined;
}

/** Methods that take an id throw `not-found` where there is no such run. */
export interface Runs {
  /** A run in state `queued`, not yet in the queue. */
  create(run: NewRun): RunId;
  /** Throws `not-found`, or `conflict` for a name that several runs have. */
  resolve(reference: RunReference): RunId;
  /** Of damaged rows, here and in `detail`, no values. */
  summary(id: RunId): RunSummary;
  /** Throws `workspace-damaged` where damage has changed its configuration. */
  detail(id: RunId): RunDetail;
  /** As `detail`, for what is computed or exported from it: throws `workspace-damaged` where a row does not fit its checksum. */
  wholeDetail(id: RunId): RunDetail;
  /** A sentence on rows of the run that damage has changed; null where all are whole. */
  damage(id: RunId): string | null;
  /** The same of its log, its tags and note, and the texts that its model wrote: nothing is computed from them. */
  sideDamage(id: RunId): string | null;
  experiment(id: RunId): Experiment;
  datasetVersionId(id: RunId): DatasetVersionId;
  /** Null where it belongs to none, or is gone. */
  studyId(id: RunId): StudyId | null;
  /** The text that `parseRunList` of the contract reads, newest run first; numbers that are not finite are null. */
  listText(limit?: number): string;
  /** The same as bytes, without making a text of it, of chosen runs, or row by row. */
  readonly list: Pick<RunList, 'newest' | 'json' | 'rows'>;
  /** Compares the scores of these runs, one a step: the list of many would otherwise take as long as all of them, once. */
  comparing(ids: readonly RunId[]): Iterator<unknown, unknown>;
  /** Oldest first. */
  inState(...states: RunState[]): RunId[];
  update(id: RunId, patch: RunPatch): void;
  /** The fitted pipeline; null where there is none yet. */
  fitted(id: RunId): unknown;
  heartbeatAtMs(id: RunId): number | null;
  /** Of all attempts so far, as stored. */
  trained(id: RunId): { readonly attempts: number; readonly trainedMs: number | null };
  /** When its process was started last; null where no attempt is under way, or an older Hindcast started it. */
  attemptStartedAtMs(id: RunId): number | null;
  rename(id: RunId, name: string): void;
  /** When its job is held; null: it trains to its end. */
  holdRule(id: RunId): HoldRule | null;
  setHoldRule(id: RunId, rule: HoldRule | null): void;
  /**
   * With its metrics, scores, checkpoints and events; its experiment when no other run has it; its study when it was the last run of it.
   * Returns the study that went too.
   */
  delete(id: RunId): StudyId | null;
}

export interface RunParts {
  readonly runList: RunList;
  readonly scores: Scores;
  readonly checkpoints: Checkpoints;
  readonly metrics: Metrics;
  readonly damagedScores: DamagedScores;
}

export function createRuns(connection: Connection, parts: RunParts): Runs {
  const { runList } = parts;
  const select = selectSummary(connection);
  const readSummary = (id: RunId): RunSummary => {
    const row = connection.get<Record<string, SqlValue>>(`${select} WHERE run.id = ?`, id);
    if (row === undefined) throw noSuchRun(id);
    return summaryOf(row, parts.damagedScores);
  };
  const detail = (id: RunId): RunDetail => readDetail(connection, parts, readSummary(id));
  return {
    create: (run) => create(connection, run),
    resolve: (reference) => resolveRun(connection, reference),
    summary: readSummary,
    detail,
    wholeDetail(id) {
      requireWhole(connection, `run ${id}`, rowsOfRun(id));
      return detail(id);
    },
    damage(id) {
      return damageIn(connection, id, rowsOfRun(id));
    },
    sideDamage: (id) => damageIn(connection, id, sideRowsOfRun(id)),
    experiment: (id) => readExperiment(connection, id),
    datasetVersionId: (id) => column<DatasetVersionId>(connection, id, 'dataset_version_id'),
    studyId: (id) => connection.value<StudyId | null>('SELECT study_id FROM run WHERE id = ?', id) ?? null,
    listText: (limit) => runList.json(runList.newest(limit)).toString(),
    list: runList,
    *comparing(ids) {
      const { knows, has } = parts.damagedScores;
      for (const id of ids) if (!knows(id)) yield has(id);
    },
    inState: (...states) =>
      connection.values<RunId>(
        `SELECT id FROM run WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY id`,
        ...states,
      ),
    update(id, patch) {
      connection.transaction(() => {
        assignRun(connection, id, patch);
        assignSetup(connection, id, patch);
      });
      runList.forget(id);
    },
    fitted(id) {
      const text = readSetup(connection, id).fitted;
      return text === null ? null : parseLossless(text);
    },
    heartbeatAtMs: (id) => column<number | null>(connection, id, 'heartbeat_at_ms'),
    trained: (id) => ({
      attempts: column<number>(connection, id, 'attempts'),
      trainedMs: column<number | null>(connection, id, 'trained_ms'),
    }),
    attemptStartedAtMs: (id) => column<number | null>(connection, id, 'attempt_started_at_ms'),
    rename(id, name) {
      assignRun(connection, id, { name });
      runList.forget(id);
    },
    holdRule(id) {
      const text = column<string | null>(connection, id, 'hold_rule');
      return text === null ? null : HoldRuleSchema.parse(JSON.parse(text));
    },
    setHoldRule: (id, rule) =>
      assignRun(connection, id, { holdRule: rule === null ? null : JSON.stringify(rule) }),
    delete(id) {
      const study = connection.transaction(() => remove(connection, id));
      runList.forget(id);
      parts.damagedScores.forget(id);
      // Those behind it in the queue have moved up.
      for (const queued of connection.values<RunId>('SELECT id FROM run WHERE queue_position IS NOT NULL'))
        runList.forget(queued);
      return study;
    },
  };
}

function damageIn(connection: Connection, id: RunId, rows: readonly Rows[]): string | null {
  const [table] = damagedTables(connection, rows);
  return table === undefined ? null : `${damageText(`run ${id}`, table)}.`;
}

function create(connection: Connection, run: NewRun): RunId {
  const { name, experiment, targets, datasetVersionId, atMs, study } = run;
  const configuration = canonicalJson(asRecorded(experiment));
  const hash = createHash('sha256').update(configuration).digest('hex');
  return connection.transaction(() => {
    connection.run(
      'INSERT INTO experiment (hash, configuration) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
      hash,
      configuration,
    );
    const { id } = connection.run(
      `INSERT INTO run (name, experiment_id, dataset_version_id, state, model_kind, seed, target_names, backend, total_epochs,
                        created_at_ms, study_id, study_position)
       VALUES (?, (SELECT id FROM experiment WHERE hash = ?), ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?)`,
      name,
      hash,
      datasetVersionId,
      experiment.model.kind,
      experiment.seed,
      targets.join(', '),
      experiment.backend,
      experiment.training.epochs,
      atMs,
      study?.id ?? null,
      study?.position ?? null,
    );
    connection.run('INSERT INTO run_setup (run_id) VALUES (?)', id);
    return id as RunId;
  });
}

function column<Value>(connection: Connection, id: RunId, name: string): Value {
  const row = connection.get<{ value: Value }>(`SELECT ${name} AS value FROM run WHERE id = ?`, id);
  if (row === undefined) throw noSuchRun(id);
  return row.value;
}

interface SetupRow {
  readonly fitted: string | null;
  readonly backendUsed: string | null;
  readonly parts: string;
  readonly notes: string;
}

/** Damage: the notes say so (`Runs.damage`). */
const EMPTY_SETUP: SetupRow = { fitted: null, backendUsed: null, parts: '[]', notes: '[]' };

function readSetup(connection: Connection, id: RunId): SetupRow {
  const row = connection.get<SetupRow & { readonly damaged: number }>(
    `SELECT fitted, backend_used AS backendUsed, parts, notes, ${isDamaged(connection, 'run_setup')} AS damaged
     FROM run_setup WHERE run_id = ?`,
    id,
  );
  if (row === undefined) throw noSuchRun(id);
  return row.damaged === 1 ? EMPTY_SETUP : row;
}

/** As it was started. */
function readExperiment(connection: Connection, id: RunId): Experiment {
  const text = connection.value<string>(
    'SELECT configuration FROM experiment JOIN run ON run.experiment_id = experiment.id WHERE run.id = ?',
    id,
  );
  if (text === undefined) throw noSuchRun(id);
  const parsed = RecordedExperimentSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new HindcastError(
    'workspace-newer',
    `Run ${id} was designed with another version of Hindcast, and this one does not know its ${field || 'configuration'}: open the workspace with that version.`,
    { details: { run: id, field } },
  );
}

function readDetail(connection: Connection, parts: RunParts, summary: RunSummary): RunDetail {
  const { metrics, checkpoints, scores } = parts;
  const { id } = summary;
  const isShown = summary.state !== 'damaged';
  requireWhole(connection, `run ${id}`, [experimentOfRun(id)]);
  const setup = readSetup(connection, id);
  const checkpointInfo = checkpoints.info(id);
  return {
    ...summary,
    configuration: readExperiment(connection, id),
    datasetVersionId: column(connection, id, 'dataset_version_id'),
    backendUsed: setup.backendUsed === null ? null : (JSON.parse(setup.backendUsed) as BackendUsed),
    parts: JSON.parse(setup.parts) as PartInfo[],
    notes: JSON.parse(setup.notes) as string[],
    stepMetrics: metrics.names(id, 'step'),
    epochMetrics: metrics.names(id, 'epoch'),
    scores: isShown ? scores.whole(id) : [],
    checkpoints: checkpointInfo,
    attempts: isShown ? column(connection, id, 'attempts') : 0,
    weightsHash: isShown ? column(connection, id, 'weights_hash') : null,
    bytes: metrics.bytes(id) + checkpointInfo.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function remove(connection: Connection, id: RunId): StudyId | null {
  const run = connection.get<{ experimentId: number; queuePosition: number | null; studyId: StudyId | null }>(
    'SELECT experiment_id AS experimentId, queue_position AS queuePosition, study_id AS studyId FROM run WHERE id = ?',
    id,
  );
  if (run === undefined) throw noSuchRun(id);
  connection.run('DELETE FROM run WHERE id = ?', id);
  connection.run('DELETE FROM event WHERE run_id = ?', id);
  connection.run(
    'DELETE FROM experiment WHERE id = ? AND NOT EXISTS (SELECT 1 FROM run WHERE experiment_id = experiment.id)',
    run.experimentId,
  );
  connection.run(
    'UPDATE run SET queue_position = queue_position - 1 WHERE queue_position > ?',
    run.queuePosition ?? Number.MAX_SAFE_INTEGER,
  );
  const { changes } = connection.run(
    'DELETE FROM study WHERE id = ? AND NOT EXISTS (SELECT 1 FROM run WHERE study_id = study.id)',
    run.studyId,
  );
  return changes > 0 ? run.studyId : null;
}

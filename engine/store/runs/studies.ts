// Studies: their rows, and how many experiments each has asked for so far. Their runs are in `run`.

import { type Experiment, ExperimentSchema } from '../../contract/experiment/experiment.ts';
import type { StudyPlan } from '../../contract/studies/study.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type RunId, type StudyId, type StudyReference, studyNumberOf } from '../../contract/values/ids.ts';
import { damageText, isDamaged, requireWhole } from '../checks/row-checksums.ts';
import type { Connection, SqlValue } from '../file/connection.ts';

export interface NewStudy {
  readonly name: string;
  readonly plan: StudyPlan;
  readonly experiment: Experiment;
  readonly atMs: number;
  readonly hidesTest: boolean;
  /** Workers on other machines train its runs. Default: this machine does. */
  readonly onPool?: boolean | undefined;
}

export interface StudyRow {
  readonly id: StudyId;
  readonly name: string;
  readonly plan: StudyPlan;
  readonly createdAtMs: number;
  /** How many experiments it has asked for so far, also those whose runs are gone. */
  readonly issued: number;
  /** It may ask for more. */
  readonly open: boolean;
  /** The test scores of its runs are not shown. */
  readonly hidesTest: boolean;
  /** Workers on other machines train its runs. */
  readonly onPool: boolean;
  /** What is stored of it was changed by damage: a sentence. Then it is closed, and its plan is unknown. */
  readonly damage: string | null;
}

export interface StudyPatch {
  readonly name?: string;
  readonly issued?: number;
  readonly open?: boolean;
  readonly hidesTest?: boolean;
  readonly onPool?: boolean;
  readonly plan?: StudyPlan;
}

/** Methods that take an id throw `not-found` where there is no such study. A study goes with the last of its runs: see `Runs.delete`. */
export interface Studies {
  create(study: NewStudy): StudyId;
  /** By number, `s3` or exact name. Throws `not-found`, or `conflict` for a name that several studies have. */
  resolve(reference: StudyReference): StudyId;
  /** Throws `workspace-damaged` where its row does not fit its checksum. */
  get(id: StudyId): StudyRow;
  /** As `get`; a damaged one comes without its values. */
  shown(id: StudyId): StudyRow;
  /** What its experiments begin with. */
  experiment(id: StudyId): Experiment;
  /** In their order in the study. */
  runs(id: StudyId): RunId[];
  /** What its kind noted of its experiments, in their order. Throws `workspace-damaged`. */
  records(id: StudyId): { position: number; record: unknown }[];
  addRecord(id: StudyId, position: number, record: unknown, basis?: unknown): void;
  /** What that experiment was chosen from; null where nothing is kept. */
  basis(id: StudyId, position: number): unknown;
  /** Newest first; as `shown`. */
  list(): StudyRow[];
  update(id: StudyId, patch: StudyPatch): void;
}

interface Row extends Omit<StudyRow, 'plan' | 'open' | 'hidesTest' | 'onPool' | 'damage'> {
  readonly plan: string;
  readonly open: number;
  readonly hidesTest: number;
  readonly onPool: number;
  readonly damaged: number;
}

const selectFrom = (connection: Connection): string => `
  SELECT id, name, plan, created_at_ms AS createdAtMs, issued, is_open AS open, hides_test AS hidesTest,
    on_pool AS onPool, ${isDamaged(connection, 'study')} AS damaged FROM study`;

function toStudy({ damaged, ...row }: Row): StudyRow {
  const hidesTest = row.hidesTest === 1;
  const onPool = row.onPool === 1;
  if (damaged === 1) {
    const { id, name } = row;
    const damage = `${damageText(`study s${id}`, 'study')}.`;
    return {
      id,
      name,
      plan: { kind: 'damaged' },
      createdAtMs: 0,
      issued: 0,
      open: false,
      hidesTest,
      onPool,
      damage,
    };
  }
  return {
    ...row,
    plan: JSON.parse(row.plan) as StudyPlan,
    open: row.open === 1,
    hidesTest,
    onPool,
    damage: null,
  };
}

const COLUMNS: {
  readonly [Field in keyof StudyPatch]-?: [string, (value: NonNullable<StudyPatch[Field]>) => SqlValue];
} = {
  name: ['name', (name) => name],
  plan: ['plan', (plan) => JSON.stringify(plan)],
  issued: ['issued', (issued) => issued],
  open: ['is_open', (open) => (open ? 1 : 0)],
  hidesTest: ['hides_test', (hidesTest) => (hidesTest ? 1 : 0)],
  onPool: ['on_pool', (onPool) => (onPool ? 1 : 0)],
};

export function createStudies(connection: Connection): Studies {
  const select = selectFrom(connection);
  const shown = (id: StudyId): StudyRow => {
    const row = connection.get<Row>(`${select} WHERE id = ?`, id);
    if (row === undefined) throw noSuchStudy(id);
    return toStudy(row);
  };
  const get = (id: StudyId): StudyRow => {
    const study = shown(id);
    if (study.damage === null) return study;
    throw new HindcastError('workspace-damaged', study.damage, { details: { study: id } });
  };
  return {
    create: ({ name, plan, experiment, atMs, hidesTest, onPool = false }) =>
      connection.run(
        'INSERT INTO study (name, kind, plan, configuration, created_at_ms, hides_test, on_pool) VALUES (?, ?, ?, ?, ?, ?, ?)',
        name,
        plan.kind,
        JSON.stringify(plan),
        JSON.stringify(experiment),
        atMs,
        hidesTest ? 1 : 0,
        onPool ? 1 : 0,
      ).id as StudyId,
    resolve: (reference) => resolve(connection, reference),
    get,
    shown,
    experiment(id) {
      const text = connection.value<string>('SELECT configuration FROM study WHERE id = ?', id);
      if (text === undefined) throw noSuchStudy(id);
      return ExperimentSchema.parse(JSON.parse(text));
    },
    runs: (id) =>
      connection.values<RunId>('SELECT id FROM run WHERE study_id = ? ORDER BY study_position', id),
    records(id) {
      requireWhole(connection, `study s${id}`, [
        { table: 'study_experiment', where: 'study_id = ?', values: [id] },
      ]);
      return connection
        .all<{ position: number; record: string }>(
          'SELECT position, record FROM study_experiment WHERE study_id = ? ORDER BY position',
          id,
        )
        .map(({ position, record }) => ({ position, record: JSON.parse(record) as unknown }));
    },
    addRecord(id, position, record, basis) {
      connection.run(
        'INSERT INTO study_experiment (study_id, position, record, basis) VALUES (?, ?, ?, ?)',
        id,
        position,
        JSON.stringify(record),
        basis === undefined ? null : JSON.stringify(basis),
      );
    },
    basis(id, position) {
      const text = connection.value<string | null>(
        'SELECT basis FROM study_experiment WHERE study_id = ? AND position = ?',
        id,
        position,
      );
      return text == null ? null : JSON.parse(text);
    },
    list: () => connection.all<Row>(`${select} ORDER BY id DESC`).map(toStudy),
    update(id, patch) {
      const cells = Object.entries(patch).map(([field, value]) => {
        // The type of COLUMNS says that each field meets its own value.
        const [column, toCell] = COLUMNS[field as keyof StudyPatch] as [string, (value: unknown) => SqlValue];
        return [column, toCell(value)] as const;
      });
      const assignments = cells.map(([column]) => `${column} = ?`).join(', ');
      const values = cells.map(([, cell]) => cell);
      const { changes } = connection.run(`UPDATE study SET ${assignments} WHERE id = ?`, ...values, id);
      if (changes === 0) throw noSuchStudy(id);
    },
  };
}

function resolve(connection: Connection, reference: StudyReference): StudyId {
  const number = typeof reference === 'number' ? reference : studyNumberOf(reference);
  const ids =
    number === null
      ? connection.values<StudyId>('SELECT id FROM study WHERE name = ? ORDER BY id', reference)
      : connection.values<StudyId>('SELECT id FROM study WHERE id = ?', number);
  if (ids.length > 1) {
    throw new HindcastError(
      'conflict',
      `${ids.length} studies are named "${reference}": name one of them by its number: ${ids.map((id) => `s${id}`).join(', ')}.`,
      { details: { name: reference, studies: ids } },
    );
  }
  if (ids[0] === undefined) throw noSuchStudy(reference);
  return ids[0];
}

function noSuchStudy(reference: StudyReference): HindcastError {
  const number = typeof reference === 'number' ? reference : studyNumberOf(reference);
  const what = number === null ? `named "${reference}"` : `s${number}`;
  return new HindcastError(
    'not-found',
    `There is no study ${what}: see the list of runs for what there is.`,
    {
      details: { study: reference },
    },
  );
}

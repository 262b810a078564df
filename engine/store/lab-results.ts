// Results of labs: a row each.
import { HindcastError } from '../contract/errors.ts';
import { type LabName, LabOutcomeSchema, type LabResult, type LabSummary } from '../contract/labs.ts';
import type { Connection } from './connection.ts';

export type NewLabResult = Omit<LabResult, 'id' | 'answer' | 'sentence'>;

export interface LabResults {
  add(result: NewLabResult): LabResult;
  /** Newest first. */
  list(lab: LabName | undefined): LabSummary[];
  /** Throws `not-found`, and `workspace-newer` for an outcome of another version. */
  get(id: number): LabResult;
  /** Throws `not-found`. */
  delete(id: number): void;
}

interface Row extends Omit<LabResult, 'quick' | 'outcome' | 'answer' | 'sentence'> {
  readonly quick: number;
  readonly outcome: string;
}

const SELECT = 'SELECT id, lab, at_ms AS atMs, seconds, guess, quick, data, machine, outcome FROM lab_result';

export function createLabResults(connection: Connection): LabResults {
  const get = (id: number): LabResult => {
    const row = connection.get<Row>(`${SELECT} WHERE id = ?`, id);
    if (row === undefined) throw noSuchResult(id);
    return toResult(row);
  };
  return {
    add({ lab, atMs, seconds, guess, quick, data, machine, outcome }) {
      const { id } = connection.run(
        'INSERT INTO lab_result (lab, at_ms, seconds, guess, quick, data, machine, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        lab,
        Math.round(atMs),
        seconds,
        guess,
        quick ? 1 : 0,
        data,
        machine,
        JSON.stringify(outcome),
      );
      return get(id);
    },
    list(lab) {
      const rows =
        lab === undefined
          ? connection.all<Row>(`${SELECT} ORDER BY id DESC`)
          : connection.all<Row>(`${SELECT} WHERE lab = ? ORDER BY id DESC`, lab);
      return rows.map(toResult).map(({ outcome: _, ...summary }) => summary);
    },
    get,
    delete(id) {
      get(id);
      connection.run('DELETE FROM lab_result WHERE id = ?', id);
    },
  };
}

function toResult({ quick, outcome, ...row }: Row): LabResult {
  const parsed = LabOutcomeSchema.safeParse(JSON.parse(outcome));
  if (!parsed.success) {
    throw new HindcastError(
      'workspace-newer',
      `Another version of Hindcast measured the result ${row.id} of the lab ${row.lab}, and this one cannot read it: open the workspace with that version, or delete the result.`,
      { details: { result: row.id } },
    );
  }
  const { answer, sentence } = parsed.data;
  return { ...row, quick: quick === 1, answer, sentence, outcome: parsed.data };
}

const noSuchResult = (id: number): HindcastError =>
  new HindcastError(
    'not-found',
    `There is no result ${id} of a lab; \`hindcast lab --results\` lists them.`,
    {
      details: { result: id },
    },
  );

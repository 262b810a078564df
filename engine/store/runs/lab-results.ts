// Results of labs: a row each.

import {
  type LabName,
  LabNameSchema,
  LabOutcomeSchema,
  type LabResult,
  type LabSummary,
} from '../../contract/labs.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { damageText, isDamaged } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';

export type NewLabResult = Omit<LabResult, 'id' | 'answer' | 'sentence'>;

export interface LabResults {
  add(result: NewLabResult): LabResult;
  /** Newest first. Of a damaged one no values. */
  list(lab: LabName | undefined): LabSummary[];
  /** Throws `not-found`, `workspace-damaged`, and `workspace-newer` for an outcome of another version. */
  get(id: number): LabResult;
  /** Throws `not-found`. */
  delete(id: number): void;
}

interface Row extends Omit<LabResult, 'quick' | 'outcome' | 'answer' | 'sentence'> {
  readonly quick: number;
  readonly outcome: string;
  readonly damaged: number;
}

const selectFrom = (connection: Connection): string => `
  SELECT id, lab, at_ms AS atMs, seconds, guess, quick, data, machine, outcome,
    ${isDamaged(connection, 'lab_result')} AS damaged FROM lab_result`;

export function createLabResults(connection: Connection): LabResults {
  const select = selectFrom(connection);
  const get = (id: number): LabResult => {
    const row = connection.get<Row>(`${select} WHERE id = ?`, id);
    if (row === undefined) throw noSuchResult(id);
    if (row.damaged === 1)
      throw new HindcastError('workspace-damaged', damageOf(id), { details: { result: id } });
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
          ? connection.all<Row>(`${select} ORDER BY id DESC`)
          : connection.all<Row>(`${select} WHERE lab = ? ORDER BY id DESC`, lab);
      // The name of the lab may be what damage has changed.
      return rows.filter(({ lab: name }) => LabNameSchema.safeParse(name).success).map(toSummary);
    },
    get,
    delete(id) {
      const { changes } = connection.run('DELETE FROM lab_result WHERE id = ?', id);
      if (changes === 0) throw noSuchResult(id);
    },
  };
}

const damageOf = (id: number): string => `${damageText(`the result ${id} of a lab`, 'lab_result')}.`;

function toSummary(row: Row): LabSummary {
  if (row.damaged === 0) {
    const { outcome: _, ...summary } = toResult(row);
    return summary;
  }
  const { id, lab } = row;
  const none = { atMs: 0, seconds: 0, guess: null, quick: false, data: null, machine: '' };
  return { id, lab, ...none, answer: 'damaged', sentence: damageOf(id) };
}

function toResult({ quick, outcome, damaged: _, ...row }: Row): LabResult {
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

// The mark of the best in a comparison follows the verdict of a duel: of configurations that fought one, only the winner may be marked,
// and none where no evidence of a difference was found.

import type { RunDetail } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId, StudyId } from '../../contract/values/ids.ts';
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import { duel, placeOf } from '../../studies/duel.ts';
import { studyKind } from '../../studies/registry.ts';
import { isBetter, metricInfo } from '../../words/scores/metric-info.ts';
import type { EngineContext } from '../context.ts';
import { duelVerdict } from '../forecasts/duel-verdict.ts';

/** The configuration of a duel that a run was trained for. */
export interface Duellist {
  readonly study: StudyId;
  readonly label: string;
}

/** By duel: the winner; null: there is no evidence of a difference. A duel without a verdict is missing. */
export type Verdicts = ReadonlyMap<StudyId, string | null>;

export function duellistsOf(
  { workspace }: Pick<EngineContext, 'workspace'>,
  runs: readonly Pick<RunDetail, 'id' | 'studyId' | 'studyPosition'>[],
): ReadonlyMap<RunId, Duellist> {
  const members = runs.flatMap(({ id, studyId, studyPosition }) => {
    const study = studyId === null ? null : workspace.studies.shown(studyId);
    if (!study || study.damage !== null || studyKind(study.plan.kind).judges !== true) return [];
    const plan = duel.plan.parse(study.plan);
    return [
      [id, { study: study.id, label: plan.labels[placeOf(plan, studyPosition ?? 1).contender]! }] as const,
    ];
  });
  const labels = Map.groupBy(members, ([, { study }]) => study);
  const isFought = ({ study }: Duellist): boolean =>
    new Set(labels.get(study)?.map(([, { label }]) => label)).size > 1;
  return new Map(members.filter(([, duellist]) => isFought(duellist)));
}

/** A duel that still trains, or whose runs are not all there, has none. */
export async function verdictsOf(
  context: EngineContext,
  duellists: ReadonlyMap<RunId, Duellist>,
  signal: AbortSignal | undefined,
): Promise<Verdicts> {
  const verdicts = new Map<StudyId, string | null>();
  for (const study of new Set([...duellists.values()].map((one) => one.study))) {
    try {
      const { contenders } = await duelVerdict(context, study, signal);
      verdicts.set(study, contenders.find(({ best }) => best)?.label ?? null);
    } catch (error) {
      if (!(error instanceof HindcastError)) throw error;
    }
  }
  return verdicts;
}

export interface MarkedRow {
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  readonly duellist: Duellist | null;
}

const isOther = (one: Duellist, other: Duellist): boolean =>
  one.study === other.study && one.label !== other.label;

/** Without those that a duel has found to be no better: they do not dispute the mark of its winner. */
export const withoutLosers = <Row extends MarkedRow>(rows: readonly Row[], verdicts: Verdicts): Row[] =>
  rows.filter(({ duellist }) => {
    const winner = duellist && verdicts.get(duellist.study);
    return !winner || winner === duellist.label;
  });

/** Whether the verdict allows the row to be marked: it is the winner's, and ahead of the others by this metric too. */
export function mayBeMarked(row: MarkedRow, rows: readonly MarkedRow[], verdicts: Verdicts): boolean {
  const { duellist, metric, unit, value } = row;
  if (duellist === null) return true;
  const others = rows.filter(
    (other) =>
      other.duellist !== null &&
      isOther(duellist, other.duellist) &&
      other.metric === metric &&
      other.unit === unit,
  );
  if (others.length === 0) return true;
  if (verdicts.get(duellist.study) !== duellist.label) return false;
  return others.every((other) => isBetter(metricInfo(CATALOGUE, metric), value, other.value));
}

/** A sentence for each duel among the rows. */
export function verdictRemarks(rows: readonly MarkedRow[], verdicts: Verdicts): string[] {
  const studies = new Set(rows.flatMap(({ duellist }) => duellist?.study ?? []));
  return [...studies].map((study) => {
    const winner = verdicts.get(study);
    if (winner === undefined)
      return `Duel s${study} has no verdict, so none of its configurations is marked.`;
    if (winner === null)
      return `Duel s${study} found no configuration better than each other one, so none of them is marked.`;
    return `The mark follows duel s${study}: ${winner} is better than each other configuration, beyond chance.`;
  });
}

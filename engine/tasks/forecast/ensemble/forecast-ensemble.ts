// Runs that forecast, put together: each makes its forecasts by its own pipeline and weights.
import { ForecastFrame } from '../../../contract/results/forecast.ts';
import type { ForecastTask } from '../../../contract/tasks/forecast.ts';
import { createParameterSet } from '../../../models/parameters.ts';
import { decodeWeights } from '../../../training/weights.ts';
import { finished } from '../../finished.ts';
import { type AskedEnsemble, type EnsembleMember, type EnsembleOutcome, seriesOf } from '../../task-kind.ts';
import { valuesFrame } from '../exports/predictions.ts';
import { calibrateModel } from '../intervals.ts';
import { prepareForecast } from '../preparation/prepare.ts';
import { modelFor } from '../training/model.ts';
import { forecastsOfPart } from '../views/views.ts';
import { ensembleOf, type Member } from './ensemble.ts';

/** @throws HindcastError `conflict` where the members forecast other windows */
export async function forecastEnsemble(
  given: readonly EnsembleMember<ForecastTask>[],
  { way, withPredictions }: AskedEnsemble,
): Promise<EnsembleOutcome> {
  const members: Member[] = [];
  for (const member of given) members.push(await forecastsOf(member, way === 'weights'));
  const { values, weights, scores, windows } = ensembleOf(members, way);
  const { prepared } = members[0]!.test;
  const predictions = withPredictions ? ForecastFrame.encode(valuesFrame(prepared, 'test', values)) : null;
  return { weights, scores, windows, predictions };
}

/** Of the test part, and of the validation part where shares are chosen by it. */
export async function forecastsOf(
  member: EnsembleMember<ForecastTask>,
  withValidation: boolean,
): Promise<Member> {
  const { runId, experiment, trained } = member;
  const { series, name } = seriesOf(await member.data());
  const prepared = prepareForecast(experiment, series, name);
  await member.selectBackend();
  const model = modelFor(experiment, prepared);
  const parameters = createParameterSet(model.specs, decodeWeights(trained.weights));
  try {
    const { weight } = parameters;
    const calibration = () => finished(calibrateModel({ experiment, prepared, model, weight }));
    const partOf = (part: 'test' | 'validation') =>
      forecastsOfPart({ experiment, prepared, baselines: [], part, weight, calibration });
    return { runId, test: partOf('test'), validation: withValidation ? partOf('validation') : null };
  } finally {
    parameters.dispose();
  }
}

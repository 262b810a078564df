// What the probe costs: processor time in it over that of the whole training, so that other programs disturb both alike.
import { ExperimentSchema } from '../../../engine/contract/experiment.ts';
import { asForecastExperiment } from '../../../engine/contract/tasks/forecast-experiment.ts';
import { createTrainingProbe } from '../../../engine/inside/probe/training-probe.ts';
import { openForecast } from '../../../engine/tasks/forecast/machine.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/prepare.ts';
import { seriesOf } from '../../../engine/tasks/task-kind.ts';
import { train } from '../../../engine/training/loop.ts';
import type { TrainingProbe } from '../../../engine/training/probe.ts';
import { subjectOf } from '../../inside/subject.ts';
import { say } from './say.ts';

const CASES: readonly (readonly [string, object, object])[] = [
  ['lstm, 64 units, 96 steps', { kind: 'lstm', units: 64 }, { lookback: 96, horizon: 24 }],
  [
    'gru, 2 layers of 32 units, 48 steps',
    { kind: 'gru', units: 32, layers: 2 },
    { lookback: 48, horizon: 24 },
  ],
  ['rnn, 16 units, 24 steps', { kind: 'rnn', units: 16 }, { lookback: 24, horizon: 6 }],
  [
    'attention, 2 layers, 4 heads, 96 steps',
    { kind: 'attention', units: 32, heads: 4, layers: 2 },
    { lookback: 96, horizon: 24 },
  ],
];
const WARM_STEPS = 10;

export async function benchProbe(): Promise<void> {
  for (const [name, model, task] of CASES) {
    for (const rows of [1_000, 10_000]) {
      const { share, looks, epochs } = await shareOf(model, task, rows);
      say(`probe of ${name}, ${rows} rows, ${looks} looks in ${epochs} epochs`, 100 * share, 2, '%');
    }
  }
}

async function shareOf(model: object, task: object, rows: number) {
  const training = { epochs: Math.max(2, Math.round(40_000 / rows)), earlyStopping: null };
  const subject = subjectOf({ model, task, rows, experiment: { training } });
  const experiment = asForecastExperiment(ExperimentSchema.parse(subject.experiment));
  const { series, name } = seriesOf(await subject.readData());
  const prepareWith = (pipeline: typeof experiment.pipeline) =>
    prepareForecast({ ...experiment, pipeline }, series, name);
  const machine = openForecast({ experiment, prepared: prepareWith(experiment.pipeline), prepareWith });
  const examples = machine.training();
  const probe = createTrainingProbe(experiment, examples)!;
  let inProbe = 0;
  let looks = 0;
  const timed: TrainingProbe = {
    isDue: probe.isDue,
    look(...seen) {
      const startedAt = processorMs();
      const data = probe.look(...seen);
      inProbe += processorMs() - startedAt;
      looks += 1;
      return data;
    },
  };
  const setup = {
    task: examples,
    training: experiment.training,
    seed: 1,
    checkpoint: null,
    shouldStop: () => false,
    checkpointDue: () => false,
    probe: timed,
  };
  // The first steps of a process are slow: they are taken before the probe's first look, which would count them as its own.
  let steps = 0;
  for await (const _ of train({ ...setup, probe: null, shouldStop: () => steps++ > WARM_STEPS }));
  const startedAt = processorMs();
  for await (const _ of train(setup));
  return { share: inProbe / (processorMs() - startedAt), looks, epochs: training.epochs };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

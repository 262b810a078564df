// One training with its probe, in a process of its own, as a run has one: how long each look took, and the processor time of it all.
import { selectBackend } from '../../../engine/backends/select.ts';
import { ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import { asForecastExperiment } from '../../../engine/contract/tasks/forecast-experiment.ts';
import { createTrainingProbe } from '../../../engine/inside/probe/training-probe.ts';
import { openForecast } from '../../../engine/tasks/forecast/machine.ts';
import { prepareForecast } from '../../../engine/tasks/forecast/preparation/prepare.ts';
import { seriesOf } from '../../../engine/tasks/task-kind.ts';
import { train } from '../../../engine/training/loop.ts';
import type { TrainingProbe } from '../../../engine/training/probe.ts';
import { subjectOf } from '../../inside/subject.ts';

export interface ProbeCase {
  readonly model: object;
  readonly task: object;
  readonly rows: number;
  readonly epochs: number;
}

export interface ProbeTimes {
  readonly looksMs: readonly number[];
  readonly trainingMs: number;
}

const WARM_STEPS = 10;

async function timesOf({ model, task, rows, epochs }: ProbeCase): Promise<ProbeTimes> {
  const subject = subjectOf({ model, task, rows, experiment: { training: { epochs, earlyStopping: null } } });
  const experiment = asForecastExperiment(ExperimentSchema.parse(subject.experiment));
  const { series, name } = seriesOf(await subject.readData());
  const prepareWith = (pipeline: typeof experiment.pipeline) =>
    prepareForecast({ ...experiment, pipeline }, series, name);
  const machine = openForecast({ experiment, prepared: prepareWith(experiment.pipeline), prepareWith });
  const examples = machine.training();
  const probe = createTrainingProbe(experiment, examples)!;
  const looksMs: number[] = [];
  const timed: TrainingProbe = {
    isDue: probe.isDue,
    look(...seen) {
      // Processor time is counted in ticks that are longer than a look.
      const startedAt = performance.now();
      const data = probe.look(...seen);
      looksMs.push(performance.now() - startedAt);
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
  return { looksMs, trainingMs: processorMs() - startedAt };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

await selectBackend('simd', { allowFallback: false, threads: 1 });
// What the benchmark wrote, one argument.
const asked = JSON.parse(process.argv[2] ?? '') as ProbeCase;
process.stdout.write(JSON.stringify(await timesOf(asked)));

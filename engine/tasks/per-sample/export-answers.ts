// A model that says labels or values of samples, as files for stock TensorFlow.js.
import type { ExperimentOf } from '../../contract/experiment/experiment.ts';
import type { ModelExport } from '../task-kind.ts';
import { exportSamples } from './export-model.ts';
import type { PreparedAnswers } from './prepare.ts';
import type { AnswersOn } from './sample-machine.ts';
import type { ReadingTask } from './split-parts.ts';

const MEASURE = 'largest |theirs - ours| over all answers, as the graph gives them';

interface Exported {
  readonly experiment: ExperimentOf<ReadingTask>;
  readonly prepared: PreparedAnswers;
  readonly answersOn: AnswersOn<readonly number[]>;
}

export function exportAnswers({ experiment, prepared, answersOn }: Exported, wanted: ModelExport) {
  const { outcome } = prepared;
  const { outputs, writer, column } = outcome;
  return exportSamples(
    {
      experiment,
      samples: prepared,
      outputs: outputs.length,
      writer,
      answersOn,
      raw: outcome.raw,
      measure: MEASURE,
      card: (thresholds) => ({
        output: {
          kind: writer,
          classes: [...outputs],
          label: column,
          ...(thresholds && { thresholds: [...thresholds] }),
        },
      }),
    },
    wanted,
  );
}

// A trained classifier as files for stock TensorFlow.js.
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import { exportSamples } from '../per-sample/export-model.ts';
import type { AnswersOn } from '../per-sample/sample-machine.ts';
import type { ModelExport } from '../task-kind.ts';
import type { PreparedClassify } from './prepare.ts';

const MEASURE = 'largest |theirs - ours| over the probabilities of all classes';

interface Exported {
  readonly experiment: ClassifyExperiment;
  readonly prepared: PreparedClassify;
  readonly answersOn: AnswersOn<number>;
}

export function exportClassifier({ experiment, prepared, answersOn }: Exported, wanted: ModelExport) {
  const { classes, positive } = prepared;
  return exportSamples(
    {
      experiment,
      samples: prepared,
      outputs: classes.length,
      writer: 'classes',
      answersOn,
      raw: (probabilities) => probabilities,
      measure: MEASURE,
      card: (threshold) => ({
        output: { classes: [...classes], label: experiment.task.label },
        ...(threshold !== undefined && { decision: { class: positive, threshold } }),
      }),
    },
    wanted,
  );
}

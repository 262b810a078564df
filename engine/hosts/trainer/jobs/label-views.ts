// The jobs `label-texts` and `label-result`: what screens show of a labeller. What it said of the last part is kept while the process lives,
// since the next question is usually about the same run.
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asLabelTask } from '../../../contract/tasks/label.ts';
import { LabelFrame } from '../../../contract/tasks/label-frame.ts';
import { labelTexts } from '../../../tasks/label/label-texts.ts';
import { evenTexts, matrixOf, textsIn } from '../../../tasks/label/result.ts';
import { predictPart } from '../predict.ts';
import type { Job } from './job.ts';

export const labelTextsJob: Job<Jobs['label-texts']> = {
  async run({ experiment, model, texts, threads }) {
    const task = asLabelTask(experiment.task);
    const { backend, allowBackendFallback: allowFallback } = experiment;
    await selectBackend(backend, { allowFallback, threads });
    return labelTexts({ ...experiment, task }, model, texts);
  },
};

let kept: { readonly key: string; readonly frame: LabelFrame } | undefined;

export const labelResultJob: Job<Jobs['label-result']> = {
  async run({ key, verdict, most, pick, cell, ...job }, { openSource }) {
    if (kept?.key !== key) {
      kept = undefined;
      kept = { key, frame: LabelFrame.decode(await predictPart(job, openSource)) };
    }
    const { frame } = kept;
    return {
      part: frame.header.part,
      verdict,
      classes: [...frame.header.classes],
      areRows: asLabelTask(job.experiment.task).window !== undefined,
      ...matrixOf(frame),
      texts: pick === 'evenly' && !cell ? evenTexts(frame, most) : textsIn(frame, cell, most),
    };
  },
};

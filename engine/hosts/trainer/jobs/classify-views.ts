// The jobs `classify-result` and `classify-answer`: what screens show of a classifier. The answers of the last part are kept while the
// process lives, since the next question is usually about the same run.
import { createHash } from 'node:crypto';
import type { Jobs } from '../../../contract/processes/jobs.ts';
import { asClassifyTask } from '../../../contract/tasks/classify.ts';
import { ClassifyFrame } from '../../../contract/tasks/classify-frame.ts';
import { type PartResult, resultOf, type ShownResult, samplesIn } from '../../../tasks/classify/result.ts';
import { samplesOf } from '../../../tasks/task-kind.ts';
import { predict, predictPart } from '../predict.ts';
import { readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

interface Kept {
  readonly key: string;
  readonly shown: ShownResult;
  readonly result: PartResult;
}

let kept: Kept | undefined;

export const classifyResultJob: Job<Jobs['classify-result']> = {
  async run({ key, verdict, cell, most, ...job }, { openSource }) {
    if (kept?.key !== key) {
      kept = undefined;
      const task = asClassifyTask(job.experiment.task);
      const frame = ClassifyFrame.decode(await predictPart(job, openSource));
      const { samples: table } = samplesOf(await readTaskData(job, openSource));
      const { positive } = (job.model.fitted ?? {}) as { readonly positive?: number };
      const shown = { frame, table, input: task.input, metrics: task.metrics, positive };
      kept = { key, shown, result: resultOf(shown) };
    }
    return { ...kept.result, verdict, samples: samplesIn(kept.shown, cell, most) };
  },
};

export const classifyAnswerJob: Job<Jobs['classify-answer']> = {
  async run({ texts, ...job }, { openSource }) {
    const { input } = asClassifyTask(job.experiment.task);
    const samples = {
      rows: texts.length,
      names: texts.map((_, index) => `text ${index + 1}`),
      groups: texts.map(() => ''),
      parts: texts.map(() => '' as const),
      hashes: texts.map((text) => createHash('sha256').update(text).digest('hex')),
      columns: [{ name: input, kind: 'text' as const, texts }],
    };
    const frame = ClassifyFrame.decode(await predict({ ...job, part: 'future', samples }, openSource));
    return {
      classes: [...frame.header.classes],
      probabilities: texts.map((_, row) => frame.columns.probability.map((values) => values[row]!)),
    };
  },
};

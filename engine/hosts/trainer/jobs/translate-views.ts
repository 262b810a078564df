// The jobs `translate-texts` and `translation-result`: what screens show of a translator. What was written for the last part is kept while the
// process lives, since the next question is usually about the same run.
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asTranslateExperiment } from '../../../contract/tasks/translate-experiment.ts';
import { TranslateFrame } from '../../../contract/tasks/translate-frame.ts';
import { byLength, evenPairs, mostWrong } from '../../../tasks/translate/result.ts';
import { translateTexts } from '../../../tasks/translate/translate-text.ts';
import { predictPart } from '../predict.ts';
import type { Job } from './job.ts';

export const translateTextsJob: Job<Jobs['translate-texts']> = {
  async run({ runId, experiment, model: trained, others, texts, options, threads }) {
    const first = { runId, experiment: asTranslateExperiment(experiment), trained };
    const { task } = first.experiment;
    const { backend, allowBackendFallback: allowFallback } = experiment;
    await selectBackend(backend, { allowFallback, threads });
    const { beam = task.beam, lengthPenalty = task.lengthPenalty } = options;
    const more = others.map((other) => ({
      runId: other.runId,
      experiment: asTranslateExperiment(other.experiment),
      trained: other.model,
    }));
    return translateTexts([first, ...more], texts, { beam, lengthPenalty });
  },
};

let kept: { readonly key: string; readonly frame: TranslateFrame } | undefined;

export const translationResultJob: Job<Jobs['translation-result']> = {
  async run({ key, verdict, most, pick, ...job }, { openSource }) {
    if (kept?.key !== key) {
      kept = undefined;
      kept = { key, frame: TranslateFrame.decode(await predictPart(job, openSource)) };
    }
    const { frame } = kept;
    return {
      part: frame.header.part,
      verdict,
      count: frame.header.sources.length,
      byLength: byLength(frame),
      pairs: (pick === 'evenly' ? evenPairs : mostWrong)(frame, most),
    };
  },
};

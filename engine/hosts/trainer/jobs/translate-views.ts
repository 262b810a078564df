// The jobs `translate-texts` and `translation-result`: what screens show of a translator. What was written for the last part is kept while the
// process lives, since the next question is usually about the same run.
import { selectBackend } from '../../../backends/select.ts';
import type { EnsembleMemberJob } from '../../../contract/processes/jobs/ensemble.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asTranslateExperiment } from '../../../contract/tasks/translate-experiment.ts';
import { TranslateFrame } from '../../../contract/tasks/translate-frame.ts';
import type { TranslatorMember } from '../../../tasks/translate/members.ts';
import { byLength, evenPairs, mostWrong } from '../../../tasks/translate/result.ts';
import { translateTexts } from '../../../tasks/translate/translate-text.ts';
import { predictPart } from '../predict.ts';
import type { Job } from './job.ts';

export const translateTextsJob: Job<Jobs['translate-texts']> = {
  async run({ others, texts, options, threads, ...job }) {
    const first = memberOf(job);
    const { task, backend, allowBackendFallback: allowFallback } = first.experiment;
    await selectBackend(backend, { allowFallback, threads });
    const { beam = task.beam, lengthPenalty = task.lengthPenalty } = options;
    return translateTexts([first, ...others.map(memberOf)], texts, { beam, lengthPenalty });
  },
};

const memberOf = ({ runId, experiment, model: trained }: EnsembleMemberJob): TranslatorMember => ({
  runId,
  experiment: asTranslateExperiment(experiment),
  trained,
});

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

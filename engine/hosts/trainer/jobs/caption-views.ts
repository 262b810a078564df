// The jobs `caption-result` and `caption-write`: what screens show of a writer of captions. What it wrote for the last part is kept while the
// process lives, since the next question is usually about the same run.
import { selectBackend } from '../../../backends/select.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { asCaptionTask } from '../../../contract/tasks/caption.ts';
import { CaptionFrame } from '../../../contract/tasks/caption-frame.ts';
import { readPicture } from '../../../data/samples/import/pictures/picture-file.ts';
import { evenCaptions, mostWrong } from '../../../tasks/caption/result.ts';
import { writeCaption } from '../../../tasks/caption/write-caption.ts';
import { predictPart } from '../predict.ts';
import type { Job } from './job.ts';

let kept: { readonly key: string; readonly frame: CaptionFrame } | undefined;

export const captionResultJob: Job<Jobs['caption-result']> = {
  async run({ key, verdict, most, pick, ...job }, { openSource }) {
    if (kept?.key !== key) {
      kept = undefined;
      kept = { key, frame: CaptionFrame.decode(await predictPart(job, openSource)) };
    }
    const { frame } = kept;
    return {
      part: frame.header.part,
      verdict,
      count: frame.header.names.length,
      captions: (pick === 'evenly' ? evenCaptions : mostWrong)(frame, most),
    };
  },
};

export const captionWriteJob: Job<Jobs['caption-write']> = {
  async run({ experiment, model, picture, beam, threads }) {
    const task = asCaptionTask(experiment.task);
    const { frames } = readPicture(Buffer.from(picture), 1);
    const { backend, allowBackendFallback: allowFallback } = experiment;
    await selectBackend(backend, { allowFallback, threads });
    return writeCaption({ ...experiment, task }, model, frames[0]!, beam);
  },
};

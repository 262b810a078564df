// Answers to a part in numbers, as jobs about a result ask for them: those to the last part are kept while the process lives, since the next question
// is usually about the same run.
import { AnswersFrame } from '../../../contract/tasks/answers-frame.ts';
import type { SampleTable } from '../../../data/samples/sample-table.ts';
import { samplesOf } from '../../../tasks/task-kind.ts';
import { type PredictPartJob, predictPart } from '../predict.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';

interface Answers {
  readonly key: string;
  readonly frame: AnswersFrame;
  readonly table: SampleTable;
}

let kept: Answers | undefined;

/** @param key the same for the same answers */
export async function answersOf(key: string, job: PredictPartJob, openSource: OpenSource): Promise<Answers> {
  if (kept?.key === key) return kept;
  kept = undefined;
  const frame = AnswersFrame.decode(await predictPart(job, openSource));
  const { samples: table } = samplesOf(await readTaskData(job, openSource));
  kept = { key, frame, table };
  return kept;
}

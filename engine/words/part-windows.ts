// How many windows a part has beside how many its rows would give, and why it has no more: for page and report.
import { MISSING_ORIGIN } from '../contract/runs/note-words.ts';
import type { PartInfo } from '../contract/runs/run.ts';
import type { Task } from '../contract/tasks/task.ts';
import { countedIn } from './tasks/counted.ts';

type Part = Pick<PartInfo, 'part' | 'windows' | 'leftOut'>;
type LeftOut = NonNullable<Part['leftOut']>[number];

/** Without rows that the data lack: they were never there to be an origin. */
const lostOf = ({ leftOut = [] }: Part) => leftOut.filter(({ reason }) => reason !== MISSING_ORIGIN);

/** What the samples are that were left out says a reason that begins so; others say why. */
const OF_SAMPLES = /^(with|without|of) /;

const plain = (count: number): string => count.toLocaleString('en-US');

/** `135`; `7 of 205` where origins or samples were left out. Videos or texts that were are no windows or tokens to add. */
export function windowsText(part: Part, task: Pick<Task, 'kind'> | undefined): string {
  const isOfRows = countedIn(task).rows !== undefined;
  const lost = lostOf(part)
    .filter(({ reason }) => !(isOfRows && OF_SAMPLES.test(reason)))
    .reduce((sum, { windows }) => sum + windows, 0);
  return lost === 0 ? plain(part.windows) : `${plain(part.windows)} of ${plain(part.windows + lost)}`;
}

/**
 * `Left out of test: 45 origins, because a gap of more than 4 rows lies in it (task.crossGaps).`, or
 * `Left out of test: 45 pairs with a side that is empty.`
 */
export function leftOutSentences(parts: readonly Part[], task: Pick<Task, 'kind'>): string[] {
  return parts.flatMap((part) =>
    lostOf(part).map((lost) => `Left out of ${part.part}: ${lostText(lost, task)}.`),
  );
}

/** `45 pairs with a side that is empty` */
export function lostText({ reason, windows }: LeftOut, task: Pick<Task, 'kind'>): string {
  if (!OF_SAMPLES.test(reason)) return `${counted(windows, 'origins')}, because ${reason}`;
  const { examples, rows = examples } = countedIn(task);
  return `${counted(windows, rows)} ${reason}`;
}

const counted = (count: number, things: string): string =>
  count === 1 ? `1 ${things.slice(0, -1)}` : `${plain(count)} ${things}`;

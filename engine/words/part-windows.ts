// How many windows a part has beside how many its rows would give, and why it has no more: for page and report.
import { MISSING_ORIGIN } from '../contract/runs/note-words.ts';
import type { PartInfo } from '../contract/runs/run.ts';

type Part = Pick<PartInfo, 'part' | 'windows' | 'leftOut'>;

/** Without rows that the data lack: they were never there to be an origin. */
const lostOf = ({ leftOut = [] }: Part) => leftOut.filter(({ reason }) => reason !== MISSING_ORIGIN);

const plain = (count: number): string => count.toLocaleString('en-US');

/** `135`; `7 of 205` where origins were left out. */
export function windowsText(part: Part): string {
  const lost = lostOf(part).reduce((sum, { windows }) => sum + windows, 0);
  return lost === 0 ? plain(part.windows) : `${plain(part.windows)} of ${plain(part.windows + lost)}`;
}

/** `Left out of test: 45 origins, because a gap of more than 4 rows lies in it (task.crossGaps).` */
export function leftOutSentences(parts: readonly Part[]): string[] {
  return parts.flatMap((part) =>
    lostOf(part).map(({ reason, windows }) => {
      const origins = windows === 1 ? '1 origin' : `${plain(windows)} origins`;
      return `Left out of ${part.part}: ${origins}, because ${reason}.`;
    }),
  );
}

// How far a call is, in words.
import type { CallProgress } from '../../engine/contract/values/progress.ts';
import { formatCount, formatDuration } from '../ui/format.ts';

/** `120 of 1,034 texts, 9 s left`. */
export function reachedText({ done, total, secondsLeft }: CallProgress, counted: string): string {
  const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`;
  return `${formatCount(done)} of ${formatCount(total)} ${counted}${left}`;
}

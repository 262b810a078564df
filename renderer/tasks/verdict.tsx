// How a run compares with the baselines, and what to do about it: the first lines of a result.
import { verdictHint } from '../../engine/words/scores/baseline-check.ts';
import { useCatalogue } from '../engine/use-catalogue.ts';
import { formWords } from '../features/design/form-words.ts';
import classes from '../features/run/run-page.module.css';
import { Note } from '../ui/messages.tsx';
import { unbroken } from '../ui/unbroken.ts';
import type { RunTabProps } from './run-tab.ts';

interface VerdictProps extends RunTabProps {
  /** Empty while it is on its way. */
  readonly text: string;
}

export function Verdict({ run, text }: VerdictProps) {
  const hint = verdictHint(run, useCatalogue());
  if (text === '') return null;
  return (
    <>
      <p className={`${classes.verdict} ${classes.wide}`}>{unbroken(text)}</p>
      {hint !== null && (
        <div className={classes.wide}>
          <Note>{formWords(hint)}</Note>
        </div>
      )}
    </>
  );
}

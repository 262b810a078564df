// The frame of a Result tab of samples: the verdict and what was noted, then what the task shows of its answers.
import type { ReactNode } from 'react';
import classes from '../features/run/run-page.module.css';
import { ErrorMessage, Note } from '../ui/messages.tsx';
import { Scroll } from '../ui/page.tsx';
import type { RunTabProps } from './run-tab.ts';
import { Verdict } from './verdict.tsx';

const MOST_NOTES = 3;

interface ResultPageProps extends RunTabProps {
  readonly verdict: string | undefined;
  readonly error: unknown;
  /** `The model answers the test part …`, as long as it does. */
  readonly pending: string | null;
  readonly children: ReactNode;
}

export function ResultPage({ run, verdict, error, pending, children }: ResultPageProps) {
  return (
    <Scroll label="Result">
      <div className={classes.charts}>
        {error != null && (
          <div className={classes.wide}>
            <ErrorMessage error={error} />
          </div>
        )}
        <Verdict run={run} text={verdict ?? ''} />
        {run.notes.length > 0 && (
          <div className={classes.wide}>
            <Note calm>
              {run.notes.slice(0, MOST_NOTES).map((note) => (
                <div key={note}>{note}</div>
              ))}
            </Note>
          </div>
        )}
        {pending !== null && (
          <p className={`${classes.wide} muted`} role="status">
            {pending}
          </p>
        )}
        {children}
      </div>
    </Scroll>
  );
}

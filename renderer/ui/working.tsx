// Work of unknown length: what is being done, the elapsed time, and a cancel button.
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatDuration } from './format.ts';
import { ProgressBar } from './run-state.tsx';
import classes from './ui.module.css';

interface WorkingProps {
  readonly what: string;
  /** 0 to 1; null if unknown. */
  readonly fraction?: number | null;
  /** Stands in the place of the percentage: `120 of 1,034 texts, 9 s left`. */
  readonly reached?: string | null;
  readonly onCancel: () => void;
}

export function Working({ what, fraction = null, reached = null, onCancel }: WorkingProps) {
  const seconds = useSeconds();
  return (
    <div className={classes.working}>
      <div className={classes.workingLine}>
        <span role="status">{what}</span>
        <span className="num muted">
          {reached ?? (fraction === null ? formatDuration(seconds) : `${Math.round(fraction * 100)} %`)}
        </span>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {fraction !== null && <ProgressBar fraction={fraction} label={what} />}
    </div>
  );
}

/** Since it appeared. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

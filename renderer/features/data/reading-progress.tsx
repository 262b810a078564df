// How far a file is read that is only looked at.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount } from '../../ui/format.ts';
import { ProgressBar } from '../../ui/run-state.tsx';
import classes from './data.module.css';

const ASKED_MS = 400;

interface ReadingProgressProps {
  /** The name of the preview that is being made. */
  readonly watch: string;
  /** Nothing of the file is shown yet. */
  readonly isFirst: boolean;
}

/** Of a file that is read at once no number is asked for. */
export function ReadingProgress({ watch, isFirst }: ReadingProgressProps) {
  const engine = useEngine();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), ASKED_MS);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    queryKey: ['preview progress', watch],
    queryFn: ({ signal }) => engine.datasets.previewProgress({ watch }, { signal }),
    enabled: isSlow,
    refetchInterval: ASKED_MS,
    retry: false,
    gcTime: 0,
  });
  if (!isFirst && !data) return null;
  const rows = data && data.rows > 0 ? `, ${formatCount(data.rows)} rows` : '';
  return (
    <div className={classes.stack}>
      <div className={classes.importing}>
        <span role="status" className="muted">
          {data?.phase === 'checking' ? 'Checking what was read' : 'Reading the file'}
          {rows} …
        </span>
        {data && <span className="num muted">{Math.round(100 * data.fraction)} %</span>}
      </div>
      {data && <ProgressBar fraction={data.fraction} label="Progress of the reading" />}
    </div>
  );
}

// Starts the run's experiment again with one change, and sets both side by side.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import runClasses from '../run/run-page.module.css';
import classes from './inside.module.css';
import { type WhatIf, whatIfs } from './what-ifs.ts';

interface WhatIfPanelProps {
  readonly run: RunDetail;
  /** That the state goes over in a window. */
  readonly steps: number;
}

export function WhatIfPanel({ run, steps }: WhatIfPanelProps) {
  const engine = useEngine();
  const [isStarting, setStarting] = useState(false);
  const offered = whatIfs(run.configuration, steps);
  if (offered.length === 0) return null;
  async function start({ experiment, label }: WhatIf): Promise<void> {
    setStarting(true);
    const started = await attempt(() => engine.runs.start({ configuration: experiment }));
    setStarting(false);
    if (!started) return;
    notifyDone(`Run ${started.id} is queued: ${label}, all else as in run ${run.id}.`);
    navigate(hrefOf(['compare'], { runs: `${run.id},${started.id}` }));
  }
  return (
    <Panel title="What if" className={runClasses.wide ?? ''}>
      <p className={`${classes.hint} muted`}>
        Each starts the same experiment with the same seed and one change, and opens both in Compare.
      </p>
      <div className={classes.heads}>
        {offered.map((one) => (
          <Button
            key={one.label}
            variant="default"
            size="xs"
            disabled={isStarting}
            onClick={() => start(one)}
          >
            {one.label}
          </Button>
        ))}
      </div>
    </Panel>
  );
}

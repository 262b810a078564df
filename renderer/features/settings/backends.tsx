// The backends: which ones work here, and for the others the reason and the remedy.
import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import classes from './settings.module.css';

export function Backends() {
  const engine = useEngine();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['backends'],
    queryFn: ({ signal }) => engine.engine.backends(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Panel
      title="Backends"
      actions={
        <Button variant="default" onClick={() => refetch()} disabled={isFetching}>
          Look again
        </Button>
      }
    >
      {error && <ErrorMessage error={error} />}
      {!data && !error && <span className="muted">Loading each backend in a process of its own …</span>}
      <ul className={classes.backends}>
        {data?.map((backend) => (
          <li key={backend.name}>
            <div className={classes.backendName}>
              {backend.available ? (
                <IconCheck size={15} color="var(--hc-good)" aria-label="available" />
              ) : (
                <IconX size={15} color="var(--hc-ink-3)" aria-label="not available" />
              )}
              {backend.name}
              <span className="muted">{[backend.version, backend.device].filter(Boolean).join(', ')}</span>
            </div>
            {backend.reason && (
              <div className={classes.backendMore}>
                <p className={classes.backendText}>Not usable here: {backend.reason}</p>
                {backend.install && <code className={classes.command}>{backend.install}</code>}
              </div>
            )}
          </li>
        ))}
      </ul>
      <p className={classes.backendText} style={{ paddingTop: 8 }}>
        An experiment names its backend; simd is the default, since it is everywhere and gives the same bits
        on every machine.
      </p>
    </Panel>
  );
}

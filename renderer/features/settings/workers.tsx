// The workers of the pool, live: what each machine has and what it does.
import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PoolStatus, PoolWorker } from '../../../engine/contract/pool/status.ts';
import { hrefOf } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { poolQuery } from '../../engine/pool.ts';
import { formatBytes, formatDuration, plural } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import classes from './settings.module.css';

const LOOK_MS = 2_000;

export function WorkersPanel() {
  const { data, error } = useQuery({ ...poolQuery(useEngine()), refetchInterval: LOOK_MS });
  return (
    <Panel title="Workers">
      {error && <ErrorMessage error={error} />}
      {data && (data.address === null ? <NoPool /> : <Pool pool={data} address={data.address} />)}
    </Panel>
  );
}

function NoPool() {
  return (
    <p className={classes.backendText}>
      Other machines can train the runs of this workspace: <code>hindcast pool init postgres://…</code> makes
      a pool on a PostgreSQL server, <code>hindcast pool invite</code> a file for each machine.
    </p>
  );
}

function Pool({ pool, address }: { readonly pool: PoolStatus; readonly address: string }) {
  const { workers, waiting, problem, unreadBytes } = pool;
  return (
    <>
      <p className={classes.backendText}>
        Pool {address}. {waiting.length === 0 ? 'No run waits' : `${plural(waiting.length, 'run')} waiting`}{' '}
        for a worker
        {unreadBytes > 0 && `; ${formatBytes(unreadBytes)} of mail are unread`}.
      </p>
      {problem !== null && (
        <p className={classes.backendText} role="status">
          {problem}
        </p>
      )}
      {problem === null && workers.length === 0 && (
        <p className={classes.backendText}>
          No worker has joined: <code>hindcast worker --join n1.join</code> starts one.
        </p>
      )}
      {workers.length > 0 && (
        <TableScroll label="Workers">
          <Table aria-label="Workers">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Worker</Table.Th>
                <Table.Th>Does</Table.Th>
                <Table.Th>Threads</Table.Th>
                <Table.Th>Memory</Table.Th>
                <Table.Th>Kernels</Table.Th>
                <Table.Th>Heard</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {workers.map((worker) => (
                <Table.Tr key={`${worker.login} ${worker.label} ${worker.threads}`}>
                  <Table.Td title={`${worker.platform}, Hindcast ${worker.version}, ${worker.login}`}>
                    {worker.label}
                  </Table.Td>
                  <Table.Td>
                    <Doing worker={worker} />
                  </Table.Td>
                  <Table.Td>
                    {worker.threads} of {worker.cores}
                  </Table.Td>
                  <Table.Td>{formatBytes(worker.memoryBytes)}</Table.Td>
                  <Table.Td title={worker.kernels}>{worker.sameKernels ? 'same' : 'other'}</Table.Td>
                  <Table.Td>{formatDuration(worker.silentSeconds)} ago</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableScroll>
      )}
    </>
  );
}

function Doing({ worker: { alive, run, elsewhere, sameKernels } }: { readonly worker: PoolWorker }) {
  if (!alive) return <span className="muted">silent</span>;
  if (run !== null) return <a href={hrefOf(['runs', run])}>trains run {run}</a>;
  if (elsewhere) return <>trains for another workspace</>;
  return <>{sameKernels ? 'waits' : 'waits; takes no run of this Hindcast'}</>;
}

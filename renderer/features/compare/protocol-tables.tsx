// Scores, one table for each protocol: scores of different protocols are never ranked together.

import type { Comparison, RunSummary } from '../../../engine/contract/run.ts';
import { BEST_RULE } from '../../../engine/words/scores/best-scores.ts';
import { hrefOf } from '../../app/router.ts';
import { Note } from '../../ui/messages.tsx';
import { Panel, TableScroll } from '../../ui/page.tsx';
import { ScoreHead } from '../../ui/score-head.tsx';
import { ScoreValue } from '../../ui/score-value.tsx';
import classes from './compare.module.css';
import { colorOf } from './run-color.ts';

type Protocol = Comparison['protocols'][number];
type Row = Protocol['rows'][number];

interface ProtocolTablesProps {
  readonly protocols: readonly Protocol[];
  readonly runs: readonly RunSummary[];
}

export function ProtocolTables({ protocols, runs }: ProtocolTablesProps) {
  return (
    <>
      {protocols.length > 1 && (
        <Note>
          These runs were scored by {protocols.length} protocols (other targets, horizon, data or metrics):
          their scores are not ranked against each other.
        </Note>
      )}
      {protocols.map((protocol) => (
        <Panel
          key={protocol.runs.join()}
          title={
            protocol.fingerprint
              ? `Test scores, protocol ${protocol.fingerprint.slice(0, 8)}`
              : 'Not scored yet'
          }
        >
          <ProtocolTable protocol={protocol} runs={runs} />
        </Panel>
      ))}
    </>
  );
}

function ProtocolTable({
  protocol,
  runs,
}: {
  readonly protocol: Protocol;
  readonly runs: readonly RunSummary[];
}) {
  const metrics = [...new Set(protocol.rows.map(({ metric }) => metric))];
  const subjects = [...Map.groupBy(protocol.rows, ({ runId, label }) => `${runId ?? ''} ${label}`)];
  if (subjects.length === 0) {
    const names = runs.filter(({ id }) => protocol.runs.includes(id)).map(({ name }) => name);
    return <span className="muted">{names.join(', ')}: scores are made when a run ends.</span>;
  }
  return (
    <TableScroll label="Scores">
      <table className="plain-table">
        <ScoreHead metrics={metrics} />
        <tbody>
          {subjects.map(([key, rows]) => (
            <tr key={key}>
              <td>
                <Subject row={rows[0] as Row} runs={runs} />
              </td>
              {metrics.map((metric) => {
                const row = rows.find((candidate) => candidate.metric === metric);
                return (
                  <td key={metric} className={`num ${row?.best ? classes.best : ''}`}>
                    <ScoreValue metric={metric} value={row?.value} digits={5} />
                    {row?.best && <span className="visually-hidden"> (best)</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <caption className={classes.caption}>
          Bold: {BEST_RULE}. {protocol.remark}
        </caption>
      </table>
    </TableScroll>
  );
}

function Subject({ row, runs }: { readonly row: Row; readonly runs: readonly RunSummary[] }) {
  if (row.runId === null) return <span className="muted">{row.label}</span>;
  const place = runs.findIndex(({ id }) => id === row.runId);
  return (
    <a href={hrefOf(['runs', row.runId])} className={classes.run}>
      <span className={classes.swatch} style={{ background: `var(${colorOf(place)})` }} />
      {row.runId} {row.label}
    </a>
  );
}

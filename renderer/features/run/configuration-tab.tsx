// The configuration of a run: every setting including defaults, the parts of the data, the backend, and the weights.
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { asComputed } from '../../../engine/defaults/experiment.ts';
import { leftOutSentences, windowsText } from '../../../engine/words/part-windows.ts';
import { capitalized, countedIn } from '../../../engine/words/tasks/counted.ts';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { formatBytes, formatCount, formatDataTime } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import { Facts, Panel, Scroll, TableScroll } from '../../ui/page.tsx';
import { LabelPanel } from './label-panel.tsx';
import classes from './run-page.module.css';

export function ConfigurationTab({ run }: RunTabProps) {
  const text = JSON.stringify(asComputed(run.configuration), null, 2);
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(text);
      notifyDone('The experiment is on the clipboard.');
    });
  return (
    <Scroll label="Configuration">
      <div className={classes.columns}>
        <div className={classes.stack}>
          <LabelPanel runId={run.id} />
          <Panel title="Trained with">
            <Facts rows={factsOf(run)} />
          </Panel>
          <Panel title="Parts of the data">
            <PartsTable run={run} />
          </Panel>
          {run.notes.length > 0 && (
            <Panel title="Good to know">
              <ul style={{ margin: 0, paddingLeft: 18 }}>
                {run.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
        <Panel
          title="Experiment"
          actions={
            <Button variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
              Copy
            </Button>
          }
        >
          <pre className={classes.code}>{text}</pre>
        </Panel>
      </div>
    </Scroll>
  );
}

function factsOf(run: RunDetail) {
  const { backendUsed } = run;
  const kept = run.checkpoints.map(
    ({ kind, epoch, bytes }) => `${kind} (epoch ${epoch}, ${formatBytes(bytes)})`,
  );
  return [
    ['Dataset', `${run.datasetName}, version ${run.datasetVersion}`],
    ['Backend', backendUsed && `${backendUsed.name} ${backendUsed.version}, ${backendUsed.device}`],
    ['Fallback', backendUsed?.fallbackReason],
    ['Parameters', formatCount(run.parameterCount)],
    ['Seed', String(run.seed)],
    ['Attempts', formatCount(run.attempts)],
    ['Weights kept', kept.join(', ')],
    ['On disk', formatBytes(run.bytes)],
    ['Protocol', run.fingerprint && <code className="mono">{run.fingerprint.slice(0, 12)}</code>],
    ['Weights', run.weightsHash && <code className="mono">{run.weightsHash.slice(0, 12)}</code>],
  ] as const;
}

function PartsTable({ run }: RunTabProps) {
  if (run.parts.length === 0) return <span className="muted">Known when the run starts.</span>;
  const leftOut = leftOutSentences(run.parts, run.configuration.task);
  const { examples, rows } = countedIn(run.configuration.task);
  // Samples have no times.
  const isDated = run.parts.some(({ fromUs }) => fromUs !== null);
  return (
    <TableScroll label="Parts of the data">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Part</th>
            {rows !== undefined && (
              <th scope="col" className="num">
                {capitalized(rows)}
              </th>
            )}
            <th scope="col" className="num">
              {capitalized(examples)}
            </th>
            {isDated && <th scope="col">From</th>}
            {isDated && <th scope="col">To</th>}
          </tr>
        </thead>
        <tbody>
          {run.parts.map((part) => (
            <tr key={part.part}>
              <td>{part.part}</td>
              {rows !== undefined && <td className="num">{formatCount(part.rows)}</td>}
              <td className="num">{windowsText(part, run.configuration.task)}</td>
              {isDated && <td className="num">{part.fromUs === null ? '–' : formatDataTime(part.fromUs)}</td>}
              {isDated && <td className="num">{part.toUs === null ? '–' : formatDataTime(part.toUs)}</td>}
            </tr>
          ))}
        </tbody>
        {leftOut.length > 0 && <caption className={classes.caption}>{leftOut.join(' ')}</caption>}
      </table>
    </TableScroll>
  );
}

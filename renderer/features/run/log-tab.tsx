// The log of a run: its events in order.
import { useQuery } from '@tanstack/react-query';
import type { EngineEvent } from '../../../engine/contract/api/events.ts';
import { DAMAGED_EVENT } from '../../../engine/words/damaged-event.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys } from '../../engine/queries.ts';
import type { RunTabProps } from '../../tasks/run-tab.ts';
import { formatCount, formatInstant, formatNumber } from '../../ui/format.ts';
import { Panel, Scroll } from '../../ui/page.tsx';
import classes from './run-page.module.css';

export function LogTab({ run }: RunTabProps) {
  const engine = useEngine();
  const { data: events = [] } = useQuery({
    queryKey: [...keys.run(run.id), 'events'],
    queryFn: () => engine.events.list({ run: run.id, limit: 10_000 }),
  });
  const shown = events.filter(({ body }) => body.type !== 'run.progressed').reverse();
  return (
    <Scroll label="Log">
      <div style={{ padding: '12px 20px 20px' }}>
        <Panel className={classes.wide ?? ''}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">What happened</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((event) => (
                <tr key={event.sequence}>
                  <td className="num" style={{ width: 160, textAlign: 'left' }}>
                    {event.atMs === 0 ? '–' : formatInstant(event.atMs)}
                  </td>
                  <td>{sentenceOf(event)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      </div>
    </Scroll>
  );
}

export function sentenceOf({ body }: EngineEvent): string {
  switch (body.type) {
    case 'run.created':
      return `Created as ${body.name}`;
    case 'run.queued':
      return `Queued at position ${body.position}`;
    case 'run.started':
      return body.fromStep > 0
        ? `Attempt ${body.attempt}: resumed after step ${formatCount(body.fromStep)}`
        : `Attempt ${body.attempt}: started`;
    case 'run.prepared':
      return `Data prepared: ${formatCount(body.parameterCount)} parameters, ${formatCount(body.totalSteps)} steps on ${body.backend}`;
    case 'run.epochEnded':
      return `Epoch ${body.epoch}: training loss ${formatNumber(body.trainLoss)}, validation loss ${formatNumber(body.validationLoss)}${body.best ? ', the best so far' : ''}`;
    case 'run.checkpointed':
      return `Checkpoint after step ${formatCount(body.step)}`;
    case 'run.stopRequested':
      return 'Asked to stop';
    case 'run.paused':
      return `Paused: ${body.reason}`;
    case 'run.unpaused':
      return 'Resumed';
    case 'run.ended':
      return body.reason ? `Ended, ${body.state}: ${body.reason}` : `Ended, ${body.state}`;
    case 'run.renamed':
      return `Renamed to ${body.name}`;
    case 'run.labelled':
      return 'Tags or note changed';
    case 'event.damaged':
      return DAMAGED_EVENT;
    default:
      // No event of a run is left; one that is new here is named all the same.
      return body.type.replace('.', ' ');
  }
}

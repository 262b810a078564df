// One line for each event of a run's log.
import type { EventBody } from '../../../contract/api/events.ts';
import { DAMAGED_EVENT } from '../../../words/damaged-event.ts';
import { formatCount, formatScore } from '../text/format.ts';

export function eventText(body: EventBody): string {
  switch (body.type) {
    case 'dataset.imported':
      return `dataset "${body.name}" version ${body.version} imported`;
    case 'dataset.renamed':
      return `dataset ${body.datasetId} renamed "${body.name}"`;
    case 'dataset.deleted':
      return `dataset ${body.datasetId} deleted`;
    case 'run.created':
      return `created as "${body.name}"`;
    case 'run.queued':
      return `queued at position ${body.position}`;
    case 'run.started':
      return body.fromStep > 0
        ? `started, attempt ${body.attempt}, from step ${formatCount(body.fromStep)}`
        : `started, attempt ${body.attempt}`;
    case 'run.prepared':
      return `prepared: ${formatCount(body.parameterCount)} parameters, at most ${formatCount(body.totalSteps)} steps, backend ${body.backend}`;
    case 'run.progressed':
      return `step ${formatCount(body.step)}, epoch ${body.epoch}: loss ${formatScore(body.trainLoss)}`;
    case 'run.epochEnded':
      return `epoch ${body.epoch} ended at step ${formatCount(body.step)}: loss ${formatScore(body.trainLoss)}, validation ${formatScore(body.validationLoss)}${body.best ? ', best so far' : ''}`;
    case 'run.checkpointed':
      return `checkpoint at step ${formatCount(body.step)}`;
    case 'run.stopRequested':
      return 'asked to stop';
    case 'run.paused':
      return `paused: ${body.reason}`;
    case 'run.unpaused':
      return 'resumes';
    case 'run.ended':
      return body.reason === null ? body.state : `${body.state}: ${body.reason}`;
    case 'run.renamed':
      return `renamed "${body.name}"`;
    case 'run.labelled':
      return 'tags or note changed';
    case 'run.deleted':
      return 'deleted';
    case 'study.created':
      return `study s${body.studyId} created as "${body.name}"`;
    case 'study.changed':
      return `study s${body.studyId} "${body.name}" changed`;
    case 'study.deleted':
      return `study s${body.studyId} deleted`;
    case 'event.damaged':
      return DAMAGED_EVENT;
    case 'queue.changed':
      return `queue: ${body.queued.join(', ') || 'empty'}, limit ${body.limit}`;
    default:
      // Events that have no particulars to tell.
      return (body as EventBody).type.replace(/^run\./, '');
  }
}

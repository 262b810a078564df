// The panel beside the form: problems, estimated cost, and the button that starts the training.
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ExperimentCheck } from '../../../engine/contract/datasets/views.ts';
import { windowsText } from '../../../engine/words/part-windows.ts';
import { countedIn } from '../../../engine/words/tasks/counted.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { Facts } from '../../ui/page.tsx';
import classes from './design.module.css';
import { useDraft } from './draft-context.tsx';
import { goToField } from './folds.ts';
import { formField, formWords } from './form-words.ts';
import { StartBox } from './start-box.tsx';

interface CheckPanelProps {
  readonly error: unknown;
  readonly pending: boolean;
  /** Beside the form fields go by its labels, beside the JSON by their paths. */
  readonly view: 'form' | 'json';
}

export function CheckPanel({ error, pending, view }: CheckPanelProps) {
  const { check, fault } = useDraft();
  const ready = check?.usable === true && !pending && fault === null;
  return (
    <aside className={classes.side} aria-label="Check and start">
      <Status check={check} pending={pending} fault={fault} failed={error != null} />
      {error != null && <ErrorMessage error={error} />}
      {fault === null && check && check.issues.length > 0 && <Issues issues={check.issues} view={view} />}
      {fault === null && check?.estimate && <Estimate check={check} estimate={check.estimate} />}
      {check?.estimate?.notes.map((note) => (
        <Note key={note}>{view === 'form' ? formWords(note) : note}</Note>
      ))}
      {check?.estimate?.facts?.map((fact) => (
        <Note key={fact} calm>
          {fact}
        </Note>
      ))}
      <StartBox ready={ready} />
    </aside>
  );
}

interface StatusProps extends Pick<CheckPanelProps, 'pending'> {
  /** The check itself: whether it can be trained is not known. */
  readonly failed: boolean;
  readonly check: ExperimentCheck | undefined;
  readonly fault: string | null;
}

function Status({ check, pending, fault, failed }: StatusProps) {
  if (fault !== null || failed) {
    return (
      <div className={classes.status} role="status">
        <IconAlertTriangle size={17} color="var(--hc-bad)" aria-hidden />{' '}
        {fault === null ? 'The check failed' : 'The JSON cannot be read'}
      </div>
    );
  }
  if (!check) return <div className={classes.status}>Checking …</div>;
  const count = check.issues.length;
  return (
    <div className={classes.status} role="status" style={{ opacity: pending ? 0.6 : 1 }}>
      {check.usable ? (
        <>
          <IconCheck size={17} color="var(--hc-good)" aria-hidden /> Ready to train
        </>
      ) : (
        <>
          <IconAlertTriangle size={17} color="var(--hc-bad)" aria-hidden />
          {count === 1 ? '1 problem to fix' : `${count} problems to fix`}
        </>
      )}
    </div>
  );
}

interface IssuesProps extends Pick<CheckPanelProps, 'view'> {
  readonly issues: ExperimentCheck['issues'];
}

function Issues({ issues, view }: IssuesProps) {
  return (
    <ul className={classes.issues}>
      {issues.map(({ field, message }) => (
        <li key={`${field} ${message}`}>
          {field !== '' && !message.startsWith(field) && <FieldName field={field} view={view} />}
          {view === 'form' ? formWords(message) : message}
          {view === 'form' && field !== '' && (
            <button type="button" className={classes.goTo} onClick={() => goToField(field)}>
              Show the field
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function FieldName({ field, view }: { readonly field: string } & Pick<CheckPanelProps, 'view'>) {
  const label = view === 'form' ? formField(field) : undefined;
  return label === undefined ? <code>{field}</code> : <strong>{label}</strong>;
}

interface EstimateProps {
  readonly check: ExperimentCheck;
  readonly estimate: NonNullable<ExperimentCheck['estimate']>;
}

function Estimate({ check, estimate }: EstimateProps) {
  const epochs = check.experiment?.training.epochs ?? 0;
  const train = estimate.parts.find(({ part }) => part === 'train');
  return (
    <Facts
      rows={[
        ['Parameters', <Figure key="p" text={formatCount(estimate.parameterCount)} />],
        inputsRow(estimate.inputs),
        [
          `Training ${countedIn(check.experiment?.task).examples}`,
          <Figure key="w" text={train ? windowsText(train, check.experiment?.task) : '–'} />,
        ],
        ['Steps an epoch', <Figure key="s" text={formatCount(estimate.stepsPerEpoch)} />],
        ['Memory', <Figure key="m" text={`about ${formatBytes(estimate.memoryBytes)}`} />],
        ['One epoch', <Figure key="e" text={roughly(estimate.seconds)} />],
        ['At most', <Figure key="a" text={roughly(estimate.seconds * epochs)} />],
        [
          'Estimate based on',
          <span key="j" className="num" style={{ display: 'block' }}>
            {estimate.judgedBy > 0 ? plural(estimate.judgedBy, 'run') : 'a typical machine'}
          </span>,
        ],
      ]}
    />
  );
}

/** One column has a name, more are counted. */
function inputsRow(inputs: readonly string[]): [string, ReactNode] {
  const [only] = inputs;
  return only !== undefined && inputs.length === 1
    ? ['Input', <Figure key="i" text={only} />]
    : ['Inputs', <Figure key="i" text={formatCount(inputs.length)} />];
}

function Figure({ text }: { readonly text: string }) {
  return (
    <span className="num" style={{ display: 'block' }}>
      {text}
    </span>
  );
}

const roughly = (seconds: number): string =>
  seconds < 0.05 ? 'less than 0.1 s' : `about ${formatDuration(seconds)}`;

// The export dialog: choose a format and a destination; afterwards it lists the written files and the check of an exported model.
import { Button, Group, Modal, Radio, Switch } from '@mantine/core';
import { IconCheck, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import type { Verification } from '../../../engine/contract/results/new-data.ts';
import type { ExportFormat } from '../../../engine/contract/runs/export.ts';
import { formatBytes, formatCount, formatPower } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { Working } from '../../ui/working.tsx';
import classes from './export.module.css';
import { closeExport, type ExportDraft, useExportDraft } from './export-state.ts';
import { FORMATS, formatText } from './formats.ts';
import type { Made } from './make-export.ts';
import { type Export, isFor, useExport } from './use-export.ts';

export function ExportDialog() {
  const draft = useExportDraft();
  return (
    <Modal
      opened={draft !== null}
      onClose={closeExport}
      title={draft ? `Export run ${draft.run.id}, ${draft.run.name}` : 'Export'}
      size={560}
    >
      {draft && <ExportForm key={draft.run.id} draft={draft} />}
    </Modal>
  );
}

function ExportForm({ draft }: { readonly draft: ExportDraft }) {
  const [format, setFormat] = useState(draft.format);
  const [guardFormulas, setGuardFormulas] = useState(true);
  const [inside, setInside] = useState(false);
  const job = useExport(draft.run);
  const { working, made, saved, error } = job;
  const choice = { format, guardFormulas, inside };
  const isMade = isFor(made, choice);
  const isSaved = isMade && saved !== null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void job.start(choice);
      }}
    >
      <Radio.Group
        aria-label="Format"
        value={format}
        onChange={(next) => setFormat(next as ExportFormat)}
        readOnly={working}
      >
        <div className={classes.formats}>
          {FORMATS.map((one) => (
            <Radio.Card
              key={one.format}
              value={one.format}
              className={classes.format ?? ''}
              aria-label={one.title}
              disabled={working}
              data-autofocus={one.format === draft.format || undefined}
            >
              <Radio.Indicator size="xs" className={classes.indicator ?? ''} />
              <span className={classes.formatTitle}>{one.title}</span>
              <span className={classes.formatText}>{one.text}</span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {formatText(format).hasFormulas && (
        <Switch
          label="Guard against formulas"
          description="A name that begins with =, +, - or @ gets an apostrophe before it, so that no spreadsheet runs it as a formula. Switch it off for programs that need the names as they are."
          checked={guardFormulas}
          disabled={working}
          onChange={(event) => setGuardFormulas(event.currentTarget.checked)}
        />
      )}
      {formatText(format).hasViews && (
        <Switch
          label="Views into its model"
          description="States, gates, gradients, attention and attribution of the first test window, or of the first test sample, as far as the model has them. Views that were put into the report from the tab Inside are there anyway."
          checked={inside}
          disabled={working}
          onChange={(event) => setInside(event.currentTarget.checked)}
        />
      )}
      {error != null && <ErrorMessage error={error} />}
      {working && <Working what={formatText(format).doing} onCancel={job.cancel} />}
      {isMade && <Outcome made={made} job={job} />}
      {!working && (
        <Group justify="flex-end" gap="xs">
          {isSaved ? (
            <>
              <Button type="submit" variant="default">
                Save again
              </Button>
              <Button onClick={closeExport}>Done</Button>
            </>
          ) : (
            <>
              <Button variant="default" onClick={closeExport}>
                Cancel
              </Button>
              <Button type="submit">{isMade ? 'Save' : 'Export'}</Button>
            </>
          )}
        </Group>
      )}
    </form>
  );
}

function Outcome({ made, job: { saved, error } }: { readonly made: Made; readonly job: Export }) {
  const bytes = made.files.reduce((sum, { content }) => sum + content.size, 0);
  return (
    <div className={classes.outcome} role="status">
      {made.verified && <Verified verified={made.verified} />}
      {saved && (
        <>
          <div className={classes.line}>
            <IconCheck size={16} color="var(--hc-good)" aria-hidden />
            <span className={classes.destination}>
              Saved: <b>{saved.destination}</b>
            </span>
            {saved.reveal && (
              <Button
                variant="subtle"
                size="compact-xs"
                leftSection={<IconFolder size={14} aria-hidden />}
                onClick={saved.reveal}
              >
                Show
              </Button>
            )}
          </div>
          <ul className={classes.files} aria-label="Files written">
            {made.files.map(({ name, content }) => (
              <li key={name}>
                <span>{name}</span> <span className="num muted">{formatBytes(content.size)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {!saved && error == null && <Note>Made ({formatBytes(bytes)}), but not saved yet.</Note>}
    </div>
  );
}

function Verified({ verified }: { readonly verified: Verification }) {
  const isOfClasses = verified.measured === 'probabilities';
  return (
    <div className={classes.line}>
      <IconCheck size={16} color="var(--hc-good)" aria-hidden />
      <span>
        Checked on <b>{formatCount(verified.windows)}</b> {isOfClasses ? 'samples' : 'windows'} with stock
        TensorFlow.js: it differs from this run by at most{' '}
        <b className="num">{formatPower(verified.largestDifference)}</b>
        {isOfClasses ? ' in a probability' : ' standard deviations'} (allowed:{' '}
        <span className="num">{formatPower(verified.tolerance)}</span>).
      </span>
    </div>
  );
}

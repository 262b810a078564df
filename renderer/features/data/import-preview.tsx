// The preview of an import with its options, then the import itself.
import { Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DatasetSummary, ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import type { ImportPreview } from '../../../engine/contract/datasets/views.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { columnWarnings } from '../../../engine/words/column-changes.ts';
import { withRemedies } from '../../../engine/words/findings.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery } from '../../engine/queries.ts';
import { BusyButton } from '../../ui/busy-button.tsx';
import { plural } from '../../ui/format.ts';
import { attempt, ErrorMessage, Note } from '../../ui/messages.tsx';
import classes from './data.module.css';
import { DerivedColumns } from './derived-columns.tsx';
import { FirstLines } from './first-lines.tsx';
import { ImportFindings } from './import-findings.tsx';
import { ImportReading } from './import-reading.tsx';
import { addFile, closeImport, nameOf, optionsOf, type Subject, sourceOf, TABLES } from './import-state.ts';
import { Importing } from './importing.tsx';
import { LeftOut } from './left-out.tsx';
import { ReadingProgress } from './reading-progress.tsx';
import { RecipeText } from './recipe-text.tsx';
import { SampleReading } from './samples/sample-reading.tsx';
import { useImport } from './use-import.ts';

export function ImportPreviewForm({ subject }: { readonly subject: Subject }) {
  const engine = useEngine();
  const [options, setOptions] = useState<ImportOptions>(() => optionsOf(subject));
  const [name, setName] = useState(() => nameOf(subject));
  const [wanted, setWanted] = useState(false);
  const [remedies, setRemedies] = useState<ReadonlySet<number>>(new Set());
  const { progress, error: failure, start, cancel } = useImport(subject);
  const begin = (wantedName: string, wantedOptions: ImportOptions) =>
    void start((client, signal) =>
      client.datasets.import(
        { source: sourceOf(subject), name: wantedName, options: wantedOptions },
        { signal },
      ),
    );
  // Of both, since they are one where no remedy is chosen.
  const [watch] = useState(() => crypto.randomUUID());
  const asRead = usePreview({ subject, options, watch });
  const preview = asRead.data;
  const findings = preview?.report.findings ?? [];
  const chosen = withRemedies(
    options,
    findings.filter((_, index) => remedies.has(index)),
  );
  const asRemedied = usePreview({ subject, options: chosen, watch, isWanted: remedies.size > 0 });
  const shown = remedies.size > 0 ? (asRemedied.data ?? preview) : preview;
  const error = asRead.error ?? (remedies.size > 0 ? asRemedied.error : null);
  const isFetching = asRead.isFetching || asRemedied.isFetching;
  // Read in another way, the file has other findings.
  const change = (next: ImportOptions) => {
    setRemedies(new Set());
    setOptions(next);
  };
  const { data: datasets } = useQuery(datasetsQuery(engine));
  const before = datasets?.find((dataset) => dataset.name === name.trim());
  const columns = useRef<readonly string[]>([]);
  const lines = useRef<readonly string[]>([]);
  // Columns that hold the times together are known by themselves too.
  const times = preview?.recipe.timeColumn.split(' + ') ?? [];
  const ofSamples = preview?.samples?.chosenFrom ?? [];
  const found = error
    ? namesIn(error, 'columns')
    : [...ofSamples, ...(preview?.head.columns ?? []), ...times];
  const isOfSamples = readsSamples(options, error, preview);
  // What fields there are follows from what the file is.
  const isKnown = preview !== undefined || error !== null || options.as !== undefined;
  const mayBeText = options.as === 'text' || options.as === 'lines' || isTextFile(subject);
  const firstLines = error ? namesIn(error, 'lines') : (preview?.lines ?? []);
  if (firstLines.length > 0) lines.current = firstLines;
  if (found.length > 0) columns.current = [...new Set([...found, ...columns.current])];
  // Asked for while the file is read: once it was read without a fault.
  useEffect(() => {
    if (!wanted || isFetching) return;
    setWanted(false);
    if (!error) begin(name.trim(), chosen);
  });
  const nameField = useRef<HTMLInputElement>(null);
  // The dialog was open before: what it focused then has gone, or is its button to close.
  useEffect(() => nameField.current?.focus(), []);
  if (progress) return <Importing progress={progress} onCancel={cancel} />;
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFetching) setWanted(true);
        else begin(name.trim(), chosen);
      }}
    >
      <TextInput
        ref={nameField}
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      {isKnown && isOfSamples && (
        <SampleReading
          options={options}
          onChange={change}
          info={error ? undefined : preview?.samples}
          columns={columns.current}
          mayBeText={mayBeText}
        />
      )}
      {isKnown && !isOfSamples && (
        <ImportReading
          options={options}
          onChange={change}
          columns={columns.current}
          recipe={error ? undefined : preview?.recipe}
          mayBeText={mayBeText}
        />
      )}
      {isKnown && !isOfSamples && (
        <DerivedColumns
          clean={options.clean ?? {}}
          onChange={(clean) => change({ ...options, clean })}
          columns={numericColumns(preview)}
        />
      )}
      {isKnown && !isOfSamples && (
        <FirstLines
          lines={lines.current}
          options={options}
          onChange={change}
          isNeeded={error !== null && lines.current.length > 0}
        />
      )}
      <RecipeText options={options} onChange={change} />
      <LeftOut options={options} onChange={change} />
      {error && <ErrorMessage error={error} />}
      {failure !== null && <ErrorMessage error={failure} />}
      {isFetching && !error && <ReadingProgress watch={watch} isFirst={!preview} />}
      {preview && !error && before && <NewVersion before={before} preview={preview} />}
      {shown && !asRead.error && (
        <ImportFindings
          preview={shown}
          findings={findings}
          options={options}
          onChange={change}
          stale={isFetching}
          remedies={remedies}
          onRemedy={(index, isChosen) => {
            const next = new Set(remedies);
            if (isChosen) next.add(index);
            else next.delete(index);
            setRemedies(next);
          }}
          onMissing={(value) => change({ ...options, missing: [...(options.missing ?? []), value] })}
        />
      )}
      <Group justify="flex-end" gap="xs" className={classes.actions}>
        {(subject.kind === 'again' || (subject.kind === 'file' && !isOfSamples)) && (
          <AddFile subject={subject} />
        )}
        <Button variant="default" onClick={closeImport}>
          Cancel
        </Button>
        <BusyButton type="submit" disabled={!preview || error !== null || name.trim() === ''} isBusy={wanted}>
          {shown ? `Import ${plural(shown.report.rowsKept, shown.samples ? 'sample' : 'row')}` : 'Import'}
        </BusyButton>
      </Group>
    </form>
  );
}

/** Asks for another file of the same table, or of the same form where a dataset is read again. */
function AddFile({ subject }: { readonly subject: Subject }) {
  const shell = useShell();
  const text = subject.kind === 'again' ? 'Read another file' : 'Add a file of this table';
  const add = () =>
    attempt(async () => {
      const file = await shell.pickFile({ title: text, filters: TABLES });
      if (file) addFile(subject, file);
    });
  return (
    <Button variant="subtle" onClick={add}>
      {text}
    </Button>
  );
}

interface NewVersionProps {
  readonly before: DatasetSummary;
  readonly preview: ImportPreview;
}

/** The name is taken: says what this import becomes, and which columns of the existing version it lacks. */
function NewVersion({ before, preview }: NewVersionProps) {
  const { name, version, columns } = before;
  return (
    <div className={classes.stack}>
      <span className="muted">
        {name} is here already: unless nothing has changed, this becomes its version {version + 1}.
      </span>
      {columnWarnings(columns, (preview.samples ?? preview.seriesInfo[0])?.columns ?? []).map((warning) => (
        <Note key={warning}>{warning}</Note>
      ))}
    </div>
  );
}

/** Such a file may be taken for a table, and be none. */
const isTextFile = (subject: Subject): boolean =>
  subject.kind === 'file' && !subject.more?.length && /\.(txt|text|md|log)$/i.test(subject.file.name);

const numericColumns = (preview: ImportPreview | undefined): readonly string[] =>
  (preview?.seriesInfo[0]?.columns ?? []).filter(({ kind }) => kind === 'numeric').map(({ name }) => name);

/** As the user said, else as the file was read, also where that failed. */
function readsSamples({ as }: ImportOptions, error: unknown, preview: ImportPreview | undefined): boolean {
  if (as !== undefined) return as !== 'series';
  if (error) return HindcastError.wrap(error, 'The file could not be read').details?.readAs === 'samples';
  return preview?.samples !== undefined;
}

/** The header, or the first lines, of a file that could not be read further. */
function namesIn(error: unknown, field: 'columns' | 'lines'): readonly string[] {
  const found = HindcastError.wrap(error, 'The file could not be read').details?.[field];
  return Array.isArray(found) ? found.map(String) : [];
}

interface Previewed {
  readonly subject: Subject;
  readonly options: ImportOptions;
  /** A name under which its progress is asked for. */
  readonly watch: string;
  readonly isWanted?: boolean;
}

function usePreview({ subject, options, watch, isWanted = true }: Previewed) {
  const engine = useEngine();
  const source = sourceOf(subject);
  return useQuery({
    queryKey: ['preview', source, options],
    queryFn: ({ signal }) => engine.datasets.preview({ source, options, watch }, { signal }),
    enabled: isWanted,
    placeholderData: (before) => before,
    retry: false,
    // The file may have been changed since it was last looked at.
    staleTime: 0,
    gcTime: 0,
  });
}

// The New data tab: what this run says of the samples of a file or an archive, to be saved as a table.
import { Button, Group } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useDropTarget } from '../../app/drop-target.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { TABLES } from '../../features/data/import-state.ts';
import type { EngineFile, TransferOptions } from '../../shell/shell.ts';
import { fileName, plural } from '../../ui/format.ts';
import { attempt, ErrorMessage, Note, notifyDone } from '../../ui/messages.tsx';
import { EmptyState, Panel, Scroll } from '../../ui/page.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { RunTabProps } from '../run-tab.ts';
import { answerTable, recordsOf } from './answer-records.ts';

const RECORDS_SHOWN = 12;
/** In which these lie. */
const HEAD_CHARACTERS = 200_000;

interface Answered {
  readonly file: string;
  readonly csv: Blob;
  readonly rows: number;
  readonly notes: readonly string[];
  /** Its first records, the header among them. */
  readonly head: readonly (readonly string[])[];
}

type GetFile = (options: TransferOptions) => Promise<EngineFile | null>;

export function NewSamplesTab({ run }: RunTabProps) {
  const shell = useShell();
  const { answered, error, isWorking, answer } = useAnswers(run.id);
  const choose = () =>
    void answer((options) =>
      shell.pickFile({ title: 'Samples to be answered', filters: TABLES, ...options }),
    );
  useDropTarget('Drop the file to have its samples answered', (file) => {
    void answer((options) => shell.fileFromDrop(file, options));
  });
  if (run.bestEpoch === null)
    return (
      <EmptyState title="Nothing to answer with yet">
        The weights of the first epoch can, as soon as that has ended.
      </EmptyState>
    );
  return (
    <Scroll label="New data">
      <div style={{ display: 'grid', gap: 12, padding: '12px 20px 24px' }}>
        <Panel title="New samples">
          <Group justify="space-between">
            <span>
              Drop a file here, or choose one: of the form that {run.datasetName} was imported from; labels
              may be missing. Folders go into a ZIP archive.
            </span>
            <Button
              leftSection={<IconFileUpload size={15} aria-hidden />}
              onClick={choose}
              disabled={isWorking}
            >
              {answered ? 'Choose another file' : 'Choose a file'}
            </Button>
          </Group>
          {isWorking && <p role="status">Answering …</p>}
          {error !== null && <ErrorMessage error={error} />}
        </Panel>
        {answered && <Answers answered={answered} name={`${fileName(run.name)}-answers.csv`} />}
      </div>
    </Scroll>
  );
}

function Answers({ answered, name }: { readonly answered: Answered; readonly name: string }) {
  const shell = useShell();
  const { file, csv, rows, notes, head } = answered;
  const save = () =>
    attempt(async () => {
      const saved = await shell.saveFiles(name, [{ name, content: csv }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
  return (
    <Panel title={`Answers to ${plural(rows, 'sample')} of ${file}`}>
      {notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      <PlainTable label="First answers" {...answerTable(head)} />
      {rows >= RECORDS_SHOWN && <p className="muted">The first {RECORDS_SHOWN - 1} answers.</p>}
      <Button variant="default" mt={10} onClick={save}>
        Save all answers as CSV
      </Button>
    </Panel>
  );
}

/** The last file that was asked for counts. */
function useAnswers(run: number) {
  const engine = useEngine();
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);
  const asked = useRef(0);
  async function answer(getFile: GetFile): Promise<void> {
    asked.current += 1;
    const number = asked.current;
    setError(null);
    try {
      const file = await getFile({});
      if (!file) return;
      setWorking(true);
      try {
        const found = await engine.classify.predict({ run, input: { kind: 'file', path: file.path } });
        const head = recordsOf(await found.csv.slice(0, HEAD_CHARACTERS).text(), RECORDS_SHOWN);
        if (number === asked.current) setAnswered({ ...found, file: file.name, head });
      } finally {
        file.release();
      }
    } catch (cause) {
      if (number !== asked.current) return;
      setAnswered(null);
      setError(cause);
    } finally {
      if (number === asked.current) setWorking(false);
    }
  }
  return { answered, error, isWorking, answer };
}

// What was measured, beside what was guessed, with its figures and the files of it.
import { Button } from '@mantine/core';
import type { LabResult } from '../../../engine/contract/labs.ts';
import { figuresCsv } from '../../../engine/words/labs/figure-tables.ts';
import type { LabWords } from '../../../engine/words/labs/lab-words.ts';
import { guessText } from '../../../engine/words/labs/registry.ts';
import { useShell } from '../../app/shell-context.tsx';
import type { FileToSave } from '../../shell/shell.ts';
import { formatDuration } from '../../ui/format.ts';
import { notifyDone, notifyError } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import { unbroken } from '../../ui/unbroken.ts';
import { LabFigures } from './lab-figures.tsx';
import classes from './learn.module.css';

interface LabResultViewProps {
  readonly result: LabResult;
  readonly other: LabResult | null;
  readonly words: LabWords;
}

export function LabResultView({ result, other, words }: LabResultViewProps) {
  const { outcome } = result;
  return (
    <>
      <Panel title={`What was measured${other ? ` (result ${result.id}, beside result ${other.id})` : ''}`}>
        <p className={classes.verdict}>
          <b>{verdictOn(result)}</b> {unbroken(outcome.sentence)}
        </p>
        {[...outcome.remarks, ...words.explanation].map((text) => (
          <p key={text} className={classes.text}>
            {unbroken(text)}
          </p>
        ))}
        <p className="muted">
          {result.data === null ? "The lab's own data" : result.data}
          {result.quick && ', quick'}, {formatDuration(result.seconds)} on {result.machine}.
        </p>
        <SaveButtons result={result} />
      </Panel>
      <LabFigures result={result} other={other} />
    </>
  );
}

function verdictOn({ lab, guess, answer }: LabResult): string {
  const measured = guessText(lab, answer) ?? answer;
  const guessed = guessText(lab, guess);
  if (guessed === null) return `${measured}.`;
  return guess === answer
    ? `Your guess was right: ${measured}.`
    : `You guessed: ${guessed}. Measured: ${measured}.`;
}

function SaveButtons({ result }: { readonly result: LabResult }) {
  const shell = useShell();
  async function save(file: FileToSave): Promise<void> {
    try {
      const saved = await shell.saveFiles(file.name, [file]);
      if (saved) notifyDone(`Saved ${saved.destination}.`);
    } catch (error) {
      notifyError(error);
    }
  }
  const name = `lab ${result.lab} ${result.id}`;
  const csv = () => save({ name: `${name}.csv`, content: new Blob([figuresCsv(result.outcome)]) });
  const json = () =>
    save({ name: `${name}.json`, content: new Blob([`${JSON.stringify(result, null, 2)}\n`]) });
  return (
    <div className={classes.actions}>
      <Button variant="default" size="xs" onClick={csv}>
        Save as CSV
      </Button>
      <Button variant="default" size="xs" onClick={json}>
        Save as JSON
      </Button>
    </div>
  );
}

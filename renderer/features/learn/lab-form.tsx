// The question with its guesses, whose data are used, and the start.
import { Button, Checkbox, Radio, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LabChoice } from '../../../engine/contract/labs.ts';
import type { LabWords } from '../../../engine/words/labs/lab-words.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery } from '../../engine/queries.ts';
import classes from './learn.module.css';

interface LabFormProps {
  readonly words: LabWords;
  /** Another lab is running. */
  readonly isBusy: boolean;
  readonly onStart: (choice: LabChoice) => void;
}

export function LabForm({ words, isBusy, onStart }: LabFormProps) {
  const { data: datasets = [] } = useQuery(datasetsQuery(useEngine()));
  const [guess, setGuess] = useState<string | null>(null);
  const [dataset, setDataset] = useState<string | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const [quick, setQuick] = useState(false);
  const chosen = datasets.find(({ id }) => String(id) === dataset);
  const columns = chosen?.columns.filter(({ kind }) => kind === 'numeric').map(({ name }) => name) ?? [];
  const column = target ?? columns[0] ?? null;
  const data = chosen && column !== null ? { dataset: chosen.id, target: column } : null;
  return (
    <>
      <Radio.Group
        label={words.question}
        labelProps={{ className: classes.question }}
        value={guess}
        onChange={setGuess}
      >
        <div className={classes.guesses}>
          {words.guesses.map(({ id, text }) => (
            <Radio key={id} value={id} label={text} />
          ))}
        </div>
      </Radio.Group>
      <div className={classes.start}>
        <Select
          label="Data"
          placeholder="The lab's own"
          data={datasets.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={dataset}
          onChange={(next) => {
            setDataset(next);
            setTarget(null);
          }}
          clearable
          w={220}
        />
        {chosen && (
          <Select
            label="Column"
            data={columns}
            value={column}
            onChange={setTarget}
            allowDeselect={false}
            searchable
            w={200}
          />
        )}
        <Checkbox
          label="Quick: fewer steps"
          checked={quick}
          onChange={(event) => setQuick(event.currentTarget.checked)}
          mb={8}
        />
        <Button disabled={isBusy} onClick={() => onStart({ lab: words.name, guess, quick, data })}>
          {guess === null ? 'Measure without a guess' : 'Measure'}
        </Button>
      </div>
      {chosen && <p className="muted">{words.own}</p>}
      {isBusy && <p className="muted">Another lab is running; it shares the cores, so wait for its end.</p>}
    </>
  );
}

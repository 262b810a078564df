// Makes samples of the microphone: classes are named, recorded, listened to, and go to the preview of the import.
import { Button, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { plural } from '../../../ui/format.ts';
import { ErrorMessage } from '../../../ui/messages.tsx';
import { ProgressBar } from '../../../ui/run-state.tsx';
import classes from '../data.module.css';
import { closeImport } from '../import-state.ts';
import { ClassRow } from './class-row.tsx';
import { addClass, clearRecordings, problemOf, useRecordings } from './recorded.ts';
import { usePacking } from './use-packing.ts';

export function RecorderDialog() {
  const recordings = useRecordings();
  const [group, setGroup] = useState('');
  /** The class that is being recorded. */
  const [active, setActive] = useState<number | null>(null);
  const { packed, error, start } = usePacking();
  const { base, takes } = recordings;
  if (packed !== null) return <Packing packed={packed} of={base?.rows ?? 0} />;
  const problem = problemOf(recordings);
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) void start(recordings);
      }}
    >
      <span>
        {base
          ? `They are added to the ${plural(base.rows, 'recording')} of ${base.name}, as a new version.`
          : 'Name the classes and record some samples of each, ten or more. The microphone is asked for at the first recording.'}
      </span>
      <ul className={classes.recorded} aria-label="Classes">
        {recordings.classes.map((one, index) => (
          <ClassRow
            key={one.id}
            of={one}
            number={index + 1}
            takes={takes.filter(({ of }) => of === one.id)}
            group={group}
            isBlocked={active !== null && active !== one.id}
            onActive={(isActive) => setActive(isActive ? one.id : null)}
          />
        ))}
      </ul>
      <Button
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={addClass}
        style={{ justifySelf: 'start' }}
      >
        Add a class
      </Button>
      <TextInput
        label="Speaker of the next recordings (optional)"
        description="Recordings of one speaker lie in one part of the split, so that scores are those of a new voice."
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
        maxLength={100}
      />
      {error !== null && <ErrorMessage error={error} />}
      <span className="muted" role="status">
        {problem ?? ''}
      </span>
      <Group justify="flex-end" gap="xs" className={classes.actions}>
        {takes.length > 0 && (
          <Button variant="subtle" onClick={clearRecordings} disabled={active !== null}>
            Delete all
          </Button>
        )}
        <Button variant="default" onClick={closeImport}>
          Cancel
        </Button>
        <Button type="submit" disabled={problem !== null || active !== null}>
          {takes.length === 0 ? 'Continue' : `Continue with ${plural(takes.length, 'recording')}`}
        </Button>
      </Group>
    </form>
  );
}

function Packing({ packed, of }: { readonly packed: number; readonly of: number }) {
  return (
    <div className={classes.stack}>
      <span role="status">
        Reading recordings, {packed} of {of}
      </span>
      <ProgressBar fraction={of === 0 ? 0 : packed / of} label="Progress of reading the recordings" />
    </div>
  );
}

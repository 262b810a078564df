// A date field that goes to the first origin at or after the date.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from '../../features/run/run-page.module.css';

interface JumpToDateProps {
  /** Of the origins that there are, microseconds UTC. */
  readonly firstUs?: number;
  readonly lastUs?: number;
  readonly onJump: (originUs: number) => void;
}

const dayOf = (us: number | undefined): string | undefined =>
  us === undefined ? undefined : new Date(us / 1000).toISOString().slice(0, 10);

export function JumpToDate({ firstUs, lastUs, onJump }: JumpToDateProps) {
  const [day, setDay] = useState('');
  const at = Date.parse(`${day}T00:00:00Z`);
  return (
    <form
      className={classes.control}
      onSubmit={(event) => {
        event.preventDefault();
        if (!Number.isNaN(at)) onJump(at * 1000);
      }}
    >
      <TextInput
        type="date"
        aria-label="Date to jump to"
        min={dayOf(firstUs)}
        max={dayOf(lastUs)}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
        w={140}
      />
      <Button type="submit" variant="default" size="xs" disabled={Number.isNaN(at)}>
        Go to date
      </Button>
    </form>
  );
}

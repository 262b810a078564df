// On which clock times are shown: UTC, that of the file, or that of this computer.
import { Select } from '@mantine/core';

const OWN = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Zones to choose from; a fixed clock such as `+02:00` is one too. */
function zonesOf(fileZone: string): { value: string; label: string }[] {
  const labels = new Map([['UTC', 'UTC']]);
  if (!labels.has(OWN)) labels.set(OWN, `Local (${OWN})`);
  if (fileZone !== 'UTC') labels.set(fileZone, `Of the file (${fileZone})`);
  return [...labels].map(([value, label]) => ({ value, label }));
}

interface Props {
  /** Of the dataset's recipe. */
  readonly fileZone: string;
  readonly value: string;
  readonly onChange: (zone: string) => void;
}

export function ClockSelect({ fileZone, value, onChange }: Props) {
  const zones = zonesOf(fileZone);
  if (zones.length < 2) return null;
  return (
    <Select
      aria-label="Clock"
      data={zones}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      allowDeselect={false}
      size="xs"
      w={190}
    />
  );
}

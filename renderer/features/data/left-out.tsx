// Columns that an import leaves out, each of which can be brought back.
import { Button, Group } from '@mantine/core';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { bringBack } from './pointing.ts';

interface Props {
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
}

export function LeftOut({ options, onChange }: Props) {
  const dropped = options.clean?.drop ?? [];
  if (dropped.length === 0) return null;
  return (
    <Group gap="xs">
      <span className="muted">Left out:</span>
      {dropped.map((column) => (
        <Button
          key={column}
          size="compact-xs"
          variant="light"
          onClick={() => onChange(bringBack(options, column))}
        >
          Bring {column} back
        </Button>
      ))}
    </Group>
  );
}

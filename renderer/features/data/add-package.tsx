// What it costs to add sample data of npm's registry, then its progress. Nothing is downloaded before the last click.
import { Button, Group } from '@mantine/core';
import { formatBytes } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Facts } from '../../ui/page.tsx';
import classes from './data.module.css';
import { Importing } from './importing.tsx';
import type { ChosenPackage } from './package-list.tsx';
import { useImport } from './use-import.ts';

interface AddPackageProps extends ChosenPackage {
  readonly onBack: () => void;
}

export function AddPackage({ data, registry, onBack }: AddPackageProps) {
  const { progress, error, start, cancel } = useImport(null);
  if (progress) return <Importing progress={progress} onCancel={cancel} />;
  const { name, title, text, rows, bytes, packages, licence } = data;
  return (
    <section className={classes.stack} aria-label={`Add ${title}`}>
      <h3 className={classes.heading}>{title}</h3>
      <span>{text}.</span>
      <Facts
        rows={[
          ['Samples', rows],
          ['Download', formatBytes(bytes)],
          ['Package', packages.join(', ')],
          ['Registry', registry],
          ['Licence', licence],
        ]}
      />
      {error !== null && <ErrorMessage error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button
          onClick={() => void start((engine, signal) => engine.sampleData.add({ name }, { signal }))}
          data-autofocus
        >
          Download {formatBytes(bytes)} and import
        </Button>
      </Group>
    </section>
  );
}

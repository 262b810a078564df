// Sample data of npm's registry: what there is, then what one of them costs to add. Nothing is downloaded before the last click.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SampleData } from '../../../engine/contract/datasets/sample-data.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatBytes } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Facts } from '../../ui/page.tsx';
import classes from './data.module.css';
import { Importing } from './importing.tsx';
import { useImport } from './use-import.ts';

export function PackageList() {
  const engine = useEngine();
  const [chosen, setChosen] = useState<SampleData | null>(null);
  const { data } = useQuery({
    queryKey: ['sample-data'],
    queryFn: () => engine.sampleData.list(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return null;
  if (chosen) return <AddPackage data={chosen} registry={data.registry} onBack={() => setChosen(null)} />;
  return (
    <>
      <h3 className={classes.heading}>Or add sample data from the network</h3>
      <ul className={classes.samples}>
        {data.data.map((one) => (
          <li key={one.name}>
            <button type="button" className={classes.sample} onClick={() => setChosen(one)}>
              <span className={classes.sampleTitle}>{one.title}</span>
              <span className={classes.sampleText}>{one.text}</span>
              <span className={classes.sampleRows}>
                {one.rows}, downloads {formatBytes(one.bytes)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface AddPackageProps {
  readonly data: SampleData;
  readonly registry: string;
  readonly onBack: () => void;
}

function AddPackage({ data, registry, onBack }: AddPackageProps) {
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

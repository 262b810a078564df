// Sample data of npm's registry: what there is.
import { useQuery } from '@tanstack/react-query';
import type { SampleData } from '../../../engine/contract/datasets/sample-data.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatBytes } from '../../ui/format.ts';
import classes from './data.module.css';

export interface ChosenPackage {
  readonly data: SampleData;
  readonly registry: string;
}

export function PackageList({ onChoose }: { readonly onChoose: (chosen: ChosenPackage) => void }) {
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['sample-data'],
    queryFn: () => engine.sampleData.list(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return null;
  return (
    <>
      <h3 className={classes.heading}>Or add sample data from the network</h3>
      <ul className={classes.samples}>
        {data.data.map((one) => (
          <li key={one.name}>
            <button
              type="button"
              className={classes.sample}
              onClick={() => onChoose({ data: one, registry: data.registry })}
            >
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

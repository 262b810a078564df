// In place of the list: nothing fits the filter, or there is no run yet.
import { Button } from '@mantine/core';
import { IconChartLine, IconListDetails, IconSearch } from '@tabler/icons-react';
import { hrefOf } from '../../app/router.ts';
import { EmptyState } from '../../ui/page.tsx';

export function NothingFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconSearch size={36} stroke={1.2} aria-hidden />}
      title="No run fits the filter"
      actions={
        <Button variant="default" onClick={onClear}>
          Clear the filter
        </Button>
      }
    >
      Words are looked for in names, data, models, states and tags. The question mark beside the filter lists
      what else it understands.
    </EmptyState>
  );
}

export function NoRuns() {
  return (
    <EmptyState
      icon={<IconListDetails size={36} stroke={1.2} aria-hidden />}
      title="No runs yet"
      actions={
        <>
          <Button
            leftSection={<IconChartLine size={15} aria-hidden />}
            component="a"
            href={hrefOf(['design'])}
          >
            Design an experiment
          </Button>
          <Button variant="default" component="a" href={hrefOf(['data'])}>
            Look at the data
          </Button>
        </>
      }
    >
      Choose a dataset, say what to forecast and train a model on it. Each training is a run, and it appears
      here as it starts.
    </EmptyState>
  );
}

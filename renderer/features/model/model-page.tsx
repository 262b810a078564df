// An exported model: its card, and its forecasts of new data. Nothing of it is stored in the workspace.
import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ExportedModel } from '../../../engine/contract/results/new-data.ts';
import { HindcastError } from '../../../engine/contract/values/errors.ts';
import { useRoute } from '../../app/router.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { EmptyState, Page, Scroll } from '../../ui/page.tsx';
import { NewForecastPanel } from '../forecast/new-forecast-panel.tsx';
import { folderIn, wasReleased } from './kept-models.ts';
import classes from './model.module.css';
import { ModelCard } from './model-card.tsx';
import { openModel } from './open-model.ts';

export function ModelPage() {
  const engine = useEngine();
  const folder = folderIn(useRoute().query);
  const { data, error } = useQuery({
    queryKey: ['exported', folder],
    queryFn: () => engine.runs.exportedModel({ folder }),
    enabled: folder !== '',
    retry: false,
    // Its files can go while another screen is shown.
    gcTime: 0,
  });
  if (error || folder === '')
    return <NoModel error={error && wasReleased(folder) ? releasedError(error) : error} />;
  if (!data) return null;
  return (
    <Page title={data.name} subtitle="Exported model" actions={<OpenButton quiet />}>
      <Scroll label="Exported model">
        <div className={classes.body}>
          <div className={classes.main}>
            <NewForecastPanel model={{ kind: 'exported', folder }} name={data.name} wanted={wantedBy(data)} />
          </div>
          <ModelCard model={data} folder={folder} />
        </div>
      </Scroll>
    </Page>
  );
}

const releasedError = (cause: unknown): HindcastError =>
  new HindcastError(
    'file-missing',
    'The copy of this model was released when others were opened; open the model again.',
    { cause },
  );

const wantedBy = ({ columns, lookback, horizon, frequencies, dataset }: ExportedModel) => ({
  columns,
  lookback,
  horizon,
  frequencies,
  dataset,
});

function OpenButton({ quiet = false }: { readonly quiet?: boolean }) {
  const shell = useShell();
  return (
    <Button
      variant={quiet ? 'default' : 'filled'}
      leftSection={<IconFolderOpen size={15} aria-hidden />}
      onClick={() => openModel(shell)}
    >
      {quiet ? 'Open another' : 'Open exported model'}
    </Button>
  );
}

function NoModel({ error }: { readonly error: unknown }) {
  return (
    <Page title="Exported model">
      {error != null && (
        <div className={classes.error}>
          <ErrorMessage error={error} />
        </div>
      )}
      <EmptyState
        icon={<IconFolderOpen size={36} stroke={1.2} aria-hidden />}
        title="No model is open"
        actions={<OpenButton />}
      >
        What a run exports in the format TensorFlow.js can be opened here, to forecast with it: its card,
        model and weights.
      </EmptyState>
    </Page>
  );
}

// The command palette: every section, every run and dataset by name, and every command.
import { useMantineColorScheme } from '@mantine/core';
import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  spotlight,
} from '@mantine/spotlight';
import {
  IconChartDots,
  IconDownload,
  IconFileImport,
  IconFileUpload,
  IconFolderOpen,
  IconKeyboard,
  IconMoon,
  IconPlus,
  IconSearch,
  IconStack2,
  IconSun,
  IconTable,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { runLabel, studyLabel } from '../../engine/words/run-label.ts';
import { useEngine } from '../engine/engine-context.tsx';
import { datasetsQuery, runsQuery, studiesQuery } from '../engine/queries.ts';
import { openImport } from '../features/data/import-state.ts';
import { openExport } from '../features/export/export-state.ts';
import { FORMATS } from '../features/export/formats.ts';
import { openModel } from '../features/model/open-model.ts';
import { KeyHint } from '../ui/run-state.tsx';
import { findCommands, namedBy } from './palette-search.ts';
import { hrefOf, navigate, useRoute } from './router.ts';
import { SECTIONS } from './sections.ts';
import { useShell } from './shell-context.tsx';

export const openPalette = (): void => spotlight.open();

const icon = { size: 17, stroke: 1.6, 'aria-hidden': true } as const;
const MOST_RUNS = 500;

export function Palette({ onHelp }: { readonly onHelp: () => void }) {
  const { setColorScheme } = useMantineColorScheme();
  const engine = useEngine();
  const shell = useShell();
  const [page, number] = useRoute().path;
  const { data: runs = [] } = useQuery(runsQuery(engine));
  const { data: datasets = [] } = useQuery(datasetsQuery(engine));
  const { data: studies = [] } = useQuery(studiesQuery(engine));
  const [query, setQuery] = useState('');
  const named = namedBy(query);
  const actions: SpotlightActionData[] = [
    ...runActions(runs.find(({ id }) => page === 'runs' && id === Number(number))),
    ...SECTIONS.map(({ id, label, keys, icon: Icon, href }) => ({
      id,
      label,
      leftSection: <Icon {...icon} />,
      rightSection: <KeyHint keys={keys} />,
      onClick: () => navigate(href),
    })),
    {
      id: 'new',
      label: 'New experiment',
      leftSection: <IconPlus {...icon} />,
      rightSection: <KeyHint keys="n" />,
      onClick: () => navigate(hrefOf(['design'])),
    },
    {
      id: 'import',
      label: 'Import a file',
      leftSection: <IconFileImport {...icon} />,
      rightSection: <KeyHint keys="i" />,
      onClick: () => openImport(),
    },
    {
      id: 'open-model',
      label: 'Open exported model',
      leftSection: <IconFolderOpen {...icon} />,
      onClick: () => void openModel(shell),
    },
    {
      id: 'light',
      label: 'Light theme',
      leftSection: <IconSun {...icon} />,
      onClick: () => setColorScheme('light'),
    },
    {
      id: 'dark',
      label: 'Dark theme',
      leftSection: <IconMoon {...icon} />,
      onClick: () => setColorScheme('dark'),
    },
    {
      id: 'keys',
      label: 'Keyboard',
      leftSection: <IconKeyboard {...icon} />,
      rightSection: <KeyHint keys="?" />,
      onClick: onHelp,
    },
    ...datasets.map((dataset) => ({
      id: `dataset-${dataset.id}`,
      label: dataset.name,
      description: 'Dataset',
      leftSection: <IconTable {...icon} />,
      onClick: () => navigate(hrefOf(['data', dataset.id])),
    })),
    ...studies.map((study) => ({
      id: `study-${study.id}`,
      label: studyLabel(study, study.runs),
      description: 'Study: compare its runs',
      leftSection: <IconStack2 {...icon} />,
      onClick: () => navigate(hrefOf(['compare'], { runs: `s${study.id}` })),
    })),
    ...runs
      .filter(({ id }, index) => index < MOST_RUNS || `run-${id}` === named)
      .map((run) => ({
        id: `run-${run.id}`,
        label: runLabel(run),
        description: `Run ${run.id}, ${run.state}, ${run.datasetName}`,
        leftSection: <IconChartDots {...icon} />,
        onClick: () => navigate(hrefOf(['runs', run.id])),
      })),
  ];
  return (
    <Spotlight
      actions={actions}
      limit={12}
      query={query}
      onQueryChange={setQuery}
      filter={findActions}
      shortcut={null}
      lockScroll={false}
      highlightQuery
      nothingFound="Nothing of that name"
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: 'Go to, or do …',
        'aria-label': 'Command',
      }}
    />
  );
}

/** There are no groups among the actions. */
const findActions = (query: string, actions: (SpotlightActionData | SpotlightActionGroupData)[]) =>
  findCommands(
    query,
    actions.filter((action): action is SpotlightActionData => 'id' in action),
  );

/** What can be done with the run in front. */
function runActions(run: RunSummary | undefined): SpotlightActionData[] {
  if (!run) return [];
  return [
    ...FORMATS.map(({ format, title }) => ({
      id: `export-${format}`,
      label: `Export: ${title}`,
      description: runLabel(run),
      leftSection: <IconDownload {...icon} />,
      onClick: () => openExport(run, format),
    })),
    {
      id: 'forecast-new',
      label: 'Forecast new data',
      description: runLabel(run),
      leftSection: <IconFileUpload {...icon} />,
      onClick: () => navigate(hrefOf(['runs', run.id, 'new-data'])),
    },
  ];
}

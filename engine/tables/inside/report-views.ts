// Views into a run's model as drawings for its report.
import type { EngineClient } from '../../connect/connection.ts';
import { InsideTargetSchema, PlaceSchema } from '../../contract/inside/target.ts';
import type { ReportFigure } from '../../contract/runs/export.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { figuresSvg } from './figure-svg.ts';
import { TABLES, type TableViewName } from './registry.ts';

/** What a report has where nothing is chosen, of what the model has. */
const OF_WINDOWS = ['window', 'states', 'gates', 'gradients', 'attention', 'attribute'] as const;
const OF_SAMPLES = ['reading', 'units', 'looks', 'pixels'] as const;

const TITLES: Readonly<Partial<Record<TableViewName, string>>> = {
  window: 'Window',
  states: 'States',
  attribute: 'Attribution',
  reading: 'One sample, step by step',
  units: 'Units',
  looks: 'Attention',
  pixels: 'Pixels',
};

/** Drawn of the first origin, or the first sample, of the test part, with the best weights. @throws HindcastError where a view has nothing to draw */
export async function reportFigures(
  client: EngineClient,
  run: RunReference,
  views: readonly TableViewName[],
): Promise<ReportFigure[]> {
  const { weights, part, origin } = InsideTargetSchema.parse({ run });
  const figures: ReportFigure[] = [];
  for (const view of views) {
    const { table, figures: draw, ofSamples = false } = TABLES[view];
    const place = PlaceSchema.parse({});
    const asked = { run, weights, part, origin, place, order: 'index' as const, step: 0, unit: 0 };
    const svg = figuresSvg(draw?.(await table(client, asked)) ?? []);
    if (svg === null) throw nothingToDraw(view);
    const name = TITLES[view] ?? `${view[0]!.toUpperCase()}${view.slice(1)}`;
    figures.push({
      title: `${name}, ${part} ${ofSamples ? 'sample' : 'origin'} ${origin}, ${weights} weights`,
      svg,
    });
  }
  return figures;
}

/** The views of this model that a report shows where nothing is chosen. */
export async function reportViews(
  client: EngineClient,
  run: RunReference,
): Promise<readonly TableViewName[]> {
  const described = await client.inside.describe({ run }).catch((error: unknown) => {
    // A model of samples has no windows.
    if (error instanceof HindcastError && error.code === 'conflict') return null;
    throw error;
  });
  if (described) return OF_WINDOWS.filter((view) => described.views.includes(view));
  const { places, attention, hasPictures } = await client.inside.reader({ run });
  const has = {
    reading: true,
    units: places.length > 0,
    looks: attention.length > 0,
    pixels: hasPictures,
  };
  return OF_SAMPLES.filter((view) => has[view]);
}

function nothingToDraw(view: TableViewName): HindcastError {
  const views = Object.entries(TABLES).flatMap(([name, { figures }]) => (figures ? [name] : []));
  const message = `The view ${view} has nothing to draw; a report can have ${views.join(', ')}.`;
  return new HindcastError('invalid-input', message, { details: { field: 'inside' } });
}

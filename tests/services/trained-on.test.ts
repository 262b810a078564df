// New data for a run are read as the run's own file was.
import { expect, test } from 'vitest';
import { ImportOptionsSchema } from '../../engine/contract/datasets/dataset.ts';
import { trainedOn } from '../../engine/services/forecasts/new-data.ts';
import { describedMessage } from './dataset.ts';

test('with its delimiter, its columns, its form of times and its words for missing values', () => {
  const described = describedMessage();
  const recipe = {
    ...described.recipe,
    delimiter: ';',
    timeColumn: 'Date + Time',
    timeFormat: '%d/%m/%Y %H.%M.%S',
    seriesColumn: 'station',
    layout: 'long' as const,
    missing: ['-999', 'trace'],
  };
  const { reading } = trainedOn({ name: 'station', seriesInfo: [...described.series], recipe });
  expect(reading).toEqual({
    delimiter: ';',
    layout: 'long',
    timeColumn: 'Date + Time',
    timeFormat: '%d/%m/%Y %H.%M.%S',
    timeZone: recipe.timeZone,
    seriesColumn: 'station',
    missing: ['-999', 'trace'],
  });
  expect(ImportOptionsSchema.parse(reading)).toEqual(reading);
});

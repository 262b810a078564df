// The csv export: every table states its units, times are exact, and every column is described.
import { expect, test } from 'vitest';
import { exportCsv } from '../../engine/export/csv.ts';
import { made } from './made-run.ts';

const files = exportCsv(made());
const read = async (name: string) =>
  (await files.find((file) => file.name === name)!.content.text()).trimEnd().split('\n');

test('forecasts have origins, times to the microsecond, and units', async () => {
  const [header, first, second, third] = await read('forecasts.csv');
  expect(header).toBe('series,origin,time,step,target,forecast,actual,unit');
  expect(first).toBe('"a, b",2020-01-01T00:00:00Z,2020-01-02T00:00:00Z,1,close,100,101,unit of close');
  expect(second).toMatch(/,1,volume,1000000100,1010000101,unit of volume$/);
  expect(third).toBe('"a, b",2020-01-01T00:00:00Z,2020-01-03T00:00:00.000001Z,2,close,100.5,,unit of close');
});

test('scores have units, squared for squared errors', async () => {
  expect(await read('scores.csv')).toEqual([
    'part,subject,metric,target,value,unit,count',
    'test,model,mae,,1.5,units of the targets,40',
    'test,repeat,mae,,2,units of the targets,40',
    'test,model,mse,close,4,(unit of close)^2,20',
    'test,repeat,rmse,volume,1,standard deviation of volume,20',
  ]);
});

test('metrics are there by step and by epoch', async () => {
  expect((await read('metrics-by-step.csv')).slice(0, 2)).toEqual([
    'step,loss,learningRate,gradientNorm,gradientNorm/head/bias',
    '1,0.5,0.001,2,1',
  ]);
  expect((await read('metrics-by-epoch.csv'))[0]).toBe('epoch,trainLoss,validationLoss,validationMae');
});

test('every column of every file has its meaning in columns.csv', async () => {
  const described = (await read('columns.csv')).slice(1).map((line) => line.split(','));
  for (const { name } of files.filter((file) => file.name !== 'columns.csv')) {
    const columns = (await read(name))[0]!.split(',');
    expect(described.filter(([file]) => file === name).map(([, column]) => column)).toEqual(columns);
  }
  for (const [, column, meaning] of described) expect(meaning, column).not.toBe('');
});

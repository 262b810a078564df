// The csv export: every table states its units, times are exact, and every column is described.
import { expect, test } from 'vitest';
import { exportCsv } from '../../engine/export/csv.ts';
import { made } from './made-run.ts';

const files = exportCsv(made());
const read = async (name: string) =>
  (await files.find((file) => file.name === name)!.content.text()).trimEnd().split('\n');

test('forecasts have origins, times to the microsecond, and units', async () => {
  const [header, first, second, third] = await read('forecasts.csv');
  expect(header).toBe(
    'series,origin,time,step,target,forecast,actual,unit,part,unscored,trainMean,trainStd,baseline/repeat',
  );
  expect(first).toBe(
    '"a, b",2020-01-01T00:00:00Z,2020-01-02T00:00:00Z,1,close,100,101,unit of close,test,,100,2,100',
  );
  expect(second).toMatch(/,1,volume,1000000100,1010000101,unit of volume,test,,101,3,1000000100$/);
  expect(third).toBe(
    '"a, b",2020-01-01T00:00:00Z,2020-01-03T00:00:00.000001Z,2,close,100.5,,unit of close,test,the true value is missing,100,2,100',
  );
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

test('errors by step and scores by series have their units, and origins that were left out their reason', async () => {
  expect((await read('errors-by-step.csv')).slice(0, 3)).toEqual([
    'part,subject,metric,target,step,value,unit,count',
    'test,model,mae,,1,1,units of the targets,40',
    'test,model,mae,,2,2,units of the targets,40',
  ]);
  expect(await read('errors-by-step.csv')).toContain('test,repeat,mae,volume,7,14,unit of volume,40');
  expect(await read('scores-macro.csv')).toEqual([
    'part,subject,metric,target,value,unit,count',
    'test,model,mae,,1.75,units of the targets,40',
    'test,repeat,mae,,1.75,units of the targets,40',
    'test,model,rmse,,1.75,units of the targets,40',
    'test,repeat,rmse,,1.75,units of the targets,40',
  ]);
  expect(await read('scores-by-series.csv')).toEqual([
    'part,series,origins,subject,metric,target,value,unit,count',
    'test,"a, b",20,model,mae,,1.5,units of the targets,20',
    'test,"a, b",20,repeat,mae,,2,units of the targets,20',
    'test,"a, b",20,model,rmse,,1.5,units of the targets,20',
    'test,"a, b",20,repeat,rmse,,2,units of the targets,20',
    'test,c <d>,20,model,mae,,2,units of the targets,20',
    'test,c <d>,20,repeat,mae,,1.5,units of the targets,20',
    'test,c <d>,20,model,rmse,,2,units of the targets,20',
    'test,c <d>,20,repeat,rmse,,1.5,units of the targets,20',
  ]);
  expect(await read('left-out-origins.csv')).toEqual([
    'part,series,from,to,windows,reason',
    'test,"a, b",2020-01-01T00:00:00Z,2020-01-02T00:00:00Z,2,"a gap, long"',
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

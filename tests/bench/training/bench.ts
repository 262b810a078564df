// `npm run bench -- training`
export { runTrainingBenchmark as bench } from './index.ts';

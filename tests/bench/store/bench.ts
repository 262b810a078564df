// `npm run bench -- store`
export { benchStore as bench } from './bench-store.ts';

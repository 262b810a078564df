// What the compiled module offers to engine/kernels.
export { configure, quit, workerLoop } from './control';
export { matmul } from './matmul';
export { unary } from './unary';

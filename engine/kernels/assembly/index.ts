// What the compiled module offers to engine/kernels.
export { configure, quit, workerLoop } from './control';
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { matmul } from './matmul';
export { adam, squares } from './optimizer';
export { peak } from './peak';
export { describe } from './recurrent';
export { rnnBackward, rnnForward } from './rnn';
export { unary } from './unary';

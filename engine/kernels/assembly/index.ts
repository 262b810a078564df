// What the compiled module offers to engine/kernels.
export { attentionDescribe, attentionDropout, attentionForward } from './attention';
export { attentionBackward } from './attention-backward';
export { binary } from './binary';
export { configure, quit, workerLoop } from './control';
export { gruBackward, gruForward } from './gru';
export { activationGradient, columnSums } from './linear';
export { lstmBackward, lstmForward } from './lstm';
export { matmul } from './matmul';
export { adam, squares } from './optimizer';
export { peak } from './peak';
export { describe } from './recurrent';
export { rnnBackward, rnnForward } from './rnn';
export { softmax } from './softmax';
export { unary } from './unary';

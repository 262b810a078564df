// The list of jobs that the pool can run: number -> function of one piece. A kernel family adds its jobs here.
import { attentionForwardPiece } from './attention';
import { attentionBackwardPiece } from './attention-backward';
import { binaryPiece } from './binary';
import { gruBackwardPiece, gruForwardPiece } from './gru';
import { activationGradientPiece, columnSumsPiece } from './linear';
import { lstmBackwardPiece, lstmForwardPiece } from './lstm';
import { matmulPackPiece, matmulPiece } from './matmul';
import { adamPiece, squaresPiece } from './optimizer';
import { stepsPackPiece, stepsProductPiece } from './recurrent';
import { rnnBackwardPiece, rnnForwardPiece } from './rnn';
import { softmaxPiece } from './softmax';
import { unaryPiece } from './unary';

export const JOB_MATMUL_PACK = 1;
export const JOB_MATMUL = 2;
export const JOB_UNARY = 3;
export const JOB_STEPS_PACK = 4;
export const JOB_STEPS_PRODUCT = 5;
export const JOB_LSTM_FORWARD = 6;
export const JOB_LSTM_BACKWARD = 7;
export const JOB_SQUARES = 8;
export const JOB_ADAM = 9;
export const JOB_GRU_FORWARD = 10;
export const JOB_GRU_BACKWARD = 11;
export const JOB_RNN_FORWARD = 12;
export const JOB_RNN_BACKWARD = 13;
export const JOB_ACTIVATION_GRADIENT = 14;
export const JOB_COLUMN_SUMS = 15;
export const JOB_SOFTMAX = 16;
export const JOB_BINARY = 17;
export const JOB_ATTENTION_FORWARD = 40;
export const JOB_ATTENTION_BACKWARD = 41;

export function runPiece(job: i32, piece: i32): void {
  switch (job) {
    case JOB_MATMUL_PACK: matmulPackPiece(piece); break;
    case JOB_MATMUL: matmulPiece(piece); break;
    case JOB_UNARY: unaryPiece(piece); break;
    case JOB_STEPS_PACK: stepsPackPiece(piece); break;
    case JOB_STEPS_PRODUCT: stepsProductPiece(piece); break;
    case JOB_LSTM_FORWARD: lstmForwardPiece(piece); break;
    case JOB_LSTM_BACKWARD: lstmBackwardPiece(piece); break;
    case JOB_SQUARES: squaresPiece(piece); break;
    case JOB_ADAM: adamPiece(piece); break;
    case JOB_GRU_FORWARD: gruForwardPiece(piece); break;
    case JOB_GRU_BACKWARD: gruBackwardPiece(piece); break;
    case JOB_RNN_FORWARD: rnnForwardPiece(piece); break;
    case JOB_RNN_BACKWARD: rnnBackwardPiece(piece); break;
    case JOB_ACTIVATION_GRADIENT: activationGradientPiece(piece); break;
    case JOB_COLUMN_SUMS: columnSumsPiece(piece); break;
    case JOB_SOFTMAX: softmaxPiece(piece); break;
    case JOB_BINARY: binaryPiece(piece); break;
    case JOB_ATTENTION_FORWARD: attentionForwardPiece(piece); break;
    case JOB_ATTENTION_BACKWARD: attentionBackwardPiece(piece); break;
  }
}

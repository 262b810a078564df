// The list of jobs that the pool can run: number -> function of one piece. A kernel family adds its jobs here.
import { matmulPackPiece, matmulPiece } from './matmul';
import { unaryPiece } from './unary';

export const JOB_MATMUL_PACK = 1;
export const JOB_MATMUL = 2;
export const JOB_UNARY = 3;

export function runPiece(job: i32, piece: i32): void {
  switch (job) {
    case JOB_MATMUL_PACK: matmulPackPiece(piece); break;
    case JOB_MATMUL: matmulPiece(piece); break;
    case JOB_UNARY: unaryPiece(piece); break;
  }
}

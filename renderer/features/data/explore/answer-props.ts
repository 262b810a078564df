// What every view of an analysis is given.
export interface AnswerProps<Answer> {
  readonly answer: Answer;
}

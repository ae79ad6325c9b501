/** Something to be told in one sentence. Exit code 1: it was refused; 2: it could not be tried. */
export class Trouble extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
  }
}

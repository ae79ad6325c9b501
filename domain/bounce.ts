/**
 * What a mail server's last word means: `bad` the address has nobody behind it, `refused` this letter was not taken
 * though the address may be right, `passing` it is still being tried, `good` it arrived.
 */
export type Verdict = 'bad' | 'refused' | 'passing' | 'good';

/** Full mailboxes, letters that are too large or look wrong, and rules of the receiver say nothing about the address. */
const NOT_THE_ADDRESS = [/^5\.2\.[23]$/, /^5\.3\./, /^5\.6\./, /^5\.7\./];

/**
 * @param status an enhanced status code (RFC 3463, `5.1.1`) or, where a server gives none, its reply code (`550`).
 */
export function verdictOf(status: string): Verdict {
  if (/^2(\.|\d\d$)/.test(status)) return 'good';
  if (/^5\.\d{1,3}\.\d{1,3}$/.test(status)) return NOT_THE_ADDRESS.some((one) => one.test(status)) ? 'refused' : 'bad';
  // RFC 5321, 4.2.3: no such mailbox, not here, not a name a mailbox can have.
  if (/^55[013]$/.test(status)) return 'bad';
  return /^5\d\d$/.test(status) ? 'refused' : 'passing';
}

/** The status in a sentence of a mail server: the enhanced one, else the reply code. `550 5.1.1 no such user` */
export function statusIn(sentence: string): string | undefined {
  const enhanced = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(sentence)?.[0];
  return enhanced ?? /(?<![\d.])[245][0-5]\d(?=[\s-]|$)/.exec(sentence)?.[0];
}

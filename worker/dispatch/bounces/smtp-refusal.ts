import { statusIn, verdictOf } from '../../../domain/bounce';

/**
 * The status with which a mail server refused the recipient of a letter for good, while it was being sent.
 * @param error nodemailer's: refused recipients have `EENVELOPE` and the command it was said to.
 * @returns undefined for any other fault, and for a refusal that does not mean the address.
 */
export function addressRefused(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, command, response } = error as Error & { code?: string; command?: string; response?: string };
  if (code !== 'EENVELOPE' || command !== 'RCPT TO') return undefined;
  const status = statusIn(response ?? '');
  return status !== undefined && verdictOf(status) === 'bad' ? status : undefined;
}

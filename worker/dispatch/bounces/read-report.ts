import { type Attachment, simpleParser } from 'mailparser';
import { statusIn } from '../../../domain/bounce';

/** What a non-delivery report says. */
export interface ReadReport {
  recipient?: string;
  /** RFC 3463, or a reply code where the server gave no more. */
  status: string;
  /** Of the letter that came back. */
  messageId: string;
}

/** Longer texts are not searched: what a server has to say stands at the beginning. */
const LONGEST_TEXT = 20_000;

/**
 * Reads a message of the bounce mailbox: a delivery status notification (RFC 3464), or the plain sentences some
 * servers send in its place with the letter attached.
 * @param source the message as it came.
 * @param ours whether a Message-ID is of a letter of ours; any other message is somebody's mail, and left alone.
 */
export async function readReport(source: Buffer, ours = isOurs): Promise<ReadReport | undefined> {
  const mail = await simpleParser(source, { keepDeliveryStatus: true, skipImageLinks: true });
  const parts = mail.attachments;
  const text = mail.text ?? (mail.html || '').replace(/<[^<>]*>/g, '\n');
  const messageId = letterIn(parts, text, ours);
  if (messageId === undefined) return undefined;
  const notice = parts.find(({ contentType }) => /^message\/(global-)?delivery-status$/i.test(contentType));
  const fields = notice && fieldsOf(notice.content.toString('utf8'));
  const status = fields ? statusOf(fields) : isFromPostmaster(mail.from?.text) ? fromText(text) : undefined;
  if (status === undefined) return undefined;
  const recipient = addressIn(fields?.get('original-recipient') ?? fields?.get('final-recipient'));
  return { status, messageId, ...(recipient !== undefined && { recipient }) };
}

/** Letters' ids are 32 hexadecimal digits, see `gatherLetter`. */
function isOurs(messageId: string): boolean {
  return /^<[0-9a-f]{32}@xiaohao>$/.test(messageId);
}

/** The id of the letter that came back: of the attached letter or its headers, else where the text repeats it. */
function letterIn(parts: Attachment[], text: string, ours: (id: string) => boolean): string | undefined {
  const attached = parts.filter(({ contentType }) => /^(message\/|text\/rfc822-headers)/i.test(contentType));
  const texts = [...attached.map((part) => part.content.toString('latin1')), text];
  const ids = texts.flatMap((one) => one.slice(0, LONGEST_TEXT).match(/<[^<>\s@]+@[^<>\s@]+>/g) ?? []);
  return ids.find(ours);
}

/** Fields of the first recipient that failed; a letter of ours has one recipient. Names in lower case, unfolded. */
function fieldsOf(text: string): Map<string, string> {
  const unfolded = text.replace(/\r\n/g, '\n').replace(/\n[ \t]+/g, ' ');
  const blocks = unfolded.split(/\n{2,}/).map(
    (block) =>
      new Map(
        block.split('\n').flatMap((line): [string, string][] => {
          const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
          return name === undefined ? [] : [[name.toLowerCase(), value!.trim()]];
        }),
      ),
  );
  const recipients = blocks.filter((block) => block.has('action') || block.has('status'));
  return recipients.find((block) => /^failed/i.test(block.get('action') ?? '')) ?? recipients[0] ?? new Map();
}

/** Exchange and others write `5.0.0` though the diagnostic knows better. */
function statusOf(fields: Map<string, string>): string | undefined {
  const stated = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
  const action = fields.get('action')?.toLowerCase();
  if (action === 'delayed') return stated?.startsWith('4') ? stated : '4.0.0';
  const diagnosed = statusIn(fields.get('diagnostic-code') ?? '');
  return stated === undefined || /^5\.0\.0$/.test(stated) ? (diagnosed ?? stated) : stated;
}

function addressIn(field: string | undefined): string | undefined {
  return /[^\s;<>]+@[^\s;<>]+/.exec(field ?? '')?.[0];
}

/** Words by which a machine that carries mail signs. */
function isFromPostmaster(from = ''): boolean {
  return /postmaster|mailer-daemon|mail delivery/i.test(from);
}

function fromText(text: string): string | undefined {
  const sentences = text.slice(0, LONGEST_TEXT).split('\n');
  return sentences.map(statusIn).find((status) => status !== undefined);
}

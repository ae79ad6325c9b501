import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AddressObject, simpleParser } from 'mailparser';

/** A received mail as the mailbox shows it. Instants are ISO 8601; `recipients` is the envelope, so it has the blind copies too. */
export interface Mail {
  id: string;
  messageId: string;
  receivedAt: string;
  date: string;
  from: string;
  to: string[];
  cc: string[];
  recipients: string[];
  subject: string;
  text: string;
  html: string;
  attachments: { filename: string; contentType: string; size: number }[];
}

/** Which mails: `to` an address (whole, any case), `subject` a part of it, `since` an instant of receipt, at most `limit`. */
export interface MailQuery {
  to?: string;
  subject?: string;
  since?: string;
  limit?: number;
}

/** Mails on disk: `<id>.eml` each, and `index.jsonl` with one line a mail in the order of receipt. */
export class MailStore {
  private readonly mails: Mail[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly dir: string,
    private index: FileHandle,
  ) {}

  /** Opens the store in `dir`, with the mails it had. */
  static async open(dir: string): Promise<MailStore> {
    mkdirSync(dir, { recursive: true });
    const store = new MailStore(dir, await open(join(dir, 'index.jsonl'), 'a'));
    store.load();
    return store;
  }

  /** Keeps a mail; settles when it and its line of the index are on the disk, so that it may be acknowledged. */
  add(raw: Buffer, recipients: string[]): Promise<Mail> {
    return this.inTurn(async () => {
      const mail = await parse(raw, recipients);
      await writeSynced(this.emlPath(mail.id), raw);
      await syncDirectory(this.dir);
      await this.index.appendFile(`${JSON.stringify(mail)}\n`);
      await this.index.sync();
      this.mails.push(mail);
      return mail;
    });
  }

  /** Newest first. */
  list({ to, subject, since, limit }: MailQuery = {}): Mail[] {
    const address = to?.toLowerCase();
    const from = since ? new Date(since).getTime() : undefined;
    return this.mails
      .filter(
        (mail) =>
          (!address || [...mail.to, ...mail.cc, ...mail.recipients].some((one) => one.toLowerCase() === address)) &&
          (!subject || mail.subject.includes(subject)) &&
          (from === undefined || new Date(mail.receivedAt).getTime() >= from),
      )
      .reverse()
      .slice(0, limit);
  }

  get(id: string): Mail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  /** The mail as it was received; undefined when there is none of that id. */
  async raw(id: string): Promise<Buffer | undefined> {
    return this.get(id) && readFile(this.emlPath(id));
  }

  clear(): Promise<void> {
    return this.inTurn(async () => {
      await this.index.truncate(0);
      await this.index.sync();
      this.mails.length = 0;
      for (const name of await readdir(this.dir)) if (name.endsWith('.eml')) await rm(join(this.dir, name));
    });
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.index.close());
  }

  // A kill may have left half a line, of a mail never acknowledged: it is cut off, so that the next line starts afresh.
  private load(): void {
    const path = join(this.dir, 'index.jsonl');
    const content = readFileSync(path);
    const whole = content.lastIndexOf(0x0a) + 1;
    if (whole < content.length) truncateSync(path, whole);
    for (const line of content.subarray(0, whole).toString().split('\n')) {
      if (line) this.mails.push(JSON.parse(line));
    }
  }

  private emlPath(id: string): string {
    return join(this.dir, `${id}.eml`);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}

async function parse(raw: Buffer, recipients: string[]): Promise<Mail> {
  const parsed = await simpleParser(raw);
  const receivedAt = new Date().toISOString();
  return {
    id: randomUUID(),
    messageId: parsed.messageId ?? '',
    receivedAt,
    date: parsed.date?.toISOString() ?? receivedAt,
    from: addresses(parsed.from)[0] ?? '',
    to: addresses(parsed.to),
    cc: addresses(parsed.cc),
    recipients,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      filename: filename || '',
      contentType,
      size,
    })),
  };
}

function addresses(header: AddressObject | AddressObject[] | undefined): string[] {
  return [header ?? []].flat().flatMap(({ value }) => value.flatMap((one) => one.address ?? []));
}

async function writeSynced(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

// The file's name is in the directory, and that has to reach the disk too.
async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

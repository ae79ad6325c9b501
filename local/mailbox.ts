import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type Mail, type MailQuery, MailStore } from './mail-store';
import { mailboxHttp } from './mailbox-http';

/** Ways in which the mailbox misbehaves when a test asks it to; to be changed while it runs. */
export interface Faults {
  /** Accept connections and never say a word. */
  hang?: boolean;
  /** Addresses refused for good (550). */
  reject?: string[];
  /** Addresses refused for now (451). */
  defer?: string[];
  /** Addresses whose mails are refused for good once they have been read (554), as a spam filter does. */
  distrust?: string[];
  /** So many next mails are stored, and then the connection is dropped before the 250. */
  dropAfterStoring?: number;
}

const LARGEST_MAIL = 30_000_000;

/** An SMTP server that keeps what it receives on the disk, and shows it as JSON over HTTP. Both on 127.0.0.1. */
export class Mailbox {
  faults: Faults = {};
  private readonly smtp: SMTPServer;
  private readonly http: Server;

  private constructor(private readonly store: MailStore) {
    this.http = mailboxHttp(store);
    this.smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: LARGEST_MAIL,
      closeTimeout: 1_000,
      onConnect: (_session, callback) => {
        if (!this.faults.hang) callback();
      },
      onRcptTo: ({ address }, _session, callback) => {
        if (this.faults.reject?.includes(address)) return callback(answer(550, 'No such mailbox'));
        if (this.faults.defer?.includes(address)) return callback(answer(451, 'Try again later'));
        callback();
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.once('end', () => {
          if (stream.sizeExceeded) return callback(answer(552, 'Message too large'));
          const distrusted = session.envelope.rcptTo.some(({ address }) => this.faults.distrust?.includes(address));
          if (distrusted) return callback(answer(554, 'Looks like spam'));
          this.receive(Buffer.concat(chunks), session).then(
            (acknowledged) => acknowledged && callback(),
            (error) => callback(answer(451, `Could not be stored: ${error.message}`)),
          );
        });
      },
    });
    // A client that vanishes in the middle of a dialogue is the client's affair.
    this.smtp.on('error', () => {});
  }

  /** Starts it on the mails in `dir`; ports that are not given are chosen. */
  static async start(options: { dir: string; smtpPort?: number; httpPort?: number }): Promise<Mailbox> {
    const mailbox = new Mailbox(await MailStore.open(options.dir));
    mailbox.smtp.listen(options.smtpPort ?? 0, '127.0.0.1');
    await once(mailbox.smtp.server, 'listening');
    mailbox.http.listen(options.httpPort ?? 0, '127.0.0.1');
    await once(mailbox.http, 'listening');
    return mailbox;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${(this.smtp.server.address() as AddressInfo).port}`;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  /** Newest first. */
  mails(query?: MailQuery): Mail[] {
    return this.store.list(query);
  }

  clear(): Promise<void> {
    return this.store.clear();
  }

  /** Stops listening, drops who is connected, and closes the files. */
  async close(): Promise<void> {
    const smtpClosed = new Promise<void>((resolve) => this.smtp.close(resolve));
    for (const connection of this.smtp.connections) connection._socket.destroy();
    this.http.closeAllConnections();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
    await smtpClosed;
    await this.store.close();
  }

  /** Answers whether the mail is to be acknowledged. */
  private async receive(raw: Buffer, session: SMTPServerSession): Promise<boolean> {
    await this.store.add(
      raw,
      session.envelope.rcptTo.map(({ address }) => address),
    );
    if (!this.faults.dropAfterStoring) return true;
    this.faults.dropAfterStoring -= 1;
    for (const connection of this.smtp.connections) {
      if (connection.id === session.id) connection._socket.destroy();
    }
    return false;
  }
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

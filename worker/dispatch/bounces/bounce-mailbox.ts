import { ImapFlow } from 'imapflow';

/** A mailbox to which letters come back. */
export interface BounceMailbox {
  /** Messages nobody has looked at yet, with a name for each. */
  unread(): Promise<{ id: string; source: Buffer }[]>;
  /** Looked at: it will not be shown again. It stays in the mailbox for people. */
  done(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Read at a time, so that a flood is taken in turns. */
const AT_ONCE = 50;
/** A report is short; what is longer is cut, and its beginning says enough. */
const LARGEST = 1_000_000;

/** Opens the mailbox of an address like `imaps://user:password@host:993/INBOX`; without a folder the inbox. */
export async function openImapMailbox(address: string): Promise<BounceMailbox> {
  const url = new URL(address);
  const secure = url.protocol === 'imaps:';
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    connectionTimeout: 10_000,
    socketTimeout: 30_000,
  });
  // A connection that breaks while nobody waits for it fails at the next look.
  client.on('error', () => {});
  await client.connect();
  await client.mailboxOpen(decodeURIComponent(url.pathname.slice(1)) || 'INBOX');
  return {
    async unread() {
      const found = await client.search({ seen: false }, { uid: true });
      const uids = (found || []).slice(0, AT_ONCE);
      if (uids.length === 0) return [];
      const messages = await client.fetchAll(uids, { uid: true, source: { maxLength: LARGEST } }, { uid: true });
      return messages.flatMap(({ uid, source }) => (source ? [{ id: String(uid), source }] : []));
    },
    async done(id) {
      await client.messageFlagsAdd(id, ['\\Seen'], { uid: true });
    },
    async close() {
      await client.logout().catch(() => client.close());
    },
  };
}

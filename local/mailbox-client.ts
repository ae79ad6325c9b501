import type { Mail, MailQuery } from './mail-store';

/** Reads the mailbox that runs as a process of its own. */
export class MailboxClient {
  /** @param url where its HTTP listens, without a slash at the end */
  constructor(readonly url: string) {}

  /** Newest first. */
  async mails(query: MailQuery = {}): Promise<Mail[]> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
    return (await this.ask(`/mails?${search}`)).json() as Promise<Mail[]>;
  }

  /** The mail as it was received. */
  async raw(id: string): Promise<string> {
    return (await this.ask(`/mails/${id}/raw`)).text();
  }

  async clear(): Promise<void> {
    await this.ask('/mails', 'DELETE');
  }

  private async ask(path: string, method = 'GET'): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, { method });
    if (!response.ok) throw new Error(`mailbox: HTTP ${response.status} for ${method} ${path}`);
    return response;
  }
}

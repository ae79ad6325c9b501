import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MailStore } from './mail-store';

/**
 * The mailbox over HTTP: `GET /mails?to=&subject=&since=&limit=`, `GET /mails/:id`, `GET /mails/:id/raw`, `DELETE /mails`.
 */
export function mailboxHttp(store: MailStore): Server {
  return createServer((request, response) => {
    route(store, request, response).catch((error: Error) => json(response, 500, { error: error.message }));
  });
}

async function route(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Sign-in links are in these mails: a page of some other site that has its name point to 127.0.0.1 gets nothing.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')) {
    return json(response, 403, { error: 'only for this machine' });
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, mails, id, raw, ...more] = pathname.split('/');
  if (mails !== 'mails' || more.length > 0) return json(response, 404, { error: 'not found' });
  if (request.method === 'DELETE' && id === undefined) {
    await store.clear();
    return json(response, 200, { deleted: true });
  }
  if (request.method !== 'GET') return json(response, 405, { error: 'GET /mails or DELETE /mails' });
  if (id === undefined) {
    const limit = searchParams.get('limit');
    const given = (name: string) => searchParams.get(name) ?? undefined;
    const query = { to: given('to'), subject: given('subject'), since: given('since') };
    return json(response, 200, store.list({ ...query, limit: limit === null ? undefined : Number(limit) }));
  }
  const mail = store.get(id);
  if (!mail || (raw !== undefined && raw !== 'raw')) return json(response, 404, { error: 'not found' });
  if (raw === undefined) return json(response, 200, mail);
  response.writeHead(200, { 'content-type': 'message/rfc822' }).end(await store.raw(id));
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

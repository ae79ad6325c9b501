import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Trouble } from './trouble';

export type Lang = 'zh' | 'en';

/** Problem JSON, as far as the terminal shows it. */
export interface ProblemBody {
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; message: string }[];
  findings?: { code: string; place: string; severity: string; message: string; waived?: string }[];
  troubles?: { row: number; column: string; read: string; message: string }[];
}

/** The API would not. */
export class ApiProblem extends Error {
  constructor(readonly problem: ProblemBody) {
    super(problem.detail);
  }
}

const TRIES = 5;
const USUAL_PAUSE_S = 2;

/** Speaks to the API as anybody else does. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly token: string,
    private readonly lang: Lang,
  ) {}

  get<T>(path: string, query: Record<string, string | number | undefined> = {}): Promise<T> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
    return this.ask('GET', given.length > 0 ? `${path}?${search}` : path);
  }

  /** All pages of a list. */
  async all<T>(path: string, query: Record<string, string | undefined> = {}): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await this.get<{ items: T[]; next?: string }>(path, { ...query, limit: 200, cursor });
      items.push(...page.items);
      if (page.next === undefined) return items;
      cursor = page.next;
    }
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.ask('POST', path, { type: 'application/json', content: JSON.stringify(body) });
  }

  /** Sends a file as it is. */
  upload<T>(path: string, bytes: Buffer): Promise<T> {
    return this.ask('POST', path, { type: 'application/octet-stream', content: bytes });
  }

  /** A file as it is. */
  async download(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.answered('GET', path)).arrayBuffer());
  }

  private async ask<T>(method: string, path: string, body?: { type: string; content: string | Buffer }): Promise<T> {
    const response = await this.answered(method, path, body);
    return (await response.json().catch(() => undefined)) as T;
  }

  /** Asks again, with the same key, while the outcome is not known: it is done once all the same. */
  private async answered(method: string, path: string, body?: { type: string; content: string | Buffer }) {
    const key = randomUUID();
    for (let tries = 1; ; tries += 1) {
      const response = await this.send(method, path, key, body);
      if (response.ok) return response;
      const problem = problemIn(await response.json().catch(() => undefined), response.status);
      if (response.status !== 503 || tries === TRIES) throw new ApiProblem(problem);
      await pause(1000 * Number(response.headers.get('retry-after') ?? USUAL_PAUSE_S));
    }
  }

  private async send(method: string, path: string, key: string, body?: { type: string; content: string | Buffer }) {
    try {
      return await fetch(`${this.url}/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${this.token}`,
          'Accept-Language': this.lang,
          ...(method === 'POST' && { 'Idempotency-Key': key }),
          ...(body && { 'Content-Type': body.type }),
        },
        ...(body && { body: typeof body.content === 'string' ? body.content : new Uint8Array(body.content) }),
      });
    } catch {
      throw new Trouble(
        this.lang === 'zh' ? `连接不上 ${this.url}，服务是否已启动？` : `${this.url} cannot be reached; is it running?`,
      );
    }
  }
}

function problemIn(read: unknown, status: number): ProblemBody {
  const given = read as Partial<ProblemBody> | undefined;
  if (typeof given?.detail === 'string') return given as ProblemBody;
  return { status, code: 'unknown', detail: `HTTP ${status}` };
}

/** What came of a request. */
export interface Reply {
  status: number;
  retryAfter: string | null;
  type: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as whoever gets them does.
  body: any;
}

/** Longer than the API may take for anything but a long advance. */
const PATIENCE_MS = 15_000;
/** What the API asks for in `Retry-After` is for people; a test would rather know at once. */
const LONGEST_PAUSE_MS = 300;

/** Speaks to the API with a token, as a client on another machine does: over a connection that may break. */
export class Sender {
  constructor(
    private readonly base: string,
    private readonly secret: string,
  ) {}

  get(path: string, withinMs = PATIENCE_MS): Promise<Reply> {
    return this.send('GET', path, undefined, undefined, withinMs);
  }

  post(path: string, body: object, key: string, withinMs = PATIENCE_MS): Promise<Reply> {
    return this.send('POST', path, body, key, withinMs);
  }

  /** Repeats with the same key while nobody answers or the answer is "later". @returns the answer, and how many tries. */
  async postUntilAnswered(
    path: string,
    body: object,
    key: string,
    withinMs = 80_000,
  ): Promise<Reply & { tries: number }> {
    const end = Date.now() + withinMs;
    for (let tries = 1; ; tries += 1) {
      const reply = await this.post(path, body, key).catch(() => undefined);
      if (reply && reply.status !== 503) return { ...reply, tries };
      if (Date.now() > end) throw new Error(`no answer to ${path}: ${JSON.stringify(reply)}`);
      await new Promise((resolve) => setTimeout(resolve, LONGEST_PAUSE_MS));
    }
  }

  private async send(
    method: string,
    path: string,
    body: object | undefined,
    key: string | undefined,
    withinMs: number,
  ): Promise<Reply> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.secret}`,
        ...(body && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(withinMs),
    });
    const { status, headers } = response;
    return {
      status,
      retryAfter: headers.get('retry-after'),
      type: headers.get('content-type'),
      body: await response.json(),
    };
  }
}

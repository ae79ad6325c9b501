import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ApiClient, type Lang } from './api-client';
import { Trouble } from './trouble';

/** Name of the demo's rehearsal, and of its folder. */
export const DEMO = 'demo';

const demoSchema = z.object({
  url: z.string(),
  mailbox: z.string().optional(),
  zone: z.string().optional(),
  tokens: z.record(z.string(), z.string()),
});

/** What the running demo says about itself. */
export type DemoFile = z.output<typeof demoSchema>;

/** The demo of this machine, if one was started here. */
export function demoFile(): DemoFile | undefined {
  const file = path.resolve(process.env.XIAOHAO_DATA || '.xiaohao', 'demo.json');
  try {
    return demoSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * The API to speak to: `XIAOHAO_URL` and `XIAOHAO_TOKEN`, else the demo of this machine as its administrator.
 * @throws Trouble when there is no token to speak with.
 */
export function openSession(lang: Lang): ApiClient {
  const { XIAOHAO_URL: url, XIAOHAO_TOKEN: token } = process.env;
  // A token is shown to nobody but the server it is for: the demo's goes to the demo's address only.
  const demo = url || token ? undefined : demoFile();
  const secret = token || demo?.tokens.admin;
  if (!secret) throw new Trouble('no token: set XIAOHAO_TOKEN, or start the demo in this directory (npm run demo)');
  return new ApiClient(url || demo?.url || 'http://127.0.0.1:8080', secret, lang);
}

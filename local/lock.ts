import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Makes sure that one stack at a time uses a data directory; answers the function that lets go of it.
 * An abstract socket (Linux) and not a file, because the kernel lets go of it however the holder dies.
 */
export async function lock(dataDir: string): Promise<() => Promise<void>> {
  const digest = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  server.listen(`\0xiaohao-${digest}`);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Another stack is running on ${dataDir}; stop it first, or give another data directory.`);
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, onPath, putInCache, type Say } from './cache';
import { download, reason } from './download';
import { run } from './run';

/** A binary and where it came from, in words for the terminal. */
export interface Binary {
  path: string;
  source: string;
}

// Time skipping on a real server came with 1.32; 1.32.2 wants a newer Go than 1.26.8.
const BUILT = '1.32.1';
const OLDEST: [number, number] = [1, 32];
const RELEASE = {
  version: '1.32.0',
  url: 'https://github.com/temporalio/temporal/releases/download/v1.32.0/temporal_1.32.0_linux_amd64.tar.gz',
  sha256: 'ca1ccbb1d1545b68eb4523de463c51ffcd80f7e0bccd14a9b2c56fc7e389e792',
};

/**
 * Finds, downloads or builds the Temporal server: `temporal-server` on PATH → cache → official release → `go install`.
 *
 * It is the server's own binary and never `temporal server start-dev` of the CLI: that one takes dynamic config only as
 * `--dynamic-config-value KEY=JSON`, which cannot be constrained to a namespace (its `devserver/server.go` hands the
 * values to a `StaticClient`), so time skipping would be open to real campaigns too.
 */
export async function temporalBinary(say: Say): Promise<Binary> {
  const found = await onPath('temporal-server');
  if (found) {
    const version = await versionOf(found);
    if (isRecent(version)) return { path: found, source: `${found} on PATH, ${version}` };
    say(`Temporal: ${found} is ${version || 'of unknown version'}; ${OLDEST.join('.')} or later is needed, going on`);
  }
  for (const version of [BUILT, RELEASE.version]) {
    const path = await cached(fileName(version));
    if (path) return { path, source: `cached binary ${path}` };
  }
  return (await downloaded(say)) ?? (await built(say));
}

async function downloaded(say: Say): Promise<Binary | undefined> {
  // The checksum pinned is that of the one archive; other machines build from source.
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  say(`Temporal: downloading the official server ${RELEASE.version}`);
  try {
    const path = await putInCache(fileName(RELEASE.version), async (workDir) => {
      const archive = join(workDir, 'release.tar.gz');
      await download(RELEASE.url, RELEASE.sha256, archive, say);
      await run('tar', ['-xzf', archive, '-C', workDir, 'temporal-server']);
      return join(workDir, 'temporal-server');
    });
    return { path, source: `official release ${RELEASE.version}, now ${path}` };
  } catch (error) {
    say(`Temporal: no download (${reason(error)}), going on`);
    return undefined;
  }
}

async function built(say: Say): Promise<Binary> {
  const go = await onPath('go');
  if (!go) {
    throw new Error(
      'Temporal: no server found and none could be downloaded; install Go 1.26.8 or later so that it can be built, ' +
        'put temporal-server 1.32 or later on PATH, or set TEMPORAL_ADDRESS.',
    );
  }
  say(`Temporal: building server ${BUILT} with ${go} (about five minutes, once)`);
  try {
    const path = await putInCache(fileName(BUILT), async (workDir) => {
      await run(go, ['install', `go.temporal.io/server/cmd/server@v${BUILT}`], {
        env: { GOBIN: workDir },
        progress: { text: 'building Temporal', say },
      });
      await chmod(join(workDir, 'server'), 0o755);
      return join(workDir, 'server');
    });
    return { path, source: `built ${BUILT} with go install, now ${path}` };
  } catch (error) {
    throw new Error(
      `Temporal: the build with ${go} failed; set TEMPORAL_ADDRESS to use another server.\n${reason(error)}`,
    );
  }
}

async function versionOf(path: string): Promise<string> {
  const output = await run(path, ['--version']).catch(() => '');
  return /\d+\.\d+\.\d+/.exec(output)?.[0] ?? '';
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function fileName(version: string): string {
  return `temporal-server-${version}-${process.platform}-${process.arch}`;
}

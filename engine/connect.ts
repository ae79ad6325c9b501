import { readFile } from 'node:fs/promises';
import { Client, Connection, type TLSConfig } from '@temporalio/client';
import type { Config } from './config';

/** How to reach Temporal: plain on one machine, TLS with a client certificate, or an API key. */
export async function connectionOptions(
  config: Config,
): Promise<{ address: string; apiKey?: string; tls?: TLSConfig }> {
  const { TEMPORAL_TLS_CERT_FILE: cert, TEMPORAL_TLS_KEY_FILE: key, TEMPORAL_TLS_CA_FILE: ca } = config;
  const apiKey = config.TEMPORAL_API_KEY;
  const secure = config.TEMPORAL_TLS ?? (cert !== undefined || ca !== undefined || apiKey !== undefined);
  return {
    address: config.TEMPORAL_ADDRESS,
    ...(apiKey !== undefined && { apiKey }),
    ...(secure && {
      tls: {
        ...(ca !== undefined && { serverRootCACertificate: await readFile(ca) }),
        ...(cert !== undefined &&
          key !== undefined && { clientCertPair: { crt: await readFile(cert), key: await readFile(key) } }),
      },
    }),
  };
}

/** A client that connects when it is first used, so that the API can start while Temporal is away. */
export async function connectClient(config: Config): Promise<Client> {
  const connection = Connection.lazy(await connectionOptions(config));
  return new Client({ connection, namespace: config.namespace });
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Every port the server listens on, all on 127.0.0.1. Membership is the gossip between its own services. */
export interface TemporalPorts {
  frontend: number;
  frontendMembership: number;
  history: number;
  historyMembership: number;
  matching: number;
  matchingMembership: number;
  worker: number;
  workerMembership: number;
}

/**
 * Writes the server's configuration into `dir` and answers the path of the file. Modelled on the server module's own
 * `config/development-sqlite-file.yaml`. `timeSkippingNamespace` is the only one whose workflows' clocks may be moved.
 */
export function writeTemporalConfig(dir: string, ports: TemporalPorts, timeSkippingNamespace: string): string {
  mkdirSync(dir, { recursive: true });
  const dynamicConfig = join(dir, 'dynamic.yaml');
  writeFileSync(dynamicConfig, stringify(dynamicValues(timeSkippingNamespace)));
  const path = join(dir, 'server.yaml');
  writeFileSync(path, stringify(serverConfig(dir, ports, dynamicConfig)));
  return path;
}

function serverConfig(dir: string, ports: TemporalPorts, dynamicConfig: string) {
  const service = (grpcPort: number, membershipPort: number) => ({
    rpc: { grpcPort, membershipPort, bindOnLocalHost: true },
  });
  return {
    log: { stdout: true, level: 'warn', format: 'console' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      // Two files: SQLite has one writer per file, and the list of cases need not wait for their histories.
      datastores: { default: sqlite(join(dir, 'default.db')), visibility: sqlite(join(dir, 'visibility.db')) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: service(ports.frontend, ports.frontendMembership),
      history: service(ports.history, ports.historyMembership),
      matching: service(ports.matching, ports.matchingMembership),
      worker: service(ports.worker, ports.workerMembership),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '60s' },
  };
}

function sqlite(databaseName: string) {
  return {
    sql: {
      pluginName: 'sqlite',
      databaseName,
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      // synchronous 2 (FULL): what was acknowledged survives a power cut as well as kill -9.
      connectAttributes: { cache: 'private', setup: 'true', journal_mode: 'wal', synchronous: '2' },
      maxConns: 1,
      maxIdleConns: 1,
    },
  };
}

function dynamicValues(timeSkippingNamespace: string) {
  const value = <T>(value: T) => [{ value, constraints: {} }];
  return {
    'frontend.WorkflowTimeSkippingEnabled': [{ value: true, constraints: { namespace: timeSkippingNamespace } }],
    // A new namespace and its search attributes can be used at once.
    'system.namespaceCacheRefreshInterval': value('500ms'),
    'system.forceSearchAttributesCacheRefreshOnRead': value(true),
    // The limits protect tenants of a shared cluster from each other; here is one tenant, and its load tests.
    'frontend.rps': value(20_000),
    'frontend.namespaceRPS': value(20_000),
    'frontend.namespaceRPS.visibility': value(500),
    'frontend.persistenceMaxQPS': value(20_000),
    'history.rps': value(20_000),
    'history.persistenceMaxQPS': value(50_000),
    'history.maxInFlightUpdates': value(100),
    'matching.rps': value(20_000),
    'matching.persistenceMaxQPS': value(20_000),
    // The default of 128,000 workflows is for machines that do nothing else.
    'history.hostLevelCacheMaxSize': value(8_192),
    // One machine needs no partitions, and with one a task is never looked for in another.
    'matching.numTaskqueueReadPartitions': value(1),
    'matching.numTaskqueueWritePartitions': value(1),
  };
}

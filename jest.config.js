/** Real servers are started once for all suites by `test/setup/global.ts`. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.xiaohao/'],
  globalSetup: '<rootDir>/test/setup/global.ts',
  globalTeardown: '<rootDir>/test/setup/teardown.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
};

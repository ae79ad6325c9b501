// Required (`node --require`) into every Node process we start: when the supervisor is gone, however it died, its IPC
// channel closes, and the process ends as if asked to.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

import { Mailbox } from './mailbox';

// The mailbox as a process of its own: node mailbox-main.js <directory> <SMTP port> <HTTP port>
async function main([dir, smtpPort, httpPort]: string[]): Promise<void> {
  if (!dir) throw new Error('usage: mailbox-main.js <directory> <SMTP port> <HTTP port>');
  const mailbox = await Mailbox.start({ dir, smtpPort: Number(smtpPort), httpPort: Number(httpPort) });
  console.log(`mailbox: ${mailbox.smtpUrl}, ${mailbox.httpUrl}`);
  const stop = () => void mailbox.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

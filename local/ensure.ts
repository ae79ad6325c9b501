import { mongodBinary } from './mongo';
import { temporalBinary } from './temporal';

// Makes sure that the servers are on this machine, so that nothing is downloaded or built in the middle of a test run.
async function main(): Promise<void> {
  const say = (line: string) => console.log(line);
  if (process.env.MONGODB_URI) say('MongoDB: the server of MONGODB_URI');
  else say(`MongoDB: ${(await mongodBinary(say)).source}`);
  if (process.env.TEMPORAL_ADDRESS) say(`Temporal: ${process.env.TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)`);
  else say(`Temporal: ${(await temporalBinary(say)).source}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

import type { mongo } from 'mongoose';

/** A change to what is stored already. Never edited once it is released; what was wrong with it the next one mends. */
export interface Migration {
  /** Number and name, `0002-what-it-does`: applied in this order. */
  id: string;
  /**
   * Makes the change. May be run again from the start when whoever ran it died, and beside processes of the release
   * before, so it only adds; what is no longer read is taken away by a migration of the release after.
   */
  up(db: mongo.Db): Promise<void>;
}

/** All there are, in order. Indexes are not among them: those of the schemas are made at every start. */
export const MIGRATIONS: Migration[] = [
  {
    // Databases from before migrations were recorded begin here: nothing is to be changed in them.
    id: '0001-baseline',
    async up() {},
  },
];

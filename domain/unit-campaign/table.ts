import type { Table, Transition } from '../table';
import { askExtension, consent, decline, file, sign, withdraw } from './filing';
import { climb, missDue, remind } from './ladder';
import { decideExtension, exempt, moveDue, reinstate, settleTalk, urge } from './office';
import { accept, correct, reopen, reviewOverdue, sendBack, startReview } from './reviewing';
import type { ObligationState, ObligationStatus } from './state';
import type { ObligationTurn } from './turn';

// biome-ignore lint/suspicious/noExplicitAny: each row's rule knows its own message; the row's key is what selects it.
type AnyTurn = ObligationTurn<any>;
type Row = Transition<AnyTurn, ObligationState>;

/** What time does to something still owed. */
const owed = (self: ObligationStatus): Record<string, Row> => ({
  'clock:reminder': { to: self, rule: remind },
  'clock:due': { to: self, rule: missDue },
  'clock:ladder': { to: self, rule: climb },
  'move-due': { to: self, rule: moveDue },
  'ask-extension': { to: self, rule: askExtension },
  'decide-extension': { to: self, rule: decideExtension },
  'settle-talk': { to: self, rule: settleTalk },
  urge: { to: self, rule: urge },
  exempt: { to: 'exempt', rule: exempt },
});

/** What may happen while it lies on a desk. */
const onDesk = (self: ObligationStatus): Record<string, Row> => ({
  'clock:review': { to: self, rule: reviewOverdue },
  'move-due': { to: self, rule: moveDue },
  'settle-talk': { to: self, rule: settleTalk },
  return: { to: 'returned', rule: sendBack },
  exempt: { to: 'exempt', rule: exempt },
});

/**
 * The life of one obligation. A filing goes to its head (`filed`), then to its desk (`signed`), unless one
 * signature is enough or nobody reviews it.
 */
export const OBLIGATION_TABLE: Table<ObligationStatus, AnyTurn, ObligationState> = {
  pending: {
    ...owed('pending'),
    file: { to: ['filed', 'signed', 'accepted'], rule: file },
  },
  filed: {
    ...owed('filed'),
    file: { to: ['filed', 'signed', 'accepted'], rule: file },
    sign: { to: ['signed', 'accepted'], rule: sign },
    withdraw: { to: ['pending', 'returned'], rule: withdraw },
  },
  signed: {
    ...onDesk('signed'),
    withdraw: { to: ['pending', 'returned'], rule: withdraw },
    'start-review': { to: 'under-review', rule: startReview },
    accept: { to: ['accepted', 'under-review'], rule: accept },
    correct: { to: 'correcting', rule: correct },
  },
  'under-review': {
    ...onDesk('under-review'),
    'start-review': { to: 'under-review', rule: startReview },
    accept: { to: ['accepted', 'under-review'], rule: accept },
    correct: { to: 'correcting', rule: correct },
  },
  correcting: {
    ...onDesk('correcting'),
    consent: { to: 'under-review', rule: consent },
    decline: { to: 'under-review', rule: decline },
  },
  returned: {
    ...owed('returned'),
    file: { to: ['filed', 'signed', 'accepted'], rule: file },
  },
  accepted: {
    reopen: { to: 'under-review', rule: reopen },
  },
  exempt: {
    reinstate: { to: 'pending', rule: reinstate },
  },
};

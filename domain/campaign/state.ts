import type { CaseState, Opening } from '../case';
import type { Instant, LocalDate } from '../time';
import type { CampaignFacts } from '../unit-campaign/messages';

export interface CampaignOpening extends Opening {
  plan: { code: string; version: string; digest: string };
  start: LocalDate;
  end: LocalDate;
  /** 24:00 of the last day. */
  endAt: Instant;
  zone: string;
  /** Every duty of the plan with its day, recurring ones turn by turn. */
  duties: { code: string; due: LocalDate }[];
  units: number;
}

export type CampaignStatus =
  | 'launching' // cases are being started for the units on the roster
  | 'running'
  | 'closed';

/** The campaign as a whole. It never holds a list of units: that is the roster, in the database. */
export interface CampaignState extends CaseState {
  kind: 'campaign';
  status: CampaignStatus;
  plan: CampaignOpening['plan'];
  start: LocalDate;
  end: LocalDate;
  endAt: Instant;
  zone: string;
  duties: { code: string; due: LocalDate }[];
  over: boolean;
  /** Units on the roster when the latest roll-out was asked for, and how many roll-outs there were. */
  roster: { units: number; rollOuts: number };
  /** What all units are told; its revision goes up with every change. */
  facts: Omit<CampaignFacts, 'type'>;
}

export type CampaignMessage =
  /** A Signal from the roll-out: all cases of its roster are started. */
  | { type: 'rolled-out'; rollOut: number; started: number }
  /** The office put more units on the roster. */
  | { type: 'add-units'; units: number; added: number; reason: string }
  | { type: 'move-due'; duty: string; due: LocalDate; reason: string }
  | { type: 'urge'; duty: string }
  | { type: 'close'; reason: string };

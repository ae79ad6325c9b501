import { campaign } from './campaign';
import type { CaseState, Message, Opening, Rules } from './case';
import { unitCampaign } from './unit-campaign';

/** Every kind of case, by the name its process carries. A new kind is one line here. */
export const KINDS = { campaign, 'unit-campaign': unitCampaign } as const;

export type Kind = keyof typeof KINDS;

// biome-ignore lint/suspicious/noExplicitAny: whoever asks by name knows no more than that it is some kind of case.
export type AnyRules = Rules<CaseState & any, Message & any, Opening & any>;

/** The rules of a kind. @throws Error for a kind there is not. */
export function rulesOf(kind: string): AnyRules {
  const rules = (KINDS as Record<string, AnyRules>)[kind];
  if (!rules) throw new Error(`no kind of case is called ${kind}`);
  return rules;
}

/** A process id names kind and opaque id, nothing else: `unit-campaign/c1-u7`. */
export function caseId(kind: Kind, id: string): string {
  return `${kind}/${id}`;
}

export function kindOf(id: string): Kind {
  return id.slice(0, id.indexOf('/')) as Kind;
}

/** The one id of a unit's part in a campaign. */
export function unitCampaignId(campaignId: string, unit: string): string {
  return caseId('unit-campaign', `${campaignId.slice(campaignId.indexOf('/') + 1)}-${unit}`);
}

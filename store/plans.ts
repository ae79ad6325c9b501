import type { Plan } from '../domain/plan';
import type { CampaignDoc } from './documents';
import type { Models } from './models';

/** A plan is about 100 KB; an authority seldom runs more than a few at once. */
const KEPT = 20;

/** What campaigns were launched with. Kept in memory: it never changes once written. */
export class Plans {
  private readonly known = new Map<string, CampaignDoc>();

  constructor(private readonly campaigns: Models['campaigns']) {}

  /** @param campaign process id, `campaign/<opaque>` */
  async find(campaign: string): Promise<CampaignDoc | undefined> {
    const known = this.known.get(campaign);
    if (known) return known;
    const found = await this.campaigns.findById(campaign).lean<CampaignDoc>();
    if (!found) return undefined;
    this.known.set(campaign, found);
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value!);
    return found;
  }

  /** @throws Error for a campaign there is not: whoever has a case of it has its plan. */
  async of(campaign: string): Promise<Plan> {
    const found = await this.find(campaign);
    if (!found) throw new Error(`no plan of ${campaign}`);
    return found.plan;
  }
}

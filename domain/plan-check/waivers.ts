import type { Finding, Plan } from '../plan';
import { error, warning } from './context';

/**
 * Marks what the authority accepts, by code and place; adds `waiver-without-reason` for one that
 * does not say why (and so waives nothing) and `waiver-unused` for one that meets nothing.
 */
export function waive(plan: Plan, findings: Finding[]): Finding[] {
  const reasoned = plan.waivers.filter(({ reason }) => reason.trim() !== '');
  const meets = (waiver: { code: string; place: string }, finding: Finding) =>
    waiver.code === finding.code && waiver.place === finding.place;
  const marked = findings.map((finding) => {
    const waiver = reasoned.find((candidate) => meets(candidate, finding));
    return waiver ? { ...finding, waived: waiver.reason } : finding;
  });
  const own = plan.waivers.flatMap((waiver, index): Finding[] => {
    const place = `waivers/${index}`;
    const what = `${waiver.code} @ ${waiver.place}`;
    if (waiver.reason.trim() === '') {
      return [
        error('waiver-without-reason', place, `豁免 ${what} 没有写明理由。`, `The waiver of ${what} has no reason.`),
      ];
    }
    if (findings.some((finding) => meets(waiver, finding))) return [];
    return [
      warning('waiver-unused', place, `豁免 ${what} 没有对应的问题。`, `The waiver of ${what} meets no finding.`),
    ];
  });
  return [...marked, ...own];
}

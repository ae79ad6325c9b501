import type { Data } from '../case';
import { isOwed, type UnitCampaignState } from './state';

/** 结果单: what became of each obligation, in figures and row by row. */
export function resultSheet(state: UnitCampaignState): Data & ResultCounts {
  const { obligations } = state;
  const accepted = obligations.filter((one) => one.status === 'accepted');
  return {
    owed: obligations.length,
    accepted: accepted.length,
    onTime: accepted.filter((one) => one.onTime).length,
    late: accepted.filter((one) => !one.onTime).length,
    exempt: obligations.filter((one) => one.status === 'exempt').length,
    unfinished: obligations.filter((one) => isOwed(one.status)).length,
    rows: obligations.map((one) => ({
      obligation: one.code,
      status: one.status,
      due: one.due,
      versions: one.versions,
      ...(one.onTime !== undefined && { onTime: one.onTime }),
      ladder: one.ladder.step,
    })),
  };
}

export interface ResultCounts {
  owed: number;
  accepted: number;
  onTime: number;
  late: number;
  exempt: number;
  unfinished: number;
}

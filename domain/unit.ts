import type { Lang, SectorCode } from './plan';

export const UNIT_KINDS = [
  'hospital', // 医院
  'township-health-centre', // 乡镇卫生院
  'community-health-centre', // 社区卫生服务中心
  'village-clinic', // 村卫生室
  'clinic', // 诊所、门诊部
  'cdc', // 疾病预防控制中心
  'health-supervision', // 卫生监督所
  'maternal-child-health', // 妇幼保健院
  'blood-bank', // 血站、采供血
  'emergency-centre', // 急救中心
  'department', // 机关科室: items 1, 2 and 5 of the plan are about them
  'other',
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A person of a unit, as a list gives them. Empty text where the list has nothing. */
export interface UnitPerson {
  name: string;
  email: string;
  phone: string;
  /** Of the mails; Chinese when absent. */
  lang?: Lang;
}

/** 单位 */
export interface Unit {
  /** Opaque and stable; made from the code. */
  id: string;
  /** The authority's own short code of the unit, e.g. `U001`; unique. */
  code: string;
  name: string;
  kind: UnitKind;
  town: string;
  sectors: SectorCode[];
  /** 填报员 A 岗: gets the mails. */
  filer: UnitPerson;
  /** 填报员 B 岗: gets them when A cannot be reached. */
  deputyFiler: UnitPerson;
  /** 单位负责人 */
  head: UnitPerson;
  /** Code of the unit that files and signs for this one. */
  supervisingUnit?: string;
  /** One signature counts as both where one person is the whole unit. */
  onePerson: boolean;
  places: Place[];
}

/** 部位/项目 */
export interface Place {
  name: string;
  kind: 'room' | 'installation' | 'construction-project';
  /** 施工单位 of a construction project. */
  contractor?: string;
  /** 监理 of a construction project. */
  supervisor?: string;
}

import { type Lang, SECTOR_CODES, type SectorCode } from '../plan';
import { type Place, UNIT_KINDS, type UnitKind } from '../unit';
import { foldWord } from './cells';

/** What lists call the kinds of unit; the first name is the one to recommend. */
const KIND_NAMES: Record<UnitKind, string[]> = {
  hospital: ['医院', '综合医院', '县级医院', '县医院', '人民医院', '中医院', '中医医院', '专科医院', '民营医院'],
  'township-health-centre': ['乡镇卫生院', '卫生院', '中心卫生院', '乡卫生院', '镇卫生院'],
  'community-health-centre': ['社区卫生服务中心', '社区卫生服务站', '社区卫生服务中心（站）', '社区卫生'],
  'village-clinic': ['村卫生室', '卫生室', '村卫生所', '卫生所', '村医务室'],
  clinic: ['诊所', '门诊部', '个体诊所', '医务室', '诊所、门诊部', '诊所（门诊部）'],
  cdc: ['疾病预防控制中心', '疾控中心', '疾控', '疾病预防控制机构'],
  'health-supervision': ['卫生监督所', '卫生监督', '卫生监督局', '卫生计生综合监督执法局', '卫生监督机构'],
  'maternal-child-health': ['妇幼保健院', '妇幼保健院（所）', '妇幼保健所', '妇幼保健', '妇幼保健计划生育服务中心'],
  'blood-bank': ['血站', '中心血站', '采供血机构', '采供血', '血库', '献血站'],
  'emergency-centre': ['急救中心', '120急救中心', '紧急医疗救援中心', '急救站'],
  department: ['机关科室', '科室', '机关', '内设机构', '委机关', '机关股室', '股室'],
  other: ['其他', '其它', '其他单位'],
};

/** What lists call the sectors; the first name is the plan's own. */
const SECTOR_NAMES: Record<SectorCode, string[]> = {
  general: ['综合', '综合整治', '通用'],
  chemicals: ['危险化学品', '危化品', '危化', '危险化学品安全', 'hazardous chemicals'],
  construction: ['建设工程施工', '建设工程', '建筑施工', '工程施工', '施工', '建设施工'],
  fire: ['消防', '消防安全'],
  traffic: ['道路交通', '交通', '道路交通安全', '交通安全', 'road traffic'],
  gas: ['瓶装液化石油气', '液化石油气', '瓶装液化气', '液化气', '燃气', '瓶装燃气', 'bottled gas'],
};

const PLACE_KIND_NAMES: Record<Place['kind'], string[]> = {
  room: ['房间', '部位', '场所', '库房', '用房', '科室'],
  installation: ['设施', '设备', '装置', '设施设备'],
  'construction-project': ['建设项目', '施工项目', '工程项目', '在建工程', '建设工程', '项目', '工程', 'project'],
};

const YES_NO_NAMES = {
  yes: ['是', '有', '对', 'y', 'true', '1', '√', '✓', '✔'],
  no: ['否', '无', '不是', 'n', 'false', '0', '×', '✗', '✕', 'x'],
};

const LANG_NAMES: Record<Lang, string[]> = {
  zh: ['中文', '汉语', '简体中文', 'Chinese', 'zh-CN'],
  en: ['英文', '英语', 'English', 'en-US', 'en-GB'],
};

/** The kind a list means, by its Chinese name or its code; nothing when it is none of ours. */
export const kindNamed = lookUp(KIND_NAMES);
/** One sector by its Chinese name or its code. */
export const sectorNamed = lookUp(SECTOR_NAMES);
/** What a place is, by its Chinese name or its code. */
export const placeKindNamed = lookUp(PLACE_KIND_NAMES);
/** 是 or 否, in any of the ways people tick a box. */
export const yesNoNamed = lookUp(YES_NO_NAMES);

/** The language a person wants their mails in. */
export const langNamed = lookUp(LANG_NAMES);

/** The word to recommend for a code: what an export says. */
export const kindName = (kind: UnitKind) => KIND_NAMES[kind][0] ?? kind;
export const sectorName = (sector: SectorCode) => SECTOR_NAMES[sector][0] ?? sector;
export const placeKindName = (kind: Place['kind']) => PLACE_KIND_NAMES[kind][0] ?? kind;
export const langName = (lang: Lang) => LANG_NAMES[lang][0] ?? lang;
export const yesNoName = (tick: 'yes' | 'no') => YES_NO_NAMES[tick][0] ?? tick;

/** The names to choose from, for a message: Chinese and codes. */
export const KINDS_TO_CHOOSE = {
  zh: UNIT_KINDS.map((kind) => KIND_NAMES[kind][0]).join('、'),
  en: UNIT_KINDS.join(', '),
};
export const SECTORS_TO_CHOOSE = {
  zh: SECTOR_CODES.map((code) => SECTOR_NAMES[code][0]).join('、'),
  en: SECTOR_CODES.join(', '),
};

function lookUp<Code extends string>(names: Record<Code, string[]>): (word: string) => Code | undefined {
  const codes = Object.keys(names) as Code[];
  const byWord = new Map(
    codes.flatMap((code) => [code, ...names[code]].map((name) => [foldWord(name), code] as const)),
  );
  // 村卫生室（所） where only 村卫生室 is known.
  return (word) => byWord.get(foldWord(word)) ?? byWord.get(foldWord(word).replace(/\(.*?\)/g, ''));
}

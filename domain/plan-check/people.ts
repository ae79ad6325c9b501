import type { Contact, Finding, SectorCode, StaffRole, Text } from '../plan';
import { owes } from '../plan-dates';
import { type Check, type Context, error, warning } from './context';

export const ROLE_NAMES: Record<StaffRole, Text> = {
  admin: { zh: '管理员', en: 'admin' },
  reviewer: { zh: '审核员', en: 'reviewer' },
  leader: { zh: '委领导', en: 'leader' },
};

/** What documents print where nobody has yet been named. Capital X only: an address may hold `xx`. */
const OPEN = /^\s*$|XX|××|某某|待定/;

/** `contact-open`: a contact left as XX, or empty. */
export const contactsAreNamed: Check = ({ plan, launch }) =>
  plan.contacts.flatMap((contact, index) => {
    const open = (['name', 'phone', 'email'] as const).filter((field) => OPEN.test(contact[field]));
    if (open.length === 0) return [];
    const labels = { name: '联系人', phone: '联系电话', email: '邮箱' };
    const find = launch ? error : warning;
    return [
      find(
        'contact-open',
        `contacts/${index}`,
        `${ROLE_NAMES[contact.role].zh}的${open.map((field) => `${labels[field]}“${contact[field]}”`).join('、')}尚未填写。`,
        `The ${ROLE_NAMES[contact.role].en}'s ${open.map((field) => `${field} “${contact[field]}”`).join(', ')} is still open.`,
      ),
    ];
  });

/** `contact-missing`: no admin, no leader, or nobody to review what a sector hands in. */
export const everyDeskIsHeld: Check = (context) => {
  const { plan, launch } = context;
  const find = launch ? error : warning;
  const missing: Finding[] = (['admin', 'leader'] as const)
    .filter((role) => !plan.contacts.some((contact) => contact.role === role))
    .map((role) =>
      find(
        'contact-missing',
        `contacts/${role}`,
        `没有${ROLE_NAMES[role].zh}。`,
        `There is no ${ROLE_NAMES[role].en}.`,
      ),
    );
  for (const sector of reviewedSectors(context)) {
    if (plan.contacts.some((contact) => answersFor(contact, sector))) continue;
    const name = plan.sectors.find(({ code }) => code === sector)?.name ?? { zh: sector, en: sector };
    missing.push(
      find(
        'contact-missing',
        `contacts/reviewer/${sector}`,
        `${name.zh}领域有需要审核的报送事项，但没有审核员。`,
        `The sector ${name.en} has obligations under review but no reviewer.`,
      ),
    );
  }
  return missing;
};

function answersFor({ role, sectors }: Contact, sector: SectorCode): boolean {
  return role === 'reviewer' && (sectors.length === 0 || sectors.includes(sector));
}

/** Sectors whose units hand in something that a reviewer's step has to decide. */
function reviewedSectors({ plan }: Context): SectorCode[] {
  const routes = plan.routes.filter(({ steps }) => steps.some(({ by }) => by === 'reviewer')).map(({ code }) => code);
  const reviewed = plan.obligations.filter(({ review }) => review !== undefined && routes.includes(review));
  return plan.sectors
    .map(({ code }) => code)
    .filter((sector) => reviewed.some((obligation) => owes(obligation, [sector])));
}

/** `step-without-decider`: the ladder would propose something that nobody can decide. */
export const proposalsAreDecided: Check = ({ plan }) =>
  plan.ladders.flatMap((ladder) =>
    ladder.steps.flatMap((step, index) => {
      if (!step.act.startsWith('propose-')) return [];
      const { decidedBy } = step;
      if (decidedBy && plan.contacts.some(({ role }) => role === decidedBy)) return [];
      const why = decidedBy
        ? { zh: `联系人中没有${ROLE_NAMES[decidedBy].zh}`, en: `no contact is ${ROLE_NAMES[decidedBy].en}` }
        : { zh: '没有写明由谁决定', en: 'nobody is named to decide it' };
      return [
        error(
          'step-without-decider',
          `ladders/${ladder.code}/steps/${index}`,
          `督办阶梯 ${ladder.code} 第 ${index + 1} 步（${step.act}）${why.zh}。`,
          `Step ${index + 1} of ladder ${ladder.code} (${step.act}): ${why.en}.`,
        ),
      ];
    }),
  );

/** `nobody-owes`: an obligation of a sector the plan does not have, or that no unit has. */
export const somebodyOwes: Check = ({ plan, units }) =>
  plan.obligations.flatMap((obligation): Finding[] => {
    const place = `obligations/${obligation.code}/owedBy`;
    const { name } = obligation;
    const unknown = obligation.owedBy.sectors.filter((sector) => !plan.sectors.some(({ code }) => code === sector));
    if (unknown.length > 0) {
      const list = unknown.join(', ');
      return [
        error(
          'nobody-owes',
          place,
          `${name.zh}由方案中没有的领域承担：${list}。`,
          `${name.en} is owed by a sector the plan does not have: ${list}.`,
        ),
      ];
    }
    if (units === undefined || units.some(({ sectors }) => owes(obligation, sectors))) return [];
    return [
      error('nobody-owes', place, `名单中没有一个单位需要报送${name.zh}。`, `No unit of the list owes ${name.en}.`),
    ];
  });

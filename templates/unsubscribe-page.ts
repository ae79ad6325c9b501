import type { Lang } from '../domain/plan';

const WORDS = {
  zh: {
    title: '退订通知类邮件',
    asks: '退订后，您不再收到“审核通过”“结果单”等仅供知悉的邮件。提醒、催办、签字、退回等须办理的邮件依照实施方案照常发送，不能退订。',
    button: '退订',
    done: '已退订仅供知悉的邮件。须办理的邮件照常发送。需要恢复的，请联系本系统管理员。',
  },
  en: {
    title: 'Unsubscribe from mails that only inform',
    asks: 'You will get no more mails that only tell you something, such as "accepted" and result sheets. What has to be done (reminders, signatures, returns) is part of the plan and goes on being sent.',
    button: 'Unsubscribe',
    done: 'You are unsubscribed from mails that only inform. What has to be done goes on being sent. To undo this, please contact the administrator.',
  },
};

/** The page behind the link of a letter: it asks, as mail scanners open links by themselves; then says it is done. */
export function unsubscribePage(lang: Lang, done: boolean): string {
  const { title, asks, button, done: said } = WORDS[lang];
  const form = `<p>${asks}</p><form method="post"><button style="font-size:18px;padding:10px 24px">${button}</button></form>`;
  return `<!DOCTYPE html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body style="font:18px/1.6 sans-serif;max-width:560px;margin:40px auto;padding:0 16px"><h1 style="font-size:22px">${title}</h1>
${done ? `<p>${said}</p>` : form}
</body></html>
`;
}

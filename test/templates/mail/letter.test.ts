import { renderLetter } from '../../../templates/mail/letter';
import { forUnits, letterOf, realReason } from './letters';
import { CALENDAR } from './scenarios';

const dueSoon = (days: number) =>
  realReason('due-soon', ({ data, obligation }) => data.days === days && obligation!.code === 'deployment-report');

describe('one reason', () => {
  it('says what, by when, why, what to do and whom to call', () => {
    const { subject, text } = renderLetter(letterOf('zh', [dueSoon(3)]));
    expect(subject).toBe('【安全生产集中整治】3天后截止：安排部署情况（清源县人民医院）');
    expect(text).toContain('清源县人民医院应报送“安排部署情况”，截至12月13日08:');
    expect(text).toContain('2024年12月16日（星期一）24:00前（北京时间），还有3天');
    expect(text).toContain('依据：《卫生健康系统安全生产集中整治实施方案》三末段');
    expect(text).toContain('https://xiaohao.example/unit-campaigns/c1-u1/obligations/deployment-report\n');
    expect(text).toContain('电话：0000-8800000');
  });

  it('counts the days from when it is sent', () => {
    const sentAt = Date.parse('2024-12-15T09:00+08:00');
    expect(renderLetter(letterOf('zh', [dueSoon(3)], { sentAt })).subject).toContain('明天截止');
    expect(renderLetter(letterOf('en', [dueSoon(3)], { sentAt })).subject).toContain('Due tomorrow');
  });

  it('names the ladder step and the working days overdue', () => {
    const warning = realReason('overdue-warning');
    const { subject, text } = renderLetter(letterOf('zh', [warning]));
    expect(subject).toContain('逾期警示：');
    expect(text).toContain('已逾期3个工作日');
    expect(text).toContain('三（五）警示');
    // Held back over a weekend and more, it tells the days that have really passed.
    const campaign = { ...letterOf('zh', []).campaign, calendar: CALENDAR };
    const later = letterOf('zh', [warning], { campaign, sentAt: Date.parse('2024-12-23T09:00+08:00') });
    expect(renderLetter(later).text).toContain('已逾期5个工作日');
  });

  it('launches with all duties and their days, and asks for receipt', () => {
    const launched = realReason('launched');
    const { text, html } = renderLetter(letterOf('zh', [launched]));
    expect(text).toContain('签收');
    expect(text).toContain('- 安排部署情况 | 12月16日（周一）');
    expect(text).toContain('（第2次） | ');
    expect(text).toContain('2025年2月13日（周四）');
    expect(html.match(/<tr>/g)).toHaveLength((launched.data.duties as unknown[]).length + 1);
  });

  it('lists where and why something was returned', () => {
    const { text } = renderLetter(letterOf('zh', [realReason('returned')]));
    expect(text).toContain('· 整份：未附会议记录');
    expect(text).toContain('· “重点部位”：重点部位不全');
    expect(text).toContain('· “重点部位”第3行：无责任人');
  });

  it('links to a turn of what recurs', () => {
    const turn = realReason('due-soon', ({ obligation }) => obligation!.code.endsWith('#2'));
    const { html } = renderLetter(letterOf('zh', [turn]));
    expect(html).toContain('href="https://xiaohao.example/unit-campaigns/c1-u1/obligations/self-inspection%232"');
  });
});

describe('a digest', () => {
  it('puts overdue warnings first, then what is due today, then the soonest', () => {
    const today = dueSoon(0);
    const later = realReason(
      'due-soon',
      ({ data, obligation }) => data.days === 7 && obligation!.code === 'three-lists',
    );
    const accepted = realReason('accepted');
    const reasons = [accepted, later, today, realReason('overdue-warning')];
    const { subject, html } = renderLetter(letterOf('zh', reasons, { sentAt: today.at }));
    expect(subject).toBe('【安全生产集中整治】逾期警示：安排部署情况（清源县人民医院）等4件');
    const titles = [...html.matchAll(/<h2[^>]*>([^：<]*)/g)].map((match) => match[1]);
    expect(titles).toEqual(['逾期警示', '今天截止', '14天后截止', '审核通过']);
  });

  it('is one table for one thing of ten units', () => {
    const { subject, text, html } = renderLetter(letterOf('zh', forUnits(dueSoon(3), 10)));
    expect(subject).toBe('【安全生产集中整治】3天后截止：安排部署情况（10个单位）');
    expect(html.match(/<table/g)).toHaveLength(1);
    expect(text).toContain(
      '- 柳河镇第10村卫生室\n  https://xiaohao.example/unit-campaigns/c1-v10/obligations/deployment-report',
    );
  });

  it('shows the duties of ten launched units once', () => {
    const { html } = renderLetter(letterOf('zh', forUnits(realReason('launched'), 10)));
    expect(html.match(/<table/g)).toHaveLength(2);
  });

  it('writes to whoever is filer and head once', () => {
    const warning = realReason('overdue-warning');
    expect(renderLetter(letterOf('zh', [warning, { ...warning, at: warning.at + 1 }])).html.match(/<h2/g)).toHaveLength(
      1,
    );
  });
});

describe('what is hostile or missing', () => {
  const HOSTILE = '<script>alert("1")</script>\'&\r\nBcc: everybody@example.org\u202e';

  it.each(['zh', 'en'] as const)('is escaped in HTML and kept in its line everywhere (%s)', (lang) => {
    const reason = realReason('extension-asked');
    const letter = letterOf(
      lang,
      [{ ...reason, unit: { id: 'u1', name: HOSTILE }, data: { ...reason.data, reason: HOSTILE } }],
      { recipient: { name: HOSTILE }, contact: { name: HOSTILE, phone: HOSTILE, email: HOSTILE } },
    );
    const { subject, html, text, ics } = renderLetter(letter);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27;&amp; Bcc: everybody');
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(text).toContain('<script>alert("1")</script>\'& Bcc:');
    expect(text).not.toMatch(/^Bcc/m);
    expect(ics).toBeUndefined();
  });

  it('fails where a field is missing', () => {
    const reason = realReason('overdue');
    const { basis: _, ...data } = reason.data;
    expect(() => renderLetter(letterOf('zh', [{ ...reason, data }]))).toThrow(/not defined/);
    expect(() => renderLetter(letterOf('zh', [{ ...dueSoon(3), obligation: undefined }]))).toThrow(/not defined/);
    expect(() => renderLetter(letterOf('zh', [{ ...realReason('launched'), obligationNames: {} }]))).toThrow(
      /no name for duty/,
    );
    expect(() => renderLetter(letterOf('zh', []))).toThrow('needs a reason');
  });

  it('cuts a subject that has no end', () => {
    const reason = { ...dueSoon(3), unit: { id: 'u1', name: '长'.repeat(500) } };
    expect([...renderLetter(letterOf('zh', [reason])).subject]).toHaveLength(120);
  });
});

import { isCode, isEmail, isPhone, plainEmail, tidy } from '../../../domain/unit-list/cells';

test.each([
  '13800000001',
  '138-0000-0001',
  '138 0000 0001',
  '+86 138 0000 0001',
  '0086-13800000001',
  '8613800000001',
  '１３８００００００００',
  '010-61234567',
  '(0731) 8123456',
  '0731－81234567',
  '+86 10 6123 4567',
  '0731-81234567转801',
  '0731-81234567 ext. 12',
  '81234567',
  '400-800-1234',
])('%s is a telephone number', (text) => expect(isPhone(text)).toBe(true));

test.each([
  '1380000001',
  '138000000011',
  '12800000001',
  '1.38E+10',
  '电话',
  '13800000001、13900000001',
  '=1+1',
  '+1 212 555 0100',
  '',
])('%s is not', (text) => expect(isPhone(text)).toBe(false));

test.each(['a@qingyuan.example', 'head.u001@mail.qingyuan.example', '12345678@qq.com', 'a_b-c+d@x1.cn', '_a_@b.cn'])(
  '%s is an address',
  (text) => expect(isEmail(text)).toBe(true),
);

test.each([
  'a',
  'a@',
  '@b.cn',
  'a@b',
  'a b@c.cn',
  'a@b.cn;c@d.cn',
  'a..b@c.cn',
  'a@b..cn',
  'a@-b.cn',
  'a@b.cn\nBcc: x@y.cn',
  '王@b.cn',
  'a@b。cn',
])('%j is not', (text) => expect(isEmail(text)).toBe(false));

test('a hopeless address is refused at once', () => {
  const before = performance.now();
  expect(isEmail(`${'_'.repeat(50)}${'a.'.repeat(90)}!`)).toBe(false);
  expect(isPhone('1-'.repeat(1_000_000))).toBe(false);
  expect(performance.now() - before).toBeLessThan(200);
});

test('an address written full-width and in capitals is one with the plain one', () => {
  expect(plainEmail('Ａ．U001＠Qingyuan.Example')).toBe('a.u001@qingyuan.example');
});

test('a tidied cell has no invisible characters and no line breaks', () => {
  expect(tidy('\ufeff　县\u200b医院\r\n  东区 ')).toBe('县医院 东区');
});

test('codes', () => {
  expect(['U001', '清源-01', '1.2'].every(isCode)).toBe(true);
  expect(['U 1', '../etc', '', '=1', 'U/1', 'x'.repeat(33)].some(isCode)).toBe(false);
});
